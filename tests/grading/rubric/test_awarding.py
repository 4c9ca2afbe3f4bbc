"""Points: what right lines reach, what an error costs, what follows from it, and what a person decides."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from gradproof.grading.exercise import Exercise
from gradproof.grading.marking import Graded
from gradproof.grading.rubric import Points, award, with_rubric
from gradproof.grading.rubric.reading import rubric_of

ASKED = r"\frac{\partial p_i}{\partial z_j}"
INSERTED = r"\frac{\partial}{\partial z_j} \frac{e^{z_i}}{\sum_k e^{z_k}}"
QUOTIENT = (
    r"\frac{\frac{\partial e^{z_i}}{\partial z_j} \sum_k e^{z_k}"
    r" - e^{z_i} \frac{\partial}{\partial z_j} \sum_k e^{z_k}}{(\sum_k e^{z_k})^2}"
)
CARRIED_OUT = r"\frac{\delta_{ij} e^{z_i} \sum_k e^{z_k} - e^{z_i} e^{z_j}}{(\sum_k e^{z_k})^2}"
RESULT = r"p_i (\delta_{ij} - p_j)"
WRONG_QUOTIENT = CARRIED_OUT.replace(" - e", " + e")
ITEMS = [
    {"reach": QUOTIENT, "points": 2},
    {"reach": "result", "points": 2},
    {"reach": RESULT, "points": 1, "written": True},
]
Grade = Callable[..., Graded]
Write = Callable[..., str]


@pytest.fixture
def points(softmax: Exercise, graded: Grade) -> Callable[..., Points]:
    def found(text: str, **more: Any) -> Points:
        rubric = rubric_of({"items": ITEMS, **more}, softmax)
        return award(rubric, graded(text, with_rubric(softmax, rubric)))

    return found


def awards(found: Points) -> list[str]:
    return [each.award.name for each in found.items]


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([INSERTED], ["MISSING", "MISSING", "MISSING"]),
        ([INSERTED, QUOTIENT], ["EARNED", "MISSING", "MISSING"]),
        ([INSERTED, QUOTIENT, CARRIED_OUT], ["EARNED", "EARNED", "MISSING"]),
        ([RESULT], ["EARNED", "EARNED", "EARNED"]),
        ([r"\delta_{ij} p_j - p_j p_i"], ["EARNED", "EARNED", "EARNED"]),
        ([r"p_i \left(\delta_{ij} - \frac{e^{z_j}}{\sum_k e^{z_k}}\right)"], ["EARNED", "EARNED", "MISSING"]),
    ],
    ids=["inserted", "quotient rule", "carried out", "at once", "multiplied out", "half in other names"],
)
def test_right_lines_earn_what_they_have_come_to(
    members: list[str], expected: list[str], points: Callable[..., Points], written: Write
) -> None:
    assert awards(points(written(*members))) == expected


def test_other_letters_and_matrices_reach_the_same(points: Callable[..., Points], written: Write) -> None:
    other = written(r"p_k (\delta_{km} - p_m)", asked=r"\frac{\partial p_k}{\partial z_m}")
    matrix = written(r"\operatorname{diag}(p) - p p^\top", asked=r"\frac{\partial p}{\partial z}")
    for text in (other, matrix):
        assert awards(points(text)) == ["EARNED", "EARNED", "EARNED"]


def test_an_error_costs_the_item_in_which_it_stands_and_credit_goes_on(
    points: Callable[..., Points], written: Write
) -> None:
    text = written(QUOTIENT, WRONG_QUOTIENT, r"p_i (\delta_{ij} + p_j)")
    found = points(text)
    assert awards(found) == ["EARNED", "LOST", "CARRIED"]
    assert (found.certain, found.most, found.of) == (3, 3, 5)
    assert found.items[1].line is not None and found.items[1].line.mark.value == "wrong"
    strict = points(text, carried_forward=False)
    assert awards(strict) == ["EARNED", "LOST", "MISSING"]


def test_with_deductions_an_error_costs_points_once_and_no_item(points: Callable[..., Points], written: Write) -> None:
    text = written(QUOTIENT, WRONG_QUOTIENT, r"p_i (\delta_{ij} + p_j)", r"2 p_i (\delta_{ij} + p_j)")
    first = points(text, deductions={"points": 1})
    assert awards(first) == ["EARNED", "CARRIED", "CARRIED"]
    assert (len(first.deductions), first.certain) == (1, 4)
    each = points(text, deductions={"points": Fraction(1, 2), "count": "each"})
    assert (len(each.deductions), each.certain) == (2, 4)
    slip = first.deductions[0].line.slip
    assert slip
    named = points(text, deductions={"points": 1, "slips": {slip: Fraction(1, 4)}})
    assert named.certain == Fraction(19, 4)
    assert points(text, deductions={"points": 100}).certain == 0


def test_a_right_line_after_an_error_earns_all_the_same(points: Callable[..., Points], written: Write) -> None:
    assert awards(points(written(WRONG_QUOTIENT, RESULT)))[2] == "EARNED"


def test_a_copied_line_behind_an_error_earns_nothing_new(points: Callable[..., Points], written: Write) -> None:
    found = points(written(QUOTIENT, WRONG_QUOTIENT, WRONG_QUOTIENT))
    assert awards(found) == ["EARNED", "LOST", "MISSING"]


@pytest.mark.parametrize(
    "text",
    [
        rf"$${ASKED} = p_i \foo$$",
        r"For $i = j$: $$\frac{\partial p_i}{\partial z_i} = p_i (1 - p_i)$$",
        r"$$= p_i (\delta_{ij} - p_j)$$",
    ],
    ids=["unreadable", "a case", "without its left side"],
)
def test_what_was_not_compared_is_for_a_person_to_decide(text: str, points: Callable[..., Points]) -> None:
    found = points(text)
    assert awards(found) == ["OPEN", "OPEN", "OPEN"]
    assert (found.certain, found.most) == (0, 5)


def test_points_of_a_file_that_nothing_is_read_of_are_open(softmax: Exercise) -> None:
    found = award(rubric_of({"items": ITEMS}, softmax), Graded("work.pdf", problem="work.pdf is a PDF"))
    assert (found.certain, found.most) == (0, 5)


def test_an_empty_submission_has_no_points(points: Callable[..., Points]) -> None:
    found = points("I do not know.\n")
    assert (awards(found), found.most) == (["MISSING"] * 3, 0)


def test_a_question_beside_that_of_the_exercise(softmax: Exercise, graded: Grade, written: Write) -> None:
    side = r"\frac{\partial}{\partial z_j} \sum_k e^{z_k} = e^{z_j}"
    rubric = rubric_of({"items": [{"reach": side, "points": 1}, {"reach": "result", "points": 1}]}, softmax)
    against = with_rubric(softmax, rubric)
    stated = r"$\frac{\partial}{\partial z_m} \sum_l e^{z_l} = e^{z_m}$" + "\n\n" + written(INSERTED)
    assert awards(award(rubric, graded(stated, against))) == ["EARNED", "MISSING"]
    assert awards(award(rubric, graded(written(INSERTED, CARRIED_OUT), against))) == ["EARNED", "EARNED"]
    assert awards(award(rubric, graded(written(INSERTED, WRONG_QUOTIENT), against))) == ["OPEN", "LOST"]
    wrong = r"$\frac{\partial}{\partial z_j} \sum_k e^{z_k} = 2 e^{z_j}$" + "\n\n" + written(INSERTED)
    assert awards(award(rubric, graded(wrong, against)))[0] == "LOST"
    assert awards(award(rubric, graded(written(RESULT), against))) == ["EARNED", "EARNED"]


def test_json_says_all(points: Callable[..., Points], written: Write) -> None:
    found = points(written(QUOTIENT, WRONG_QUOTIENT), deductions={"points": Fraction(1, 2)}).to_json()
    assert (found["points"], found["of"]) == (3.5, 5)
    assert found["items"][0] == {
        "text": {"en": QUOTIENT, "zh": QUOTIENT},
        "points": 2,
        "open": 0,
        "of": 2,
        "award": "EARNED",
        "sentence": "reached by a right line",
        "line": 3,
    }
    assert found["deductions"][0]["line"] == 4
