"""The method "one variable": an inequality for every value of one real variable, or a counterexample."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from sympy import Expr

from gradproof.derivations.calculus import Limit, Relation, Tensor

from ..claim import Claim
from ..evaluation import Evaluator, Point, Unsupported
from ..intervals.arithmetic import BallArithmetic
from ..intervals.balls import PRECISIONS, Balls, best_balls
from ..intervals.decimals import FEWEST_DIGITS, certain, decimals
from ..relations import holds
from ..verdict import Budget, Counterexample, Evidence, Verdict
from .domain import Range, readable
from .function import pieces
from .proof import Cover, Violated, cover_of

NAME = "one variable"
#: Kinks are covered, too.
SCOPE = "every value of the variables"


class OneVariable:
    """Proves or refutes ≤, <, ≥ and > between two functions of one scalar by covering its whole range."""

    name = NAME

    def supports(self, claim: Claim) -> str:
        if claim.relation is Relation.EQUAL:
            return "only inequalities are decided by a cover"
        if claim.lhs.has(Limit) or claim.rhs.has(Limit):
            return "a limit has no value at a point"
        try:
            pieces(claim)
        except Unsupported as reason:
            return str(reason)
        return ""

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence:
        """PROVED, REFUTED with an exact point, or UNDECIDED with the reason; an exception becomes ERROR."""
        try:
            cover = cover_of(claim, seed)
        except Unsupported as reason:
            return Evidence(NAME, Verdict.UNDECIDED, detail=str(reason), seed=seed)
        except Violated as place:
            return self._refuted(claim, place.at, seed)
        except Exception as problem:  # a method never raises; its failure is evidence, with the text
            return Evidence(NAME, Verdict.ERROR, detail=f"{type(problem).__name__}: {problem}", seed=seed)
        equal = [at for at in (*cover.zeros, *map(inside, cover.flat)) if at is not None]
        if claim.relation.strict and (cover.zeros or cover.flat):
            if not equal:
                return Evidence(NAME, Verdict.UNDECIDED, detail="the sides are equal over an interval", seed=seed)
            return self._refuted(claim, equal[0], seed, equal=True)
        detail = described(claim, cover)
        return Evidence(NAME, Verdict.PROVED, scope=SCOPE, detail=detail, bound=cover.bound, seed=seed)

    def _refuted(self, claim: Claim, at: Fraction, seed: int, equal: bool = False) -> Evidence:
        found = counterexample(claim, at, equal)
        if found is None:
            return Evidence(NAME, Verdict.UNDECIDED, detail=f"a candidate for a counterexample: {at}", seed=seed)
        return Evidence(NAME, Verdict.REFUTED, detail=str(found), seed=seed, counterexample=found)


def described(claim: Claim, cover: Cover) -> str:
    """How the proof went: "37 intervals, x ∈ (−∞, ∞); equal at x = 0 only"."""
    variable = variable_of(claim)
    parts = [f"{cover.intervals} intervals, {variable.name} ∈ {cover.where}"]
    if not claim.relation.strict:
        equal = [*(f"at {variable.name} = {zero}" for zero in cover.zeros), *(f"in {flat}" for flat in cover.flat)]
        parts.append(f"equal {' and '.join(equal)} only" if equal else "never equal")
    return "; ".join(parts)


def inside(where: Range) -> Fraction | None:
    """A number of an interval, as simple as can be."""
    low = where.high - 1 if where.low is None and where.high is not None else where.low or Fraction(0)
    return readable(where, low, where.high if where.high is not None else low + 1)


def variable_of(claim: Claim) -> Tensor:
    _, parts = pieces(claim)
    return parts[0].variable.tensor


def counterexample(claim: Claim, at: Fraction, equal: bool = False) -> Counterexample | None:
    """Both sides at a rational point, if enclosures prove that the relation does not hold there.

    equal    the sides are known to be equal there, and equal sides break the relation
    """
    balls, name = best_balls(), str(variable_of(claim).name)
    for bits in PRECISIONS:
        with balls.precision(bits):
            left, right = (balls.ends(side_at(side, claim, balls.number(at), balls)) for side in (claim.lhs, claim.rhs))
        if left is None or right is None:
            continue
        if equal:
            return Counterexample({}, {}, {name: str(at)}, *(certain(side, FEWEST_DIGITS) for side in (left, right)))
        if holds(claim.relation, left, right) is False:
            return Counterexample({}, {}, {name: str(at)}, *decimals(left, right))
    return None


def side_at(side: Expr, claim: Claim, number: Any, balls: Balls) -> Any:
    """An enclosure of a side, with an enclosure of the variable."""
    point = np.empty((1,), dtype=object)
    point[0] = number
    evaluator: Evaluator[Any] = Evaluator(BallArithmetic(balls), Point({}, lambda tensor: point), claim.uses)
    return np.ravel(evaluator.value(side))[0]
