"""Findings: what is said of each statement of a document, with its place, and how it is written as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from gradproof.documents import Place
from gradproof.verify.verdict import OUT_OF_TIME, Counterexample

from .status import LineStatus

#: The schema of the JSON of `gradproof check`.
SCHEMA = "gradproof/check/1"
_WRONG = (LineStatus.REFUTED, LineStatus.ERROR)
#: What says nothing and asks nothing of anybody.
_LISTED = (LineStatus.DEFINITION, LineStatus.CONDITION)


@dataclass(frozen=True, slots=True)
class Finding:
    """One relation of a document, or a piece that has none.

    place, end   where the piece stands that the status is about
    label        the label of its formula, empty if it has none
    statement    the whole statement as its author wrote it
    left, sign, right  the relation as its author wrote it; of what is no relation, `right` is all
    step         which relation of its statement it is, counted from 0
    evidence     the reports on the claims that were decided, as documents
    failure      whether the check fails because of this
    line         of what could not be read: the whole line of the file
    known        whether a baseline names it: it is still said, and nothing fails because of it
    """

    place: Place
    status: LineStatus
    end: Place | None = None
    label: str = ""
    statement: str = ""
    left: str = ""
    sign: str = ""
    right: str = ""
    step: int = 0
    reason: str = ""
    counterexample: Counterexample | None = None
    add: tuple[str, ...] = ()
    evidence: tuple[dict[str, Any], ...] = field(default=(), repr=False)
    marked: bool | None = None
    line: str = field(default="", repr=False)
    known: bool = False

    @property
    def failure(self) -> bool:
        wrong = self.status in _WRONG if self.marked is None else self.marked
        return wrong and not self.known

    @property
    def open(self) -> bool:
        """Whether it was not decided, though something was claimed or could not be read."""
        decided = self.failure or self.known or self.status.ok
        return not decided and self.status not in (*_LISTED, *_WRONG)

    @property
    def late(self) -> bool:
        """Whether it is open because the clock stopped what would decide it: another run may."""
        return self.open and self.reason.startswith(OUT_OF_TIME)

    @property
    def claims(self) -> bool:
        """Whether it says something that holds or does not: no definition, no condition."""
        return self.status not in _LISTED or bool(self.marked)

    @property
    def formula(self) -> str:
        """The relation on one line, as its author wrote it."""
        return " ".join(filter(None, (self.left, self.sign, self.right)))

    def but(self, reason: str, *, failure: bool) -> Finding:
        """The same finding with something added, by which it is a failure or none."""
        return replace(self, reason="; ".join(filter(None, (self.reason, reason))), marked=failure)

    def to_json(self) -> dict[str, Any]:
        return {
            "line": self.place.line,
            "column": self.place.column,
            "cell": self.place.cell,
            "end": {"line": self.end.line, "column": self.end.column} if self.end else None,
            "file": self.place.file,
            "label": self.label,
            "statement": self.statement,
            "left": self.left,
            "sign": self.sign,
            "right": self.right,
            "step": self.step,
            "status": self.status.name,
            "sentence": self.status.value,
            "failure": self.failure,
            "known": self.known,
            "reason": self.reason,
            "add": list(self.add),
            "counterexample": self.counterexample.to_json() if self.counterexample else None,
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a file.

    problem  why nothing could be read of it, in a sentence; empty if it was read
    skipped  the places of the formulas that marks say to skip
    known    whether a baseline names the problem
    """

    file: str
    findings: tuple[Finding, ...] = ()
    problem: str = ""
    skipped: tuple[Place, ...] = ()
    known: bool = False

    @property
    def failed(self) -> bool:
        """Whether something is refuted or failed, or nothing could be read."""
        return bool(self.problem and not self.known) or any(finding.failure for finding in self.findings)

    @property
    def open(self) -> bool:
        """Whether something was not decided."""
        return any(finding.open for finding in self.findings)

    @property
    def counts(self) -> Counter[LineStatus]:
        return Counter(finding.status for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "problem": self.problem,
            "failed": self.failed,
            "findings": [finding.to_json() for finding in self.findings],
            "skipped": [{"line": place.line, "column": place.column, "cell": place.cell} for place in self.skipped],
        }
