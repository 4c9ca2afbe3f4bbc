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

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Dim, Tensor
from gradproof.verify.claim import Claim
from gradproof.verify.numeric.agreement import ARRAY_SHARE
from gradproof.verify.numeric.points import Sample, dims_of, functions_in, largest_array
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Counterexample

from .balls import PRECISIONS, Balls
from .confirm import Trial, confirm
from .decide import Outcome, in_floats
from .simpler import effort, simpler
from .standins import STAND_INS, StandIn

#: In how many assignments of small sizes points are looked for: small numbers, and others.
SMALL_SIZES, OTHER_SIZES = 9, 3
#: Points looked at per assignment of sizes.
POINTS = 200
#: Candidates that are enclosed per assignment, and small points enclosed though float64 saw nothing.
CANDIDATES, BLIND = 8, 3


def search(
    claim: Claim, budget: Budget, seed: int, balls: Balls, mode: Mode = Mode.SMALL
) -> tuple[Counterexample | None, int]:
    """A counterexample at small sizes, with small numbers or in another mode; and how many points were looked at."""
    drawn = 0
    small = mode is Mode.SMALL
    for number, sizes in enumerate(small_sizes(dims_of(claim), SMALL_SIZES if small else OTHER_SIZES)):
        room = budget.work // ARRAY_SHARE // largest_array(claim, sizes)
        points = max(BLIND, min(POINTS, room))
        sample = Sample(sizes, mode, points, (seed, zlib.crc32(claim.name.encode()), number))
        for standin in _standins(claim):
            drawn += points
            suspects = candidates(claim, sample, standin)
            found = among(claim, sample, suspects, standin, balls)
            if found is None and not len(suspects) and small and number < BLIND:
                found = among(claim, sample, np.arange(points), standin, balls, BLIND, PRECISIONS[-1:])
            if found is not None:
                return found, drawn
    return None, drawn


def _standins(claim: Claim) -> tuple[StandIn | None, ...]:
    names = functions_in(claim)
    return tuple(standin.among(names) for standin in STAND_INS) if names else (None,)


def candidates(claim: Claim, sample: Sample, standin: StandIn | None) -> NDArray[np.intp]:
    """The points of the sample that have a place at which float64 sees a difference."""
    return in_floats(claim, sample, standin).points(Outcome.DIFFERENT)


def among(
    claim: Claim,
    sample: Sample,
    suspects: NDArray[np.intp],
    standin: StandIn | None,
    balls: Balls,
    most: int = CANDIDATES,
    precisions: tuple[int, ...] = PRECISIONS,
) -> Counterexample | None:
    """The first suspect that enclosures confirm, of the few that are easiest to follow; with simpler numbers, if it
    stays false."""
    for point in readable(sample, suspects)[:most]:
        values = {tensor: array[point] for tensor, array in sample.drawn.items()}
        for rounded in dict.fromkeys((sample.mode is not Mode.SMALL, False)):
            trial = Trial(sample.sizes, _rounded(values) if rounded else values, standin)
            found = confirm(claim, trial, balls, precisions)
            if found is not None:
                return found if sample.mode is Mode.SMALL else simpler(claim, trial, found, balls)
    return None


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


def readable(sample: Sample, points: NDArray[np.intp]) -> list[int]:
    """These points of a sample without repetitions, those first that are easy to follow."""
    first: dict[tuple[tuple[float, ...], ...], int] = {}
    for point in points.tolist():
        drawn = (np.ravel(array[point]) for array in sample.drawn.values())
        first.setdefault(tuple(tuple(entries.tolist()) for entries in drawn), point)
    return [point for _, point in sorted((effort_to_read(values), point) for values, point in first.items())]


def effort_to_read(tensors: tuple[tuple[float, ...], ...]) -> int:
    """How hard a point is to follow: large and broken entries are, and equal entries of a tensor hide what is what."""
    return sum(sum(map(effort, entries)) + 3 * (len(entries) - len(set(entries))) for entries in tensors)


def _rounded(values: dict[Tensor, NDArray[np.float64]]) -> dict[Tensor, NDArray[np.float64]]:
    """Real entries rounded to eighths; other domains as they are, so that they stay in their domain."""
    return {
        tensor: np.rint(array * 8) / 8 if tensor.domain.name == "REAL" else array for tensor, array in values.items()
    }
