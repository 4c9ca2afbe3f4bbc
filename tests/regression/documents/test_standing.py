"""What each status comes to in a test, and how it is told."""

from __future__ import annotations

import pytest

from gradproof.documents import Place
from gradproof.grading.findings import Finding
from gradproof.grading.status import LineStatus as S
from gradproof.regression.documents.standing import EXPECTED, NOT_REFUTED, NOTHING, Result, Standing, claiming_nothing
from gradproof.regression.documents.telling import WIDTH, sentence, told
from gradproof.verify.verdict import Counterexample

PLACE = Place("a.md", 12, 7)
RESULTS = {
    S.PROVED: Result.PASSES,
    S.AGREES: Result.PASSES,
    S.REFUTED: Result.FAILS,
    S.ERROR: Result.FAILS,
    S.DEFINITION: Result.QUIET,
    S.CONDITION: Result.QUIET,
}


@pytest.mark.parametrize("status", S)
def test_each_status_has_a_result(status: S) -> None:
    finding = Finding(PLACE, status)
    expected = RESULTS.get(status, Result.OPEN)
    standing = Standing.of([finding], strict=False)
    assert (standing.result, standing.word) == (expected, status.name)
    strict = Standing.of([finding], strict=True)
    assert strict.result is (Result.FAILS if expected is Result.OPEN else expected)


def test_a_refutation_that_is_expected_passes_and_its_absence_fails() -> None:
    refuted = Finding(PLACE, S.REFUTED).but("as expected", failure=False)
    assert Standing.of([refuted], strict=True) == Standing(Result.PASSES, EXPECTED, refuted)
    for status in (S.PROVED, S.NEEDS, S.DEFINITION):
        standing = Standing.of([Finding(PLACE, status).but("nothing", failure=True)], strict=False)
        assert (standing.result, standing.word) == (Result.FAILS, NOT_REFUTED)


def test_the_worst_finding_decides() -> None:
    order = [S.DEFINITION, S.PROVED, S.UNDECIDED, S.REFUTED]
    findings = [Finding(PLACE, status) for status in order]
    for number in range(1, len(order) + 1):
        for some in (findings[:number], findings[:number][::-1]):
            assert Standing.of(some, strict=False).word == order[number - 1].name


def test_what_claims_nothing() -> None:
    quiet = [Finding(PLACE, S.DEFINITION), Finding(PLACE, S.CONDITION)]
    assert claiming_nothing(quiet)
    assert not claiming_nothing([*quiet, Finding(PLACE, S.UNDECIDED)])
    assert not claiming_nothing([quiet[0].but("nothing is refuted", failure=True)])
    for strict, result in ((False, Result.OPEN), (True, Result.FAILS)):
        standing = Standing.of_nothing(quiet[0], strict)
        assert (standing.result, standing.word) == (result, NOTHING)
        assert "nothing in it is claimed (a definition" in standing.finding.reason


SOURCE = r"  some words, then \[ \alpha + \beta = \gamma - \delta \] and more words behind it, for a long time to come"
POINT = Counterexample({"n": 2}, {"i": 1}, {"z": ["1/2", "1"]}, "0.25", "-0.25")


def refuted(column: int, width: int = 8) -> Finding:
    end = Place("a.md", 12, column + width)
    return Finding(
        Place("a.md", 12, column), S.REFUTED, end, "eq", left=r"\alpha" * 40, sign="=", right=r"\gamma" * 60,
        reason="because " * 30, counterexample=POINT, add=("x : R",),
    )  # fmt: skip


@pytest.mark.parametrize("piece", ["some", r"\gamma - \delta", "time"])
def test_a_failure_points_at_the_piece_in_80_columns(piece: str) -> None:
    column = SOURCE.index(piece)
    lines = told(refuted(column + 1, len(piece)), SOURCE).split("\n")
    assert lines[0] == f"a.md:12:{column + 1}: refuted by a counterexample [eq]"
    assert max(map(len, lines)) <= WIDTH
    start = lines[2].index("^")
    assert lines[1][start : start + len(piece)] == piece and lines[2].count("^") == len(piece)
    text = "\n".join(lines)
    assert "    at n = 2, i = 1, z = (1/2, 1): left 0.25, right −0.25" in text and "    add: x : R" in text


def test_a_place_behind_the_line_and_an_empty_line_do_no_harm() -> None:
    assert "^" in told(refuted(4000), SOURCE)
    assert "|" not in told(refuted(1), "")


def test_what_a_document_says_gives_a_terminal_no_orders() -> None:
    finding = Finding(PLACE, S.UNREADABLE, right="a \x1b[31m b", reason="what is \x1b[0m ?")
    for text in (told(finding, "x \x1b[2J y"), sentence(finding)):
        assert "\x1b" not in text and "�" in text
