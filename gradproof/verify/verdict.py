"""Verdicts, evidence and counterexamples, and their form in JSON.

The JSON form is versioned: a reader looks at "schema" and refuses what it does not know. Verdicts are written by their
names (PROVED, …), numbers that JSON does not have (an infinite error) as text.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from gradproof.derivations.calculus import Condition, Different, Downstream, Equal, Negative, NonZero, Positive, Untied

from .claim import Claim

#: The schema that `Report.to_json` writes.
SCHEMA = "gradproof/report/1"


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

    def to_json(self) -> dict[str, Any]:
        return {
            "sizes": dict(self.sizes),
            "indices": dict(self.indices),
            "values": dict(self.values),
            "left": self.lhs,
            "right": self.rhs,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Counterexample:
        """The counterexample that `to_json` wrote; raises KeyError when a part is missing."""
        return cls(data["sizes"], data["indices"], data["values"], data["left"], data["right"])


def _nested(value: Any) -> str:
    return f"({', '.join(map(_nested, value))})" if isinstance(value, list) else str(value)


@dataclass(frozen=True, slots=True)
class Sharpness:
    """How small a relative slip would have been seen: at half of the effective places, and at nine tenths of them."""

    half: float
    most: float

    def __str__(self) -> str:
        return f"sees a relative slip of {self.half:.0e} at half of the places, of {self.most:.0e} at nine tenths"

    def to_json(self) -> dict[str, float]:
        return {"half": self.half, "nine tenths": self.most}

    @classmethod
    def from_json(cls, data: dict[str, float]) -> Sharpness:
        """What `to_json` wrote; raises KeyError when a part is missing."""
        return cls(data["half"], data["nine tenths"])


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one method found.

    scope      what the verdict covers: "every n", "7000 points, float64, cpu"
    drawn      places looked at: every place of the free indices at every point
    effective  those at which the conditions held, both sides were defined and a small slip would have been seen
    worst      the largest error met, as a fraction of the error that rounding explains (at most 1 if all agree)
    bound      the probability of a false proof, for randomised proofs
    sharpness  the relative slips that would have been seen, for comparisons of numbers
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

    @property
    def disagrees(self) -> bool:
        """An error larger than rounding explains was met."""
        return self.worst is not None and not self.worst <= 1

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
        """All evidence combined. A proof beside a point at which the sides differ by more than rounding explains is an
        ERROR: one of the two is wrong, and nobody is told that all is well."""
        verdicts = [item.verdict for item in self.evidence]
        if Verdict.PROVED in verdicts and any(item.disagrees for item in self.evidence):
            return Verdict.ERROR
        return combine(verdicts)

    @property
    def counterexample(self) -> Counterexample | None:
        return next((item.counterexample for item in self.evidence if item.counterexample), None)

    def to_json(self) -> dict[str, Any]:
        """A dictionary that `json.dump(…, allow_nan=False)` takes; its "schema" names and numbers the form."""
        claim = self.claim
        return {
            "schema": SCHEMA,
            "claim": {
                "name": claim.name,
                "left": str(claim.lhs),
                "relation": claim.relation.value,
                "right": str(claim.rhs),
                "given": [_words(condition) for condition in claim.given],
                "uses": None if claim.uses is None else [tensor.name for tensor in claim.uses],
            },
            "verdict": self.verdict.name,
            "sentence": self.verdict.value,
            "ok": self.verdict.ok,
            "evidence": [item.to_json() for item in self.evidence],
        }


def _words(condition: Condition) -> str:
    match condition:
        case Equal(first, second):
            return f"{first.name} = {second.name}"
        case Different(first, second):
            return f"{first.name} ≠ {second.name}"
        case Positive(expression):
            return f"{expression} > 0"
        case Negative(expression):
            return f"{expression} < 0"
        case NonZero(expression):
            return f"{expression} ≠ 0"
        case Untied(expression):
            return f"{expression} is attained at one place only"
        case Downstream(value, through):
            return f"{value} depends on everything only through {', '.join(str(tensor.name) for tensor in through)}"


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
