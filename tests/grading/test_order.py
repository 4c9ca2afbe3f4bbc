"""What "where …" explains comes before the statement that it explains, and nothing else changes its place."""

from __future__ import annotations

import pytest

from gradproof.derivations.meaning import declared
from gradproof.grading.passages import Effort, judge_passage
from gradproof.grading.status import LineStatus

JACOBIAN = r"\frac{\partial p_i}{\partial a_j} = p_i (\delta_{ij} - p_j)"


def statuses(text: str, given: str) -> list[str]:
    glossary, macros = declared(given)
    found = judge_passage(text, macros, glossary, frozenset(), Effort()).found
    return ["HOLDS" if judged.status.ok else judged.status.name for judged in found]


@pytest.mark.parametrize(
    "where",
    [
        r", \quad \text{where } p_i = \frac{e^{a_i}}{\sum_k e^{a_k}}.",
        r", \text{ with } p = \softmax(a)",
        r"\quad 其中 \quad p = \softmax(a)",
    ],
)
def test_a_name_may_be_explained_behind_the_statement_that_mentions_it(where: str) -> None:
    assert statuses(JACOBIAN + where, "a : n") == ["HOLDS", "DEFINITION"]
    assert statuses(JACOBIAN.replace("-", "+") + where, "a : n") == ["REFUTED", "DEFINITION"]


def test_an_explanation_may_need_another_one() -> None:
    where = r", \text{ where } p_i = \frac{e^{a_i}}{Z} \text{ and } Z = \sum_k e^{a_k}"
    assert statuses(JACOBIAN + where, "a : n") == ["HOLDS", "DEFINITION", "DEFINITION"]


def test_what_rests_on_the_statement_before_it_stays_behind_it() -> None:
    text = r"p = \softmax(a), \text{ where } \sum_k p_k = 1"
    assert statuses(text, "a : n") == ["DEFINITION", "HOLDS"]


def test_a_name_that_is_known_is_not_defined_anew() -> None:
    where = r", \text{ where } p_i = a_i"
    found = statuses(JACOBIAN + where, "a : n\np = \\softmax(a)")
    assert found == ["HOLDS", "REFUTED"]


@pytest.mark.parametrize(
    "text", ["X W = W X", "(A B)^T = A^T B^T", "x^T y = x y^T", r"\|x\|_2 = \|x\|_1", "(x + y)^T = x + y"]
)
def test_no_undeclared_array_is_taken_for_a_number_in_silence(text: str) -> None:
    glossary, macros = declared("")
    (judged,) = judge_passage(text, macros, glossary, frozenset(), Effort()).found
    assert judged.status is LineStatus.EQUAL_IF
    assert "is read as a number" in judged.reason
    assert all(line.endswith(" : R") for line in judged.add)
