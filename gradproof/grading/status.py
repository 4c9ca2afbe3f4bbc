"""What is said of a line of a person's text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from gradproof.derivations.notation.reading import Span
from gradproof.verify.verdict import Counterexample, Report, Verdict


class LineStatus(Enum):
    """The status of a line; each value is the sentence that a reader sees.

    What a `Verdict` says is said by the status of the same name.
    """

    PROVED = "proved"
    AGREES = "agrees at every point tried, which is not a proof"
    REFUTED = "refuted by a counterexample"
    UNDECIDED = "not decided"
    VACUOUS = "checked at too few points to say anything"
    UNAVAILABLE = "asked for, but not available here"
    ERROR = "the check itself failed"
    EQUAL_IF = "holds under a condition that the text does not state"
    DEFINITION = "a definition: nothing to check"
    CONDITION = "a condition, not an identity"
    NEEDS = "needs a declaration"
    UNREADABLE = "could not be read"

    @classmethod
    def of(cls, verdict: Verdict) -> LineStatus:
        return cls[verdict.name]

    @property
    def ok(self) -> bool:
        """Whether the line is known to hold."""
        return self in (LineStatus.PROVED, LineStatus.AGREES)


@dataclass(frozen=True, slots=True)
class LineReport:
    """One relation of a statement, or a statement that has none.

    step            which relation of its chain it is, counted from 0
    span            the piece of the text: the member behind the relation
    reason          why the status is what it is, in a sentence; empty where the status says it all
    clash           whether shapes do not fit
    add             the lines of declarations that would make it hold, or decidable
    taken           names that nothing declares and that were taken as free, since definitions mention them
    unreached       whether something is differentiated by what it does not depend on, as far as is known
    """

    status: LineStatus
    step: int
    span: Span
    reason: str = ""
    clash: bool = False
    add: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    unreached: bool = False
    reports: tuple[Report, ...] = field(default=(), repr=False)

    @property
    def counterexample(self) -> Counterexample | None:
        return next((report.counterexample for report in self.reports if report.counterexample), None)
