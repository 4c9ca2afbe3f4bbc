"""Every place at every point decided: proved different, proved to agree within a relative bound, or undecided.

Balls in float64 decide most places, many at once. What they leave open is enclosed in Arb with more and more bits, for
as long as an allowance lasts. There is no absolute tolerance: where both sides are exactly 0 they agree, and nothing
that is not exactly 0 is taken for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Relation, Tensor
from gradproof.verify.claim import Claim
from gradproof.verify.numeric.agreement import sides
from gradproof.verify.numeric.bounded import ULP, Bounded
from gradproof.verify.numeric.floats import BoundedFloats
from gradproof.verify.numeric.points import Sample, largest_array
from gradproof.verify.relations import gap

from .balls import PRECISIONS, Balls
from .enclose import enclose
from .standins import WAVE, StandIn

#: Two numbers agree if they differ by at most this part of the smaller one: a thousandth of a slip of 1e-9.
WITHIN = 2.0**-40
#: Points evaluated at once in float64, and entries of the largest array: few enough to stay in a core's cache.
POINTS_AT_ONCE, ENTRIES_AT_ONCE = 1 << 13, 1 << 17
#: Comparisons in float64 are rounded themselves.
SLACK = 1 + 4 * ULP


class Outcome(IntEnum):
    """What is known of a place at a point."""

    OUTSIDE = 0  #: a condition does not hold there, or not beyond doubt
    UNDECIDED = 1
    AGREES = 2  #: within WITHIN, or for an inequality: it holds there
    ZERO = 3  #: both sides are exactly 0, so that no relative slip could show
    DIFFERENT = 4


@dataclass(slots=True)
class Decided:
    """Outcomes of shape (points, *sizes of the claim's indices), and the bounds that were proved where sides agree.

    within      the relative difference that is certainly not exceeded, 0 where nothing was proved
    suspicion   how far the sides are apart, as a part of what their radii allow
    values      both sides in float64
    """

    outcomes: NDArray[np.int8]
    within: NDArray[np.float64]
    suspicion: NDArray[np.float64]
    values: tuple[NDArray[np.float64], NDArray[np.float64]]

    def points(self, outcome: Outcome) -> NDArray[np.intp]:
        """The points that have a place with this outcome."""
        flat = (self.outcomes == outcome).reshape(len(self.outcomes), -1).any(axis=1)
        return np.flatnonzero(flat)


def parts(claim: Claim, sample: Sample) -> Iterator[Sample]:
    """The sample in parts that are evaluated at once."""
    fitting = ENTRIES_AT_ONCE // largest_array(claim, sample.sizes)
    return sample.parts(max(1, min(POINTS_AT_ONCE, fitting)))


def in_floats(claim: Claim, sample: Sample, standin: StandIn | None = None) -> Decided:
    """What balls in float64 decide; `DIFFERENT` rests on the accuracy of the library here, and is a candidate only."""
    arithmetic = BoundedFloats((standin or WAVE).floats)
    left, right, selected = sides(claim, sample, arithmetic)
    shape = (sample.points, *(sample.sizes[index.dim] for index in claim.indices))
    with np.errstate(all="ignore"):
        outcomes, within, suspicion = _outcomes(claim.relation, left, right)
    outcomes = np.where(selected, outcomes, np.int8(Outcome.OUTSIDE))
    within = np.where(outcomes == Outcome.AGREES, within, 0.0)
    suspicion = np.where(outcomes == Outcome.OUTSIDE, 0.0, suspicion)
    spread = [np.broadcast_to(array, shape) for array in (within, suspicion, left.value, right.value)]
    return Decided(np.broadcast_to(outcomes, shape).copy(), spread[0].copy(), spread[1], (spread[2], spread[3]))


def _outcomes(
    relation: Relation, left: Bounded, right: Bounded
) -> tuple[NDArray[np.int8], NDArray[np.float64], NDArray[np.float64]]:
    excess = gap(relation, left.value, right.value)
    distance = np.abs(left.value - right.value)
    radius = left.bound + right.bound
    smaller = np.minimum(np.abs(left.value) - left.bound, np.abs(right.value) - right.bound)
    within = (distance * SLACK + radius) * SLACK / smaller
    within = np.where(smaller > 0, within, np.inf)
    agrees = within <= WITHIN
    apart = distance > radius * SLACK
    if relation is not Relation.EQUAL:
        holds = apart & (excess < 0)
        agrees = holds if relation.strict else agrees | holds
        within, apart = np.where(holds, 0.0, within), apart & (excess > 0)
    known = left.finite & right.finite
    zero = (left.value == 0) & (right.value == 0) & (radius == 0)
    if relation.strict:  # equal sides break it
        apart = apart | ((distance == 0) & (radius == 0))
    outcomes = np.full(np.broadcast_shapes(excess.shape, radius.shape), Outcome.UNDECIDED, dtype=np.int8)
    outcomes[known & agrees] = Outcome.AGREES
    outcomes[known & zero] = Outcome.ZERO
    outcomes[known & apart] = Outcome.DIFFERENT
    suspicion = np.where(known & (distance > 0) & (excess > 0), distance / (radius * SLACK), 0.0)
    if relation.strict:
        suspicion = np.where(known & (distance == 0) & (radius == 0), np.inf, suspicion)
    return outcomes, within, suspicion


def escalate(
    claim: Claim, sample: Sample, decided: Decided, balls: Balls, allowance: int, standin: StandIn | None = None
) -> int:
    """Decides undecided places in enclosures, in place, and gives back how many entries were evaluated for it.

    A point costs as many entries as the largest array has for it, at each precision; those that no longer fit into the
    allowance stay undecided. A side without a value at two precisions is taken to have none.
    """
    each = largest_array(claim, sample.sizes)
    undecided = decided.outcomes == Outcome.UNDECIDED
    valueless = np.zeros_like(undecided)
    spent = 0
    for bits in PRECISIONS:
        pending = np.flatnonzero(undecided.reshape(sample.points, -1).any(axis=1))[: (allowance - spent) // each]
        if not len(pending):
            break
        spent += len(pending) * each
        with balls.precision(bits):
            values = partial(_values, sample, pending)
            both = enclose(claim, sample.sizes, values, len(pending), standin or WAVE, balls)
            for row, *place in np.argwhere(undecided[pending]).tolist():
                at, here = (pending[row], *place), (row, *place)
                outcome = compare(claim.relation, both.left[here], both.right[here], balls)
                if outcome is Outcome.UNDECIDED:
                    continue
                undecided[at] = outcome is Outcome.OUTSIDE and not valueless[at]
                valueless[at] |= outcome is Outcome.OUTSIDE
                if outcome is not Outcome.OUTSIDE:
                    decided.outcomes[at] = outcome
                    decided.within[at] = WITHIN if outcome is Outcome.AGREES else 0.0
    return spent


def _values(sample: Sample, points: NDArray[np.intp], tensor: Tensor) -> NDArray[np.float64]:
    return sample.values(tensor)[points]


def compare(relation: Relation, left: Any, right: Any, balls: Balls) -> Outcome:
    """What two enclosures say; OUTSIDE if one of them may have no value."""
    if not (balls.defined(left) and balls.defined(right)):
        return Outcome.OUTSIDE
    upper, lower = relation.larger(left, right)
    if balls.greater(lower, upper):
        return Outcome.DIFFERENT
    if balls.greater(upper, lower):
        return Outcome.DIFFERENT if relation is Relation.EQUAL else Outcome.AGREES
    if relation.strict:
        ends = balls.ends(left)
        same = ends is not None and ends == balls.ends(right) and ends[0] == ends[1]
        return Outcome.DIFFERENT if same else Outcome.UNDECIDED
    distance = balls.size(left + balls.number(Fraction(-1)) * right)
    part = balls.number(Fraction(WITHIN))
    if all(balls.greater(part * balls.size(side), distance) for side in (left, right)):
        return Outcome.AGREES
    nothing = (Fraction(0), Fraction(0))
    return Outcome.ZERO if balls.ends(left) == balls.ends(right) == nothing else Outcome.UNDECIDED
