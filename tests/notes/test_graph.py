"""Computation graphs: who is computed from whom, and along which arrows the derivative flows back."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.notation import tree_text
from gradproof.notes.graph import RADIUS, Graph, computation_graph
from gradproof.notes.html.graph import graph_html
from gradproof.notes.latex.graph import graph_latex


def graph(name: str) -> Graph:
    found = computation_graph(catalogue.find(name))
    assert found is not None
    return found


def test_cross_entropy_through_softmax() -> None:
    found = graph("cross_entropy_gradient")
    assert set(found.edges) == {("z", "p"), ("p", "L"), ("y", "L")}
    assert {node.name for node in found.nodes if node.given} == {"z", "y"}
    labels = [tree_text(arrow.label) for arrow in found.backward if arrow.label is not None]
    assert sorted(labels) == ["∂L/∂p", "∂p/∂z"], "nothing flows back to the targets"


def test_the_derivative_flows_back_to_what_it_is_by() -> None:
    for name, last in (("perceptron_weights", "∂z/∂w"), ("perceptron_bias", "∂z/∂b")):
        labels = {tree_text(arrow.label) for arrow in graph(name).backward if arrow.label is not None}
        assert labels == {"∂E/∂o", "∂o/∂z", last}


def test_a_loss_that_may_be_any_depends_on_what_is_said() -> None:
    assert ("z", "E") in graph("layer_weights").edges


@pytest.mark.parametrize("name", ["sigmoid_derivative", "softmax_shift", "mse_gradient"])
def test_where_there_is_little_to_see_there_is_no_graph(name: str) -> None:
    assert computation_graph(catalogue.find(name)) is None


def test_graphs_of_the_catalogue_are_laid_out() -> None:
    """No two nodes touch, arrows lead from rim to rim, and all of it lies within the picture."""
    graphs = [found for derivation in catalogue.derivations() if (found := computation_graph(derivation))]
    assert len(graphs) > 25
    for found in graphs:
        places = [node.at for node in found.nodes]
        assert all(hypot(a[0] - b[0], a[1] - b[1]) > 2.5 * RADIUS for a, b in combinations(places, 2))
        for arrow in (*found.forward, *found.backward):
            for end in (arrow.curve[0], arrow.curve[-1]):
                nearest = min(hypot(end[0] - x, end[1] - y) for x, y in places)
                assert RADIUS - 0.1 <= nearest <= RADIUS + 0.5
            for x, y in (*arrow.curve, arrow.label_at):
                assert 0 <= x <= found.width and 0 <= y <= found.height
        assert len(found.forward) == len(found.edges)


def test_both_printers_draw_every_arrow_and_node() -> None:
    found = graph("hidden_layer_hidden_weights")
    page, file = "".join(graph_html(found, "here", "en")), "".join(graph_latex(found))
    assert page.count('<path class="forward"') == file.count(r"\draw[gpforward]") == len(found.forward)
    assert page.count('<path class="backward"') == file.count(r"\draw[gpbackward]") == len(found.backward)
    assert page.count("<circle") == len(found.nodes) == file.count(r"\node[gpgiven]") + file.count(r"\node[gpcomputed]")
    assert "z^(1) → a" in page, "what is drawn is said in words"
