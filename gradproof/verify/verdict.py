"""Verdicts, evidence and counterexamples."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from .claim import Claim


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
class Counterexample:
    """An exact point at which both sides differ, confirmed by exact or ball arithmetic.

    sizes    the sizes by name, e.g. {"n": 2}
    indices  the free indices by name, counted from 1
    values   tensors by name, nested lists of exact numbers as text ("1/2")
    lhs, rhs the values of both sides as decimal text, with every digit shown certain
    """

    sizes: dict[str, int]
    indices: dict[str, int]
    values: dict[str, Any]
    lhs: str
    rhs: str

    def __str__(self) -> str:
        where = [f"{name} = {value}" for name, value in (self.sizes | self.indices).items()]
        where += [f"{name} = {_nested(value)}" for name, value in self.values.items()]
        return f"{', '.join(where)}: left {self.lhs}, right {self.rhs}"


def _nested(value: Any) -> str:
    return f"({', '.join(map(_nested, value))})" if isinstance(value, list) else str(value)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one method found.

    scope      what the verdict covers: "every n", "1000 points, float64, cpu"
    drawn      points drawn; effective: those at which both sides were defined and the bound was sharp
    worst      the largest error met, as a fraction of the error that rounding explains (at most 1 if all agree)
    bound      the probability of a false proof, for randomised proofs
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


@dataclass(frozen=True, slots=True)
class Budget:
    """How much work a method may do. Work is counted, so verdicts do not depend on the machine; seconds only guard."""

    work: int = 3_000_000
    points: int = 1000
    seconds: float = 60.0


class Method(Protocol):
    """One way to gather evidence. `run` never raises: what goes wrong is evidence with the verdict ERROR."""

    name: str

    def supports(self, claim: Claim) -> str:
        """Empty if the method can try, else the reason why not."""

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence: ...


@dataclass(frozen=True, slots=True)
class Report:
    """A claim with all its evidence; `verdict` is their combination."""

    claim: Claim
    evidence: tuple[Evidence, ...]

    @property
    def verdict(self) -> Verdict:
        return combine([item.verdict for item in self.evidence])

    @property
    def counterexample(self) -> Counterexample | None:
        return next((item.counterexample for item in self.evidence if item.counterexample), None)


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


def combine(verdicts: list[Verdict]) -> Verdict:
    """One verdict from several: PROVED with REFUTED is an ERROR, an ERROR or something missing is never outvoted."""
    if Verdict.PROVED in verdicts and Verdict.REFUTED in verdicts:
        return Verdict.ERROR
    return next((verdict for verdict in _PRECEDENCE if verdict in verdicts), Verdict.UNDECIDED)
