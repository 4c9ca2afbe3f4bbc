"""Both sides of a claim in float64, compared within the error that rounding explains.

There is no tolerance. A disagreement is only a candidate: float64 alone never refutes. The left side `Partial(f, t)` is
evaluated from f by dual numbers, so that the numeric side is given the forward expression only.

Every defined tensor has the value that its definition gives, also where a claim does not need the definition: what is
tried is the line itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import (
    Condition,
    Different,
    Equal,
    Index,
    Largest,
    Limit,
    Negative,
    NonZero,
    Positive,
    Relation,
    Untied,
    free_indices,
    fresh,
)
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Evaluator, Point
from gradproof.verify.relations import gap
from gradproof.verify.verdict import Evidence, Sharpness, Verdict

from . import bounded
from .bounded import Array, Bounded
from .floats import BoundedFloats
from .points import Sample

Mask = NDArray[np.bool_]

#: A place at a point says something if a relative slip of this size would be seen there.
VISIBLE = 1e-6
#: With fewer places than these that say something, the check has said nothing.
FEWEST = 32
#: The entries that the largest array of one evaluation may have, as a part of the budget's work.
ARRAY_SHARE = 15


def pointless(claim: Claim) -> str:
    """Why a claim cannot be tried at points; empty if it can."""
    return "a limit has no value at a point" if claim.lhs.has(Limit) or claim.rhs.has(Limit) else ""


def sides(claim: Claim, sample: Sample, arithmetic: BoundedFloats | None = None) -> tuple[Bounded, Bounded, Mask]:
    """Both sides with their bounds, and where the conditions hold; axes: points, then the indices of the claim."""
    return sides_in(claim, evaluator_at(sample, claim.given, arithmetic))


def evaluator_at(
    sample: Sample, given: tuple[Condition, ...], arithmetic: BoundedFloats | None = None
) -> Evaluator[Bounded]:
    """An evaluator at the points of a sample; claims that have the same conditions can share it."""
    point: Point[Bounded] = Point(sample.sizes, lambda tensor: bounded.exact(sample.values(tensor)))
    return Evaluator(arithmetic or BoundedFloats(), point, None, given)


def sides_in(claim: Claim, evaluator: Evaluator[Bounded]) -> tuple[Bounded, Bounded, Mask]:
    """What `sides` gives, of an evaluator that keeps what it has computed."""
    with np.errstate(all="ignore"):
        left, right = (evaluator.value(side, claim.indices) for side in (claim.lhs, claim.rhs))
        return left, right, _selected(claim, evaluator)


def right_side(claim: Claim, point: Point[Bounded], arithmetic: BoundedFloats | None = None) -> tuple[Bounded, Mask]:
    """The right side alone with its bounds, and where the conditions hold."""
    evaluator: Evaluator[Bounded] = Evaluator(arithmetic or BoundedFloats(), point, None, claim.given)
    with np.errstate(all="ignore"):
        return evaluator.value(claim.rhs, claim.indices), _selected(claim, evaluator)


def _selected(claim: Claim, evaluator: Evaluator[Bounded]) -> Mask:
    axes = claim.indices
    mask: Mask = np.ones((1,) * (1 + len(axes)), dtype=bool)
    for condition in claim.given:
        match condition:
            case Equal(first, second):
                mask = mask & _same_place(first, second, axes, evaluator)
            case Different(first, second):
                mask = mask & ~_same_place(first, second, axes, evaluator)
            case Positive() | Negative() | NonZero():
                mask = mask & _inside(condition, axes, evaluator)
            case Untied(largest):
                mask = mask & _untied(largest, axes, evaluator)
    return mask


def _inside(condition: Positive | Negative | NonZero, axes: tuple[Index, ...], evaluator: Evaluator[Bounded]) -> Mask:
    """Where a region holds beyond doubt; an index of it that the claim does not have means every place."""
    own = tuple(sorted(free_indices(condition.expression) - set(axes), key=lambda index: str(index.name)))
    region = evaluator.value(condition.expression, axes + own)
    signed = {Positive: region.value, Negative: -region.value, NonZero: np.abs(region.value)}[type(condition)]
    held: Mask = signed > region.bound
    return np.asarray(held.all(axis=tuple(range(1 + len(axes), held.ndim))))


def _untied(largest: Largest, axes: tuple[Index, ...], evaluator: Evaluator[Bounded]) -> Mask:
    """Where it is beyond doubt which place attains the largest value."""
    at = fresh(largest.bound[0])
    others = tuple(sorted(free_indices(largest) - set(axes), key=lambda index: str(index.name)))
    known: Mask = evaluator.value(largest.selected(at), (*axes, *others, at)).finite
    return np.asarray(known.all(axis=tuple(range(1 + len(axes), known.ndim))))


def _same_place(first: Index, second: Index, axes: tuple[Index, ...], evaluator: Evaluator[Bounded]) -> Mask:
    shape = [1] * (1 + len(axes))
    for index in (first, second):
        if index not in axes:  # neither side depends on it, so every place of it is meant
            return np.ones(shape, dtype=bool)
    size = evaluator.point.sizes[first.dim]
    places = [1 + axes.index(first), 1 + axes.index(second)]
    for place in places:
        shape[place] = size
    return np.eye(size, dtype=bool).reshape(shape)


@dataclass(slots=True)
class Tally:
    """What was seen so far: how many places at points, how many of them say something, the worst one.

    visible    a place says something if a relative slip of this size would be seen there
    """

    visible: float = VISIBLE
    drawn: int = 0
    effective: int = 0
    worst: float = 0.0
    where: str = ""
    disagreeing: int = 0
    slips: list[NDArray[np.float64]] = field(default_factory=list)

    def compare(self, claim: Claim, sample: Sample, left: Bounded, right: Bounded, selected: Mask) -> None:
        """Counts the places of a sample; a place counts where the conditions hold and both sides are defined."""
        shape = (sample.points, *(sample.sizes[index.dim] for index in claim.indices))
        with np.errstate(all="ignore"):
            allowed = (left.bound + right.bound) * (1 + 2.0**-40)  # the bounds themselves are rounded
            excess = gap(claim.relation, left.value, right.value)
            ratio = np.where(excess <= 0, 0.0, excess / allowed)
            sizes = np.minimum(np.abs(left.value), np.abs(right.value))
            if claim.relation is not Relation.EQUAL:
                sizes = np.maximum(np.abs(left.value), np.abs(right.value))
            slips = np.where(allowed == 0, 0.0, 2 * allowed / sizes)  # relative ones, from which on all are seen
            if claim.relation.strict:  # equal sides break it; sides that may be equal say nothing
                ratio = np.where((excess == 0) & (allowed == 0), np.inf, ratio)
                slips = np.where(excess + allowed < 0, slips, np.inf)
        counted = np.broadcast_to(selected & left.finite & right.finite, shape)
        sharp = counted & np.broadcast_to(slips <= self.visible, shape)
        self.slips.append(np.broadcast_to(slips, shape)[sharp])
        self.drawn += int(np.prod(shape))
        self.effective += int((sharp | (counted & np.broadcast_to(ratio > 1, shape))).sum())
        ratio = np.where(counted, np.broadcast_to(ratio, shape), 0.0)
        self.worst = max(self.worst, float(ratio.max()))
        disagreeing = int((ratio > 1).sum())
        if disagreeing and not self.disagreeing:  # the first is of the tamest mode
            self.where = describe(claim, sample, np.unravel_index(int(ratio.argmax()), shape), left.value, right.value)
        self.disagreeing += disagreeing

    def evidence(self, name: str, scope: str, seed: int, device: str, versions: dict[str, str]) -> Evidence:
        if self.disagreeing:
            verdict = Verdict.UNDECIDED
            detail = f"a candidate for a counterexample, one of {self.disagreeing}: {self.where}"
        elif self.effective < FEWEST:
            verdict = Verdict.VACUOUS
            detail = f"{self.effective} places of {self.drawn} say something, fewer than {FEWEST}"
        else:
            verdict, detail = Verdict.AGREES, ""
        return Evidence(
            name,
            verdict,
            scope=scope,
            detail=detail,
            drawn=self.drawn,
            effective=self.effective,
            worst=self.worst,
            sharpness=self._sharpness(),
            seed=seed,
            device=device,
            versions=versions,
        )

    def _sharpness(self) -> Sharpness | None:
        slips = np.concatenate(self.slips) if self.slips else np.empty(0)
        if not slips.size:
            return None
        half, most = np.quantile(slips, (0.5, 0.9), method="higher")
        return Sharpness(float(half), float(most))


def describe(claim: Claim, sample: Sample, place: tuple[np.intp, ...], left: Array, right: Array) -> str:
    """A place at a point, in words: sizes, indices from 1, both sides."""
    shape = (sample.points, *(sample.sizes[index.dim] for index in claim.indices))
    values = [float(np.broadcast_to(side, shape)[place]) for side in (left, right)]
    sizes = [f"{dim.name} = {size}" for dim, size in sample.sizes.items()]
    indices = [f"{index.name} = {int(at) + 1}" for index, at in zip(claim.indices, place[1:], strict=True)]
    where = ", ".join([*sizes, *indices, f"entries {sample.mode.value}", f"point {int(place[0])}"])
    return f"{where}: left {values[0]!r}, right {values[1]!r}"
