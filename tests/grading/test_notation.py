"""Notation that is met seldom: each line holds in one form, and in a form with a slip it does not."""

from __future__ import annotations

import pytest

from gradproof.grading.status import LineStatus

from .conftest import Judged

#: A line with PIECE in it, its declarations, a piece with which it holds, and one with which it is refuted.
LINES = {
    "a sum over two letters": (
        r"\frac{\partial E}{\partial w_{ij}} = PIECE",
        "w : m x n\nx : n\nE = \\sum_{i,j} w_{ij} x_j",
        "x_j",
        "2 x_j",
    ),
    "a product of two products": (r"\prod_i a_i b_i = PIECE", "a, b : >0 n", r"\prod_i a_i \prod_i b_i", r"\prod_i a_i"),
    "a product over a quotient": (
        r"\prod_i a_i / b_i = PIECE",
        "a, b : >0 n",
        r"\frac{\prod_i a_i}{\prod_i b_i}",
        r"\prod_i a_i \prod_i b_i",
    ),
    "a constant in front of what a product multiplies": (
        r"\prod_{i=1}^n c a_i = PIECE",
        "a : >0 n\nc : >0",
        r"c^n \prod_i a_i",
        r"c \prod_i a_i",
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_it_holds_and_with_a_slip_it_does_not(name: str, judged: Judged) -> None:
    line, given, right, wrong = LINES[name]
    for report in judged(line.replace("PIECE", right), given):
        assert report.status.ok, report
    reports = judged(line.replace("PIECE", wrong), given)
    assert LineStatus.REFUTED in {report.status for report in reports}, reports
    assert any(report.counterexample for report in reports)


#: A line, its declarations, and words of the question that it raises: readers would differ.
ASKED = [
    (r"\prod_i a_i c = c \prod_i a_i", "a : >0 n\nc : >0", "how far does this product reach"),
    (r"\prod_i a_i \sum_j b_j = 1", "a, b : >0 n", "how far does this product reach"),
]


@pytest.mark.parametrize(("line", "given", "words"), ASKED)
def test_where_readers_would_differ_the_answer_is_a_question(line: str, given: str, words: str, judged: Judged) -> None:
    (report,) = judged(line, given)
    assert report.status is LineStatus.NEEDS
    assert words in report.reason
