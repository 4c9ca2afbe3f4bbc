"""Lines whose shapes do not fit: wrong under every reading, or a reading is named and a person decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gradproof.derivations.catalogue import find
from gradproof.derivations.meaning import Context, declared
from gradproof.derivations.notation.reading import read_formula
from gradproof.grading.exercise import exercise, related
from gradproof.grading.judge import Judge
from gradproof.grading.marking import Graded, Mark
from gradproof.grading.misfits import Fitting
from gradproof.grading.repairs import put_right, with_derivatives
from gradproof.grading.status import LineStatus

Grade = Callable[..., Graded]
HIDDEN = r"\frac{\partial E}{\partial z^{(1)}_j}"
WRONG_HIDDEN = rf"$${HIDDEN} = a_j (1 - a_j) \sum_k W^{{(2)}}_{{kj}} \delta^{{(2)}}_k$$"
RIGHT_HIDDEN = rf"$${HIDDEN} = a_j (1 - a_j) \sum_k W^{{(2)}}_{{jk}} \delta^{{(2)}}_k$$"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("batch_weights", r"$$\nabla_W E = \Delta^\top X$$", "rows for columns in the result"),
        ("batch_weights", r"$$\nabla_W E = \Delta X^\top$$", "rows for columns in Δ, X and in the result"),
        ("batch_inputs", r"$$\nabla_X E = \Delta W$$", "transpose may be missing; it holds with rows for columns in W"),
        ("logistic_regression_weights", r"$$\nabla_w E = \frac{1}{N} (p - t) X$$", "in (…) and in the result"),
        ("linear_regression_matrix", r"$$\nabla_w E = (X w - y) X$$", "rows for columns in (…)"),
        ("batch_bias", r"$$\nabla_b E = \Delta$$", "the left side is of shape h, the right side of shape N × h"),
        ("logistic_regression_weights", r"$$\frac{d}{dz} \sigma(z) = \sigma(z) \odot (1 - \sigma(z))$$", "N × N"),
        ("batch_weights", r"If the data are stored thus $$\nabla_W E = X \Delta \Delta$$", "do not fit"),
    ],
    ids=["transposed", "columns", "another storing", "rows", "a bracket", "a vector", "a diagonal", "a condition"],
)
def test_what_fits_in_another_reading_is_left_to_a_person(name: str, text: str, reason: str, graded: Grade) -> None:
    line = graded(text, exercise(find(name))).lines[-1]
    assert line.mark is Mark.OPEN
    assert reason in line.reason


@pytest.mark.parametrize(
    ("name", "text", "slip"),
    [
        ("linear_regression_matrix", r"$$\nabla_w E = X^\top X w - X y$$", "transposed"),
        ("linear_regression_weights", r"$$\nabla_w E = X^\top u + y$$", ""),
        ("batch_inputs", r"$$\nabla_X E = X^\top \Delta$$", ""),
        ("hidden_layer_hidden_delta", WRONG_HIDDEN, "transposed"),
    ],
)  # fmt: skip
def test_what_fits_in_no_reading_is_wrong(name: str, text: str, slip: str, graded: Grade) -> None:
    wrong = graded(text, exercise(find(name))).first_wrong
    assert wrong is not None
    assert wrong.slip == slip
    assert " of shape " in wrong.reason or "do not fit" in wrong.reason or "meets" in wrong.reason


def test_an_index_is_missing_where_the_array_stands_with_it_elsewhere(graded: Grade) -> None:
    jacobian = exercise(find("softmax_jacobian"))
    found = graded("$$\\frac{\\partial p_i}{\\partial z_j}\n = p_i (\\delta_{ij} - p)$$", jacobian)
    assert found.first_wrong is not None
    assert (found.first_wrong.slip, found.first_wrong.finding.place.line) == ("index dropped", 2)
    alone = graded(
        r"$$\frac{\partial E}{\partial w_j} = (o - t) o (1 - o) x$$", exercise(find("perceptron_weights"))
    )
    assert [line.mark for line in alone.lines] == [Mark.OPEN]  # who writes no index at all may leave them out
    hedged = graded(
        r"Suppressing indices where possible $$\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p)$$", jacobian
    )
    assert [line.mark for line in hedged.lines] == [Mark.OPEN]


def test_a_wrong_line_leaves_the_sizes_of_later_lines_alone(graded: Grade) -> None:
    """W_kj δ_k would make δ as long as a: a right line behind it was once called wrong because of that."""
    found = graded(f"{WRONG_HIDDEN}\nNo:\n{RIGHT_HIDDEN}\n", exercise(find("hidden_layer_hidden_delta")))
    assert [line.mark for line in found.lines] == [Mark.WRONG, Mark.RIGHT]


def test_an_entry_of_a_transposed_matrix_has_its_indices_exchanged() -> None:
    glossary, _ = declared("W : m x n\nV : n x m\nd : n")
    left = read_formula(r"\sum_k d_k W^\top_{ki}")
    assert related(left, read_formula(r"\sum_k d_k W_{ik}"), glossary, Judge()).status is LineStatus.PROVED
    assert related(left, read_formula(r"\sum_k d_k V_{ki}"), glossary, Judge()).status is not LineStatus.PROVED


def test_puttings_right_change_one_place_each() -> None:
    glossary, _ = declared("A : n x n\nB : n x n\nx : n")
    written = {
        name: {repr(other) for what, other in put_right(read_formula(r"A B^\top x"), glossary, {"j"}) if what == name}
        for name in ("transposed", "commuted", "index dropped")
    }
    of = {name: {repr(read_formula(text)) for text in texts} for name, texts in {
        "transposed": (r"A^\top B^\top x", r"A B x", r"A B^\top x^\top"),
        "commuted": (r"B^\top A x", r"A x B^\top"),
        "index dropped": (r"A B^\top x_j",),
    }.items()}  # fmt: skip
    assert written == of
    of_entries = put_right(read_formula("A_{ij} x_j"), glossary, set())
    assert [repr(other) for name, other in of_entries if name == "transposed"] == [repr(read_formula("A_{ji} x_j"))]


def test_derivatives_are_put_back_in_fractions_of_names_alone() -> None:
    product = read_formula(r"\frac{E}{o} \frac{\log p_i}{z_j} \frac{2}{n} \frac{a + b}{c}")
    found = {repr(other) for other in with_derivatives(product)}
    first, second = r"\frac{\partial E}{\partial o}", r"\frac{\partial \log p_i}{\partial z_j}"
    rest = r"\frac{2}{n} \frac{a + b}{c}"
    assert found == {
        repr(read_formula(text))
        for text in (
            rf"{first} \frac{{\log p_i}}{{z_j}} {rest}",
            rf"\frac{{E}}{{o}} {second} {rest}",
            f"{first} {second} {rest}",
        )
    }  # fmt: skip
    assert not list(with_derivatives(read_formula(r"\frac{2}{3} \frac{a b}{c}")))


def test_more_readings_than_are_tried_make_nothing_certain() -> None:
    names = "ABCDFGH"
    glossary, _ = declared("\n".join(f"{name} : n x {'mk'[place % 2]}" for place, name in enumerate(names)))
    glossary.certain = True
    fitting = Fitting(glossary, lambda one, other: False)
    left, few, many = (read_formula(text) for text in ("A", "A B", " ".join(names)))
    assert Context(glossary).refer(left).head == "A"  # type: ignore[arg-type]
    known, unknown = fitting.misfit([left, few], 0, True), fitting.misfit([left, many], 0, True)
    assert known is not None and known.certain
    assert unknown is not None and not unknown.certain
