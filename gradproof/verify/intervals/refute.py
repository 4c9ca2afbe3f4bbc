"""The search for a counterexample that a person can follow.

Float64 looks at many small points at once and names candidates; each candidate is then evaluated in enclosures, and
only what these prove is a refutation. Where float64 sees nothing, some small points are enclosed anyway: a slip of
1e-50 is invisible in float64.

Every defined tensor has the value of its definition, also where a claim does not need it: what is refuted is the line
itself, not that a proof of it needs more definitions.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Applied, Dim, Relation, Tensor
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.failure import explained
from gradproof.verify.numeric.agreement import pointless, sides
from gradproof.verify.numeric.floats import BoundedFloats
from gradproof.verify.numeric.points import Sample, dims_of, expressions_of, largest_array
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Counterexample, Evidence, Verdict

from .balls import Balls, best_balls
from .confirm import Trial, confirm
from .standins import STAND_INS, StandIn

#: Where points are looked for, and in how many assignments of sizes.
MODES = ((Mode.SMALL, 9), (Mode.NORMAL, 3), (Mode.BOUNDED, 3))
#: Points looked at per assignment of sizes.
POINTS = 200
#: Candidates that are enclosed per assignment, and small points enclosed though float64 saw nothing.
CANDIDATES, BLIND = 4, 3
#: The entries that the largest array of one evaluation may have, as a part of the budget's work.
ARRAY_SHARE = 15


class Refutation:
    """The method "counterexample": REFUTED with an exact point, else UNDECIDED."""

    name = "counterexample"

    def __init__(self, balls: Balls | None = None) -> None:
        self.balls = balls or best_balls()

    def supports(self, claim: Claim) -> str:
        return pointless(claim)

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence:
        """Small points at small sizes first, then points of float64's own; an exception becomes ERROR."""
        try:
            found, drawn = self._search(claim, budget, seed)
        except Unsupported as reason:
            return Evidence(self.name, Verdict.UNDECIDED, detail=str(reason), seed=seed)
        except Exception as problem:  # a method never raises; its failure is evidence, with the text
            return Evidence(self.name, Verdict.ERROR, detail=explained(problem), seed=seed)
        if found is None:
            detail = f"no counterexample among {drawn} points"
            return Evidence(self.name, Verdict.UNDECIDED, detail=detail, drawn=drawn, seed=seed)
        scope = ", ".join(f"{name} = {size}" for name, size in found.sizes.items())
        return Evidence(self.name, Verdict.REFUTED, scope, str(found), drawn, seed=seed, counterexample=found)

    def _search(self, claim: Claim, budget: Budget, seed: int) -> tuple[Counterexample | None, int]:
        drawn = 0
        for mode, count in MODES:
            for number, sizes in enumerate(small_sizes(dims_of(claim), count)):
                room = budget.work // ARRAY_SHARE // largest_array(claim, sizes)
                points = max(BLIND, min(POINTS, room))
                sample = Sample(sizes, mode, points, (seed, zlib.crc32(claim.name.encode()), number))
                for standin in self._standins(claim):
                    drawn += points
                    blind = BLIND if mode is Mode.SMALL and number < BLIND else 0
                    found = self._among(claim, sample, standin, blind)
                    if found is not None:
                        return found, drawn
        return None, drawn

    def _standins(self, claim: Claim) -> tuple[StandIn | None, ...]:
        opaque = any(expression.has(Applied) for expression in expressions_of(claim))
        return STAND_INS if opaque else (None,)

    def _among(self, claim: Claim, sample: Sample, standin: StandIn | None, blind: int) -> Counterexample | None:
        """Candidates first, the most readable first, then a few points on which float64 has no opinion."""
        suspects = candidates(claim, sample, standin)
        order = readable(sample)
        chosen = [point for point in order if suspects[point]][:CANDIDATES]
        for point in chosen or order[:blind]:
            values = {tensor: array[point] for tensor, array in sample.drawn.items()}
            for rounded in dict.fromkeys((sample.mode is not Mode.SMALL, False)):
                trial = Trial(sample.sizes, _rounded(values) if rounded else values, standin)
                found = confirm(claim, trial, self.balls)
                if found is not None:
                    return found
        return None


def candidates(claim: Claim, sample: Sample, standin: StandIn | None) -> NDArray[np.bool_]:
    """Which points of the sample have a place at which float64 sees a difference, shape (points,)."""
    arithmetic = BoundedFloats(standin.in_floats) if standin else BoundedFloats()
    left, right, selected = sides(claim, sample, arithmetic)
    with np.errstate(all="ignore"):
        excess = left.value - right.value
        gap = excess if claim.relation is Relation.AT_MOST else np.abs(excess)
        suspect = selected & left.finite & right.finite & (gap > left.bound + right.bound)
    flat = suspect.reshape(suspect.shape[0], -1).any(axis=1)
    return np.broadcast_to(flat, (sample.points,))


def small_sizes(dims: tuple[Dim, ...], count: int) -> Iterator[dict[Dim, int]]:
    """At most `count` assignments of sizes from 1 to 3: first 2, which shows more than 1 and is as easy to follow."""
    most = min(len(dims), 4 if len(dims) <= 4 else 2)  # of many sizes, all choices would be too many to rank
    choices = {(2,) * len(dims)}
    for places in itertools.combinations(range(len(dims)), most):
        for others in itertools.product((1, 2, 3), repeat=most):
            at = dict(zip(places, others, strict=True))
            choices.add(tuple(at.get(place, 2) for place in range(len(dims))))
    ranked = sorted(choices, key=lambda sizes: (sum(abs(2 - size) for size in sizes), -len(set(sizes)), sizes))
    for sizes in ranked[:count]:
        yield dict(zip(dims, sizes, strict=True))


def readable(sample: Sample) -> list[int]:
    """The points of a sample without repetitions, those first that are easy to follow."""
    entries = [[Fraction(float(entry)) for array in sample.drawn.values() for entry in np.ravel(array[point])]
               for point in range(sample.points)]  # fmt: skip
    first = {tuple(values): point for point, values in reversed(list(enumerate(entries)))}
    return [point for _, point in sorted((effort_to_read(values), point) for values, point in first.items())]


def effort_to_read(entries: tuple[Fraction, ...]) -> float:
    """How hard numbers are to follow: large, negative and broken ones are, and equal entries hide what is what."""
    effort = sum(max(abs(x.numerator), 1) + 2 * (x.denominator - 1) + 0.5 * (x < 0) for x in entries)
    return effort + 2 * (len(entries) - len(set(entries)))


def _rounded(values: dict[Tensor, NDArray[np.float64]]) -> dict[Tensor, NDArray[np.float64]]:
    """Real entries rounded to eighths; other domains as they are, so that they stay in their domain."""
    return {
        tensor: np.rint(array * 8) / 8 if tensor.domain.name == "REAL" else array for tensor, array in values.items()
    }
