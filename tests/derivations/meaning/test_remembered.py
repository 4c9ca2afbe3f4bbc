"""Definitions are translated once, if nothing in a line changes what they are; letters get their sizes beforehand."""

from __future__ import annotations

import pytest
from sympy import S

from gradproof.derivations.calculus import Downstream, Tensor
from gradproof.derivations.meaning import Context, Glossary, Translator, declared
from gradproof.derivations.meaning.quantities import tensor_of
from gradproof.derivations.meaning.remembered import recalled
from gradproof.derivations.meaning.sorts import Again
from gradproof.derivations.meaning.values import Value
from gradproof.derivations.notation.reading.unreadable import NOWHERE

SOFTMAX = "z : n\np_i = \\frac{e^{z_i}}{\\sum_k e^{z_k}}"


def recall(text: str, name: str) -> Tensor | None:
    glossary, _ = declared(text)
    return recalled(Context(glossary), (name, ""))


def anew(glossary: Glossary, name: str) -> Tensor:
    """The tensor of a definition, translated without what is remembered."""
    for _ in range(20):
        glossary.sorts.start_again()
        try:
            return tensor_of(Translator(Context(glossary, recalls=False)), (name, ""), NOWHERE)
        except Again:
            continue
    raise AssertionError(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (SOFTMAX, "p"),
        (f"{SOFTMAX}\nt : onehot n\nE = -\\sum_k t_k \\log p_k", "E"),
        ("x : d\nW : m x d\nb : m\ny = \\sigma(W x + b)", "y"),
        ("a : m\nb : n\nc_{ij} = a_i b_j", "c"),
        ("i : 1..m\nx : m x n\ns_i = \\sum_j x_{ij}", "s"),
    ],
)
def test_what_is_remembered_is_what_is_translated(text: str, name: str) -> None:
    found = recall(text, name)
    assert found is not None and found == anew(declared(text)[0], name)
    assert recall(text, name) is found, "and it is translated once"


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("z_i : R\np_i = e^{z_i}", "p", "a line says how long z is"),
        ("z : n\np_i = e^{z_i} + c", "p", "nothing is said of c"),
        ("x, y : n\nm : R\nB = y_i - m x_i", "B", "it has the i of the line"),
        ("A : n x n\nB = A + I", "B", "I is taken for something"),
        ("p = p + 1", "p", "it has no meaning"),
    ],
)
def test_what_a_line_may_settle_is_not_remembered(text: str, name: str, why: str) -> None:
    assert recall(text, name) is None, why


def test_another_definition_is_another_quantity() -> None:
    first = recall(SOFTMAX, "p")
    assert recall(SOFTMAX.replace("e^{z_i}", "2 e^{z_i}"), "p") not in (first, None)
    assert recall(SOFTMAX.replace("z : n", "z : >0 n"), "p") not in (first, None)
    assert recall(SOFTMAX.replace("z : n", "z : m"), "p") not in (first, None)


def test_arguments_are_not_taken_for_what_the_definition_names() -> None:
    """f(a) = y(a) + …: within a call the names of its arguments stand for something else."""
    glossary, _ = declared(SOFTMAX)
    context = Context(glossary)
    with context.arguments({("z", ""): Value(S.One)}):
        assert recalled(context, ("p", "")) is None


def test_what_a_definition_rests_on_is_remembered_with_it() -> None:
    glossary, _ = declared("z : n\nE = E(z)\nF = E^2")
    context = Context(glossary)
    assert recalled(context, ("F", "")) is not None
    (given,) = context.given
    assert isinstance(given, Downstream)
