"""Common mistakes with a result: slips that make a wrong formula of it, each with an input that exposes it.

A mistake is shown only if the wrong formula is refuted at a point that balls confirm. Of each kind of mistake (signs,
indices, factors, …) there is one, so that they differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sympy import Expr

from gradproof.derivations.calculus import Derivation, Index, free_indices
from gradproof.derivations.slips import SLIPS, Slip, named_slip
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.intervals import BallDecision
from gradproof.verify.numeric.agreement import pointless
from gradproof.verify.record import Record
from gradproof.verify.verdict import Counterexample, Report, Verdict

#: At most so many are shown; one more is kept for an exercise.
MOST = 4
#: What tests are to catch, but nobody does; and what says nothing as a formula: a vector for its entry, E/w for ∂E/∂w.
_NOT_SHOWN = {"twice", "half", "constant", "slightly off", "index dropped", "∂ missing"}


@dataclass(frozen=True, slots=True)
class Exposed:
    """A wrong formula, the slip that leads to it, and the report that refutes it."""

    slip: Slip
    formula: Expr
    report: Report

    @property
    def point(self) -> Counterexample:
        """The input that shows it; its left value is right, its right value is wrong."""
        point = self.report.counterexample
        if self.report.verdict is not Verdict.REFUTED or point is None:
            raise ValueError(f"{self.report.claim.name} is not refuted, so that it is no mistake")
        return point

    def to_json(self) -> dict[str, Any]:
        return {"slip": self.slip.name, "report": Record.of(self.report).document}


def common_mistakes(derivation: Derivation, seed: int = 0) -> tuple[Exposed, ...]:
    """At most MOST + 1 mistakes with the result (in the form of textbooks, where there is one) that are refuted."""
    found: list[Exposed] = []
    kinds = set()
    for slip in suitable_slips():
        if slip.nudge in kinds:
            continue
        exposed = _exposed(derivation, slip, seed)
        if exposed is not None and exposed.formula not in (other.formula for other in found):
            kinds.add(slip.nudge)
            found.append(exposed)
        if len(found) > MOST:
            break
    return tuple(found)


def suitable_slips() -> Iterator[Slip]:
    """The slips that people make, what says most first."""
    return (slip for slip in SLIPS if slip.name not in _NOT_SHOWN)


def _exposed(derivation: Derivation, slip: Slip, seed: int) -> Exposed | None:
    wrong = first_wrong(slip, taught(derivation), derivation.indices)
    if wrong is None:
        return None
    claim = _claim(derivation, slip, wrong)
    if pointless(claim):
        return None
    report = check(claim, seed=seed, methods=(BallDecision(),))
    refuted = report.verdict is Verdict.REFUTED and report.counterexample is not None
    return Exposed(slip, wrong, report) if refuted else None


def from_json(derivation: Derivation, data: dict[str, Any]) -> Exposed:
    """What `to_json` wrote. Raises ValueError if it does not belong to this derivation as it is now."""
    slip = named_slip(data["slip"])
    wrong = first_wrong(slip, taught(derivation), derivation.indices)
    if wrong is None:
        raise ValueError(f"the slip {slip.name!r} makes nothing of {derivation.name}")
    return Exposed(slip, wrong, Record.read(data["report"]).report(_claim(derivation, slip, wrong)))


def _claim(derivation: Derivation, slip: Slip, wrong: Expr) -> Claim:
    name = f"{derivation.name}:mistake {slip.name}"
    return Claim(name, derivation.statement, derivation.relation, wrong, derivation.given)


def taught(derivation: Derivation) -> Expr:
    """The result as a person would write it."""
    return derivation.result if derivation.textbook is None else derivation.textbook


def first_wrong(slip: Slip, right: Expr, indices: tuple[Index, ...]) -> Expr | None:
    """The first formula that the slip makes of the right one and that a person could take for it.

    A mere number where there should be a formula, and an index that nothing binds, would be seen at once.
    """
    allowed = free_indices(right) | frozenset(indices)
    for wrong in slip.mistakes(right, indices):
        if (not wrong.is_number or right.is_number) and free_indices(wrong) <= allowed:
            return wrong
    return None
