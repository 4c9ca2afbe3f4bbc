"""Where a form fails: the first size of the input, away from 1, at which no number or no right digit comes out.

A point that fails is moved towards size 1 along the ray through 0 on which it lies, and the first failing point met on
the way from 1 is kept. Each direction of a scalar has a ray of its own; of vectors, the ray of the failing point that
is nearest to size 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sympy import Expr

from gradproof.derivations.calculus import Domain, Tensor

from .errors import Outcome
from .formats import Format
from .measure import Pair, Seen, picked, shown
from .points import Values

#: Points on a ray in one round, and rounds; each round looks between two neighbours of the one before.
POINTS, ROUNDS = 9, 8


@dataclass(frozen=True, slots=True)
class Failure:
    """A way in which a form fails.

    outcome    LOST, INFINITE or UNDEFINED
    variables  the names of what grows or shrinks on the ray
    sign       of a scalar variable; 0 for vectors
    others     what else decides, in words: "y = 1"
    size       the first size at which it fails, of the largest entry; None where it fails at size 1, too
    beyond     whether it fails from this size on to larger ones, or from it down to smaller ones
    example    the point there, in words
    """

    outcome: Outcome
    variables: tuple[str, ...]
    sign: int
    others: str
    size: float | None
    beyond: bool
    example: str


def failures(pair: Pair, form: Expr, values: Values, seen: Seen, dtype: Format) -> tuple[Failure, ...]:
    """The first failures of a form, one for each outcome, direction and side of 1; `seen` is what it gave there."""
    moving = [tensor for tensor in values if tensor.domain in (Domain.REAL, Domain.POSITIVE)]
    if not moving:
        return ()
    sizes = np.max([np.abs(values[t]).reshape(len(values[t]), -1).max(axis=1) for t in moving], axis=0)
    distance = np.abs(np.log2(np.where(sizes > 0, sizes, np.inf)))
    found: dict[tuple[object, ...], Failure] = {}
    for place in np.argsort(distance, kind="stable").tolist():
        outcome, size = seen.outcomes[place], float(sizes[place])
        if outcome is Outcome.FINE or not size:
            continue
        point = picked(values, np.array([place]))
        sign, others = _direction(moving, point)
        key = (outcome, size >= 1, sign, others)
        if key not in found:
            found[key] = _first(pair, form, point, moving, outcome, dtype)
    return tuple(found.values())


def _direction(moving: list[Tensor], point: Values) -> tuple[int, str]:
    """The sign of a scalar, and the values of what is not moved; of vectors no direction is told from another."""
    if len(moving) > 1 or moving[0].dims:
        return 0, ""
    return int(np.sign(point[moving[0]][0])), shown({t: a for t, a in point.items() if t not in moving}, 0)


def _first(pair: Pair, form: Expr, point: Values, moving: list[Tensor], outcome: Outcome, dtype: Format) -> Failure:
    """The first point with this outcome on the way from size 1 to a point that has it."""
    size = _size(point, moving)
    low, high = -np.log2(size), 0.0
    at_one = False
    for turn in range(ROUNDS):
        steps = np.linspace(low, high, POINTS)
        ray = _scaled(point, moving, steps, dtype)
        same = [found is outcome for found in _outcomes(pair, form, ray, dtype)]
        same[-1] = True  # the point itself, or one that was looked at in the round before
        first = same.index(True)
        at_one = at_one or (turn == 0 and first == 0)
        low, high = steps[max(first - 1, 0)], steps[first]
    here = _scaled(point, moving, np.array([high]), dtype)
    sign, others = _direction(moving, point)
    names = tuple(str(tensor.name) for tensor in moving)
    example = point if at_one else here
    found_size = None if at_one else _size(here, moving)
    return Failure(outcome, names, sign, others, found_size, size >= 1, shown(example, 0))


def _size(point: Values, moving: list[Tensor]) -> float:
    return max(float(np.abs(point[tensor]).max()) for tensor in moving)


def _scaled(point: Values, moving: list[Tensor], steps: NDArray[np.float64], dtype: Format) -> Values:
    """The point times 2^steps, rounded to the dtype."""
    found = {}
    for tensor, array in point.items():
        factors = np.exp2(steps).reshape((-1,) + (1,) * (array.ndim - 1))
        spread = np.broadcast_to(array, (len(steps), *array.shape[1:]))
        found[tensor] = dtype.rounded(spread * factors) if tensor in moving else spread
    return found


def _outcomes(pair: Pair, form: Expr, values: Values, dtype: Format) -> list[Outcome]:
    """What becomes of a form at points; FINE where the exact result is not known."""
    exact = pair.exact(values, dtype)
    known = np.array([all(value is not None for value in row) for row in exact], dtype=bool)
    found = [Outcome.FINE] * len(exact)
    if known.any():
        places = np.flatnonzero(known)
        seen = pair.seen(form, picked(values, places), exact[places], dtype)
        for place, outcome in zip(places.tolist(), seen.outcomes, strict=True):
            found[place] = outcome
    return found
