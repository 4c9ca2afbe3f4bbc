"""Verdicts, evidence and reports, and their form in JSON.

The JSON form is versioned: a reader looks at "schema" and refuses what it does not know. Verdicts are written by their
names (PROVED, …), numbers that JSON does not have (an infinite error) as text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from .counterexample import Counterexample as Counterexample
from .sharpness import Sharpness as Sharpness

if TYPE_CHECKING:
    from .claim import Claim

#: The schema that `Report.to_json` writes.
SCHEMA = "gradproof/report/1"
#: How a sentence begins that says that the clock decided, and that of a method that it stopped.
OUT_OF_TIME = "out of time, "
STOPPED = f"{OUT_OF_TIME}stopped after "


class Verdict(Enum):
    """What is known of a claim; each value is the sentence that a reader sees. Only PROVED and AGREES are ok."""

    PROVED = "proved"
    AGREES = "agrees at every point tried, which is not a proof"
    REFUTED = "refuted by a counterexample"
    UNDECIDED = "not decided"
    VACUOUS = "checked at too few points to say anything"
    UNAVAILABLE = "asked for, but not available here"
    ERROR = "the check itself failed"

    @property
    def ok(self) -> bool:
        return self in (Verdict.PROVED, Verdict.AGREES)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one method found.

    method     which one it was
    verdict    what it says by itself
    detail     its reason in words, where there is one
    scope      what the verdict covers: "every n", "7000 points, float64, cpu"
    drawn      places looked at: every place of the free indices at every point
    effective  those at which the conditions held, both sides were defined and a small slip would have been seen
    worst      the largest error met, as a fraction of the error that rounding explains (at most 1 if all agree)
    bound      the probability of a false proof, for randomised proofs
    sharpness  the relative slips that would have been seen, for comparisons of numbers
    escalated  places that float64 left open and arithmetic with more bits decided
    within     the relative difference that is proved not to be exceeded where both sides agree
    counterexample            the point at which both sides differ
    seed, device, versions    what it takes to find all this again
    """

    method: str
    verdict: Verdict
    scope: str = ""
    detail: str = ""
    drawn: int = 0
    effective: int = 0
    worst: float | None = None
    bound: float | None = None
    seed: int | None = None
    device: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    counterexample: Counterexample | None = None
    sharpness: Sharpness | None = None
    escalated: int = 0
    within: float | None = None

    @property
    def disagrees(self) -> bool:
        """An error larger than rounding explains was met."""
        return self.worst is not None and not self.worst <= 1

    @property
    def late(self) -> bool:
        """The clock stopped the method: on another machine, or in another run, it may say something."""
        return self.detail.startswith(STOPPED)

    def to_json(self) -> dict[str, Any]:
        return {
            "method": self.method,
            "verdict": self.verdict.name,
            "sentence": self.verdict.value,
            "scope": self.scope,
            "detail": self.detail,
            "drawn": self.drawn,
            "effective": self.effective,
            "worst": _number(self.worst),
            "bound": _number(self.bound),
            "sharpness": self.sharpness.to_json() if self.sharpness else None,
            "escalated": self.escalated,
            "within": _number(self.within),
            "seed": self.seed,
            "device": self.device,
            "versions": dict(self.versions),
            "counterexample": self.counterexample.to_json() if self.counterexample else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Evidence:
        """The evidence that `to_json` wrote; raises KeyError on a missing part or an unknown verdict."""
        point, sharpness = data["counterexample"], data["sharpness"]
        return cls(
            method=data["method"],
            verdict=Verdict[data["verdict"]],
            scope=data["scope"],
            detail=data["detail"],
            drawn=data["drawn"],
            effective=data["effective"],
            worst=None if data["worst"] is None else float(data["worst"]),
            bound=None if data["bound"] is None else float(data["bound"]),
            escalated=data["escalated"],
            within=None if data["within"] is None else float(data["within"]),
            seed=data["seed"],
            device=data["device"],
            versions=data["versions"],
            counterexample=Counterexample.from_json(point) if point else None,
            sharpness=Sharpness.from_json(sharpness) if sharpness else None,
        )


def _number(value: float | None) -> float | str | None:
    """JSON has no infinity and no nan; they are written as the text that float() reads."""
    return str(value) if value is not None and not math.isfinite(value) else value


@dataclass(frozen=True, slots=True)
class Budget:
    """How much work a method may do. Work is counted, so that verdicts do not depend on the machine.

    work          of this many units a search gives up (`gradproof.verify.work`)
    points        points at which numbers are compared
    enclosures    entries of arrays that may be evaluated in arithmetic with more bits, to decide what float64 left open
    seconds       a guard far above the time that the work takes; where it acts, the claim is not decided
    """

    work: int = 3_000_000
    points: int = 1000
    enclosures: int = 2000
    seconds: float = 300.0


class Method(Protocol):
    """One way to gather evidence. `run` never raises: what goes wrong is evidence with the verdict ERROR."""

    name: str

    def supports(self, claim: Claim) -> str:
        """Empty if the method can try, else the reason why not."""

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence: ...


@dataclass(frozen=True, slots=True)
class Report:
    """A `claim` with all its `evidence`, whose combination is `verdict`; `counterexample` is the first there is."""

    claim: Claim
    evidence: tuple[Evidence, ...]

    @property
    def verdict(self) -> Verdict:
        """All evidence combined; see `verdict_on`."""
        return verdict_on(self.evidence)

    @property
    def counterexample(self) -> Counterexample | None:
        return next((item.counterexample for item in self.evidence if item.counterexample), None)

    def to_json(self) -> dict[str, Any]:
        """A dictionary that `json.dump(…, allow_nan=False)` takes; its "schema" names and numbers the form."""
        from .wording import condition_words

        claim = self.claim
        return {
            "schema": SCHEMA,
            "claim": {
                "name": claim.name,
                "left": str(claim.lhs),
                "relation": claim.relation.value,
                "right": str(claim.rhs),
                "given": [condition_words(condition) for condition in claim.given],
                "uses": None if claim.uses is None else [tensor.name for tensor in claim.uses],
            },
            "verdict": self.verdict.name,
            "sentence": self.verdict.value,
            "ok": self.verdict.ok,
            "evidence": [item.to_json() for item in self.evidence],
        }


#: From the strongest voice to the weakest.
_PRECEDENCE = (
    Verdict.ERROR,
    Verdict.REFUTED,
    Verdict.UNAVAILABLE,
    Verdict.PROVED,
    Verdict.AGREES,
    Verdict.VACUOUS,
    Verdict.UNDECIDED,
)


def verdict_on(evidence: Iterable[Evidence]) -> Verdict:
    """What all evidence on a claim says together.

    A proof beside a point at which the sides differ by more than rounding explains is an ERROR: one of the two is
    wrong, and nobody is told that all is well. Where the clock stopped a method that might have proved or refuted the
    claim, nothing weaker is said in its place: agreement on a slow machine would be a proof on a fast one.
    """
    found = tuple(evidence)
    verdicts = [item.verdict for item in found]
    if Verdict.PROVED in verdicts and any(item.disagrees for item in found):
        return Verdict.ERROR
    combined = combine(verdicts)
    if combined in (Verdict.AGREES, Verdict.VACUOUS) and any(item.late for item in found):
        return Verdict.UNDECIDED
    return combined


def combine(verdicts: list[Verdict]) -> Verdict:
    """One verdict from several: PROVED with REFUTED is an ERROR, an ERROR or something missing is never outvoted."""
    if Verdict.PROVED in verdicts and Verdict.REFUTED in verdicts:
        return Verdict.ERROR
    return next((verdict for verdict in _PRECEDENCE if verdict in verdicts), Verdict.UNDECIDED)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on several claims together: that of the worst. Of no claims: VACUOUS, as nothing was checked."""
    found = set(verdicts)
    order = (
        Verdict.ERROR,
        Verdict.REFUTED,
        Verdict.UNAVAILABLE,
        Verdict.VACUOUS,
        Verdict.UNDECIDED,
        Verdict.AGREES,
        Verdict.PROVED,
    )
    return next((verdict for verdict in order if verdict in found), Verdict.VACUOUS)
