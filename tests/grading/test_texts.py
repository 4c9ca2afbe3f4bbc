"""What stands between formulas: displays that go on, quantities that are said afterwards, and a final 0."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gradproof.derivations.catalogue import find
from gradproof.documents import read_document, text_document
from gradproof.grading.afterwards import in_reading_order
from gradproof.grading.checking import Checking
from gradproof.grading.continued import ACROSS, joined
from gradproof.grading.exercise import Exercise, exercise
from gradproof.grading.marking import Graded, Mark, Reached, graded_documents
from gradproof.grading.zero import ASKED
from gradproof.verify.running import TimeLimitExceeded

Grade = Callable[..., Graded]
MSE = r"\frac{\partial L}{\partial x_i}"
ASKED_FOR = r"\frac{\partial p_i}{\partial z_j}"


def marks(found: Graded) -> list[Mark]:
    return [line.mark for line in found.lines]


@pytest.mark.parametrize("between", ["which is", "", "and so", "即", "**Now** we use the quotient rule:", "i.e."])
def test_a_display_goes_on_across_words_that_restrict_nothing(between: str, softmax: Exercise, graded: Grade) -> None:
    text = f"$${ASKED_FOR} = p_i \\delta_{{ij}} - p_i p_j$$\n{between}\n$$= p_i (\\delta_{{ij}} + p_j)$$\n"
    found = graded(text, softmax)
    assert marks(found) == [Mark.RIGHT, Mark.WRONG]
    wrong = found.lines[1].finding.place
    assert (wrong.line, wrong.column) == (3, 5)
    assert found.reached is Reached.WRONG


@pytest.mark.parametrize(
    "between",
    ["and on the diagonal", "where $i = j$ it is", "若 $i = j$，则", "with $a = 2$", "and for the bias", "同理"],
)
def test_a_display_behind_other_words_is_left_to_a_person(between: str, softmax: Exercise, graded: Grade) -> None:
    text = f"$${ASKED_FOR} = p_i \\delta_{{ij}} - p_i p_j$$\n{between}\n$$= p_i (1 - p_i)$$\n"
    last = graded(text, softmax).lines[-1]
    assert (last.mark, last.reason) == (Mark.OPEN, ACROSS)


def test_of_two_formulas_it_is_not_known_which_one_goes_on(softmax: Exercise, graded: Grade) -> None:
    first = f"$${ASKED_FOR} = p_i \\delta_{{ij}} - p_i p_j, \\quad i = j$$"
    found = graded(f"{first}\nwhich is\n$$= p_i (1 - p_i)$$\n", softmax)
    assert (found.lines[-1].mark, found.lines[-1].reason) == (Mark.OPEN, ACROSS)
    assert found.first_wrong is None


def test_environments_and_brackets_go_on_too(softmax: Exercise, graded: Grade) -> None:
    for first, second in (
        (rf"\begin{{align}} {ASKED_FOR} &= p_i \delta_{{ij}} - p_i p_j. \end{{align}}", r"\[ = p_i - p_i p_j \]"),
        (rf"\[ {ASKED_FOR} \]", "\\begin{align*}\n&= p_i (\\delta_{ij} - p_j) \\\\\n&= p_i \\delta_{ij} \\end{align*}"),
    ):  # fmt: skip
        found = graded(f"{first}\nwhich is\n{second}\n", softmax)
        assert marks(found) == [Mark.RIGHT, Mark.WRONG]


def test_joining_moves_nothing_and_joins_nothing_else() -> None:
    text = "$$a = b$$\nso\n$$= c$$\n\n$$= d$$\n<!-- gradproof: skip -->\n$$= e$$\n$x$\n$$= f$$\n$$g = h$$\n"
    document = text_document(text, "work.md")
    whole, *rest = joined(document).passages
    assert [passage.text for passage in rest] == ["= e", "x", "= f", "g = h"]
    for passage in document.passages[:3]:
        assert whole.place(whole.text.index(passage.text)) == passage.place()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"$${MSE} = \\frac1n e_i$$\nwhere $e_k = x_k - y_k$.", [Mark.WRONG, Mark.NONE]),
        (f"$${MSE} = \\frac2n e_i$$\nwhere $e_k = x_k - y_k$.", [Mark.RIGHT, Mark.NONE]),
        (f"$${MSE} = \\frac2n e_i$$\n其中 $e_k = x_k - y_k$。", [Mark.RIGHT, Mark.NONE]),
        (f"$${MSE} = c e_i$$ with $e_k = x_k - y_k$ and $c = 2/n$.",
         [Mark.RIGHT, Mark.NONE, Mark.NONE]),
        (f"$${MSE} = \\frac2n e_i$$\nwith\n$$e_k = x_k - y_k$$", [Mark.RIGHT, Mark.NONE]),
        (f"${MSE} = \\frac2n e_i$ where $e_k = x_k - y_k$", [Mark.RIGHT, Mark.NONE]),
    ],
    ids=["wrong", "right", "Chinese", "two of them", "displays", "in a sentence"],
)  # fmt: skip
def test_a_quantity_is_known_where_it_is_used_before_it_is_said(
    text: str, expected: list[Mark], graded: Grade
) -> None:
    assert marks(graded(text, exercise(find("mse_gradient")))) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"$${MSE} = \\frac1n e_i$$\nWe also have $e_k = x_k - y_k$.",
        f"$${MSE} = \\frac1n e_i$$\nwhere $e_k = x_k - y_k$.\n\nLater $e_k = 2 (x_k - y_k)$.",
        f"$${MSE} = \\frac1n e_i$$\n\n$$L = L$$\nwhere $e_k = x_k - y_k$.",
    ],
    ids=["no explanation", "two of them", "of another display"],
)
def test_what_may_be_another_quantity_is_asked_about(text: str, graded: Grade) -> None:
    assert graded(text, exercise(find("mse_gradient"))).lines[0].mark is Mark.OPEN


def test_a_final_0_is_a_condition_where_the_text_speaks_of_one(graded: Grade) -> None:
    slope = exercise(find("linear_regression_bias"))
    chain = r"$$\frac{\partial E}{\partial b} = \sum_r (u_r - y_r) = 0$$"
    for words in ("At a minimum ", "We set the derivative to zero: ", "令导数为零："):
        found = graded(words + chain, slope)
        assert marks(found) == [Mark.RIGHT, Mark.NONE]
        assert found.reached is Reached.RIGHT
    silent = graded("We get " + chain, slope)
    assert marks(silent) == [Mark.RIGHT, Mark.OPEN]
    assert silent.lines[1].reason == ASKED
    assert silent.reached is Reached.OPEN
    proved = graded(r"$$H = -\sum_k y_k \log y_k = 0$$", exercise(find("entropy_of_one_hot")))
    assert Mark.OPEN not in marks(proved)


def test_a_text_whose_order_is_not_found_in_time_is_gone_through_as_it_stands(tmp_path: Path) -> None:
    loss = exercise(find("mse_gradient"))

    def stops(function: Callable[..., object], *arguments: object) -> object:
        if function in (joined, in_reading_order):
            raise TimeLimitExceeded(1)
        return function(*arguments)

    file = tmp_path / "work.md"
    text = f"$${MSE} = \\frac2n e_i$$\nwhere $e_k = x_k - y_k$. So\n$$= \\frac2n (x_i - y_i)$$\n"
    file.write_text(text, encoding="utf-8")
    document, checking = read_document(file, file.name), Checking(ask=stops)  # type: ignore[arg-type]
    assert marks(graded_documents((document,), file.name, loss, checking)) == [Mark.OPEN, Mark.NONE, Mark.OPEN]
