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
}


@pytest.mark.parametrize("name", LINES)
def test_it_holds_and_with_a_slip_it_does_not(name: str, judged: Judged) -> None:
    line, given, right, wrong = LINES[name]
    for report in judged(line.replace("PIECE", right), given):
        assert report.status.ok, report
    reports = judged(line.replace("PIECE", wrong), given)
    assert LineStatus.REFUTED in {report.status for report in reports}, reports
    assert any(report.counterexample for report in reports)
