"""The exact values of a form at points, read off enclosures that are far narrower than a unit in the last place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Expr

from gradproof.derivations.calculus import Condition, Index, Negative, NonZero, Positive, Tensor, free_indices
from gradproof.verify.evaluation import Evaluator, Point
from gradproof.verify.intervals.arithmetic import BallArithmetic, Objects
from gradproof.verify.intervals.balls import Balls

from .formats import Format
from .points import Values

#: Bits of the enclosures, more and more until the value is known; the argument of an exp alone can take 1024.
PRECISIONS = (128, 512, 2048)
#: A value counts as known when its enclosure is this part of a unit in the last place.
SHARPNESS = Fraction(1, 1 << 20)

Read = Callable[[Any], Fraction | None]


def evaluated(
    expression: Expr, axes: tuple[Index, ...], sizes: dict[Any, int], values: Values, balls: Balls, read: Read
) -> NDArray[np.object_]:
    """What `read` makes of the enclosures of an expression; shape (points, *sizes of the axes).

    A point at which something is not read (None) is evaluated again with more bits, and stays None after the last.
    """
    points = next(iter(values.values())).shape[0] if values else 1
    found = np.full((points, *(sizes[axis.dim] for axis in axes)), None, dtype=object)
    left = np.arange(points)
    for bits in PRECISIONS:
        with balls.precision(bits):
            enclosures = np.broadcast_to(
                _enclosed(expression, axes, sizes, values, left, balls), (len(left), *found.shape[1:])
            )
            for number, place in enumerate(left):
                for at in np.ndindex(*found.shape[1:]):
                    found[(place, *at)] = read(enclosures[(number, *at)])
        missing = [any(value is None for value in np.ravel(found[place])) for place in left]
        left = left[np.array(missing, dtype=bool)]
        if not len(left):
            break
    return found


def _enclosed(
    expression: Expr, axes: tuple[Index, ...], sizes: dict[Any, int], values: Values, which: Any, balls: Balls
) -> Objects:
    arithmetic = BallArithmetic(balls)

    def data(tensor: Tensor) -> Objects:
        return arithmetic.exact(values[tensor][which])

    return Evaluator(arithmetic, Point(sizes, data)).value(expression, axes)


def reader(balls: Balls, dtype: Format) -> Read:
    """Reads a number as exactly as an error in the dtype needs it.

    What is surely beyond the range of the dtype is read as twice its largest power of two, with the sign; what is
    surely negligible beside its smallest number as 0.
    """
    beyond = Fraction(2) ** (dtype.largest_exponent + 2)
    negligible = Fraction(2) ** (dtype.lowest_bit - 64)

    def read(value: Any) -> Fraction | None:
        ends = balls.ends(value)
        if ends is None:  # undefined, or of a size that is not written out
            if balls.greater(value, balls.number(beyond)):
                return beyond
            minus = balls.number(Fraction(-1)) * value
            if balls.greater(minus, balls.number(beyond)):
                return -beyond
            least = balls.number(-negligible)
            inside = balls.greater(value, least) and balls.greater(minus, least)
            return Fraction(0) if inside else None
        low, high = ends
        if low > beyond or high < -beyond:
            return beyond if low > 0 else -beyond
        if -negligible < low and high < negligible:
            return Fraction(0)
        middle = (low + high) / 2
        return middle if high - low <= SHARPNESS * dtype.ulp(middle) else None

    return read


def selected(given: Sequence[Condition], sizes: dict[Any, int], values: Values, balls: Balls) -> NDArray[np.bool_]:
    """At which points all conditions surely hold, shape (points,). Raises ValueError for one on indices."""
    points = next(iter(values.values())).shape[0]
    mask = np.ones(points, dtype=bool)
    for condition in given:
        if not isinstance(condition, (Positive, Negative, NonZero)):
            raise ValueError(f"the condition {condition} does not select points")
        expression = condition.expression
        axes = tuple(sorted(free_indices(expression), key=lambda index: str(index.name)))
        signs = evaluated(expression, axes, sizes, values, balls, lambda value: _sign(value, balls))
        wanted = {Positive: (1,), Negative: (-1,), NonZero: (1, -1)}[type(condition)]
        mask &= np.array([all(sign in wanted for sign in np.ravel(row)) for row in signs], dtype=bool)
    return mask


def _sign(value: Any, balls: Balls) -> Fraction | None:
    zero = Fraction(0)
    if balls.greater(value, balls.number(zero)):
        return Fraction(1)
    if balls.greater(balls.number(zero), value):
        return Fraction(-1)
    return zero if balls.ends(value) == (zero, zero) else None
