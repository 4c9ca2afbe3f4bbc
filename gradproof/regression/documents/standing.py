"""What a test of a formula comes to: the findings on it, as an outcome of pytest and a word for the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from gradproof.grading.findings import Finding
from gradproof.grading.status import LineStatus


class Result(Enum):
    """FAILS turns the run red; OPEN is a skip that is seen; QUIET claims nothing, and is not counted as passed."""

    FAILS = "fails"
    OPEN = "open"
    PASSES = "passes"
    QUIET = "quiet"


#: The words for a refutation that a mark expects, for its absence, for what a mark says to skip, for a formula that a
#: mark speaks of though it claims nothing, and for one that the clock left undecided.
EXPECTED, NOT_REFUTED, SKIPPED, NOTHING, LATE = "EXPECTED", "NOT_REFUTED", "SKIPPED", "NOTHING_CLAIMED", "OUT_OF_TIME"
_QUIET = (LineStatus.DEFINITION, LineStatus.CONDITION)


@dataclass(frozen=True, slots=True)
class Standing:
    """The result of a test, the word for it, and the finding that decides it."""

    result: Result
    word: str
    finding: Finding

    @classmethod
    def of(cls, findings: Sequence[Finding], strict: bool) -> Standing:
        """The standing of a test with these findings (at least one): the worst of them decides."""
        standings = [_standing(finding, strict) for finding in findings]
        return min(standings, key=lambda each: _ORDER.index(each.result))

    @classmethod
    def of_nothing(cls, finding: Finding, strict: bool) -> Standing:
        """The standing of a formula that a mark speaks of though nothing in its passage is claimed."""
        reason = f"a mark speaks of it, but nothing in it is claimed ({finding.reason or finding.status.value})"
        return cls(Result.FAILS if strict else Result.OPEN, NOTHING, replace(finding, reason=reason))


_ORDER = (Result.FAILS, Result.OPEN, Result.PASSES, Result.QUIET)


def _standing(finding: Finding, strict: bool) -> Standing:
    word = finding.status.name
    if finding.failure:
        return Standing(Result.FAILS, NOT_REFUTED if finding.marked else word, finding)
    if finding.status is LineStatus.REFUTED:
        return Standing(Result.PASSES, EXPECTED, finding)
    if finding.status.ok:
        return Standing(Result.PASSES, word, finding)
    if finding.status in _QUIET:
        return Standing(Result.QUIET, word, finding)
    return Standing(Result.FAILS if strict else Result.OPEN, LATE if finding.late else word, finding)


def claiming_nothing(findings: Sequence[Finding]) -> bool:
    """Whether nothing in a passage is claimed: a mark on it is probably a mistake, and no success."""
    return all(finding.status in _QUIET and not finding.failure for finding in findings)
