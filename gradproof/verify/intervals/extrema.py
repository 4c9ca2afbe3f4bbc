"""The largest of several enclosed numbers, and which one it is."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .balls import Balls

Objects = NDArray[np.object_]


def along_axis(array: Objects, axis: int, size: int, change: Callable[[list[Any]], list[Any]]) -> Objects:
    """A function of the numbers along an axis, at all other places; where the axis has size 1 they are all equal."""
    rows = np.moveaxis(array, axis, -1)
    changed = [change(list(row) * (size // len(row))) for row in rows.reshape(-1, rows.shape[-1])]
    result = np.empty((len(changed), len(changed[0])), dtype=object)
    for place, row in enumerate(changed):
        result[place, :] = row
    return np.moveaxis(result.reshape(*rows.shape[:-1], -1), -1, axis)


def nth_largest(balls: Balls, values: list[Any], rank: int) -> Any:
    """The largest for rank 1, the second largest for rank 2, …; undefined where one of the numbers may be."""
    if rank > len(values) or any(balls.ends(value) is None for value in values):
        return balls.undefined()
    left = list(values)
    for _ in range(rank):  # the largest rises to the end
        for place in range(len(left) - 1):
            first, second = left[place], left[place + 1]
            left[place], left[place + 1] = _smaller(balls, first, second), balls.larger(first, second)
        largest = left.pop()
    return largest


def _smaller(balls: Balls, first: Any, second: Any) -> Any:
    minus = balls.number(Fraction(-1))
    return minus * balls.larger(minus * first, minus * second)


def which_is_nth(balls: Balls, values: list[Any], rank: int) -> list[Any]:
    """1 for the number of this rank, 0 for those that surely are not; undefined for those that are not told apart."""
    ends = [balls.ends(value) for value in values]
    sure = [end for end in ends if end is not None]
    if rank > len(values) or len(sure) < len(ends):
        return [balls.undefined()] * len(values)
    above = [sum(other[0] > end[1] for other in sure) for end in sure]
    below = [sum(other[1] < end[0] for other in sure) for end in sure]
    contends = [a < rank and b <= len(values) - rank for a, b in zip(above, below, strict=True)]
    zero, one = balls.number(Fraction(0)), balls.number(Fraction(1))
    attained = one if sum(contends) == 1 else balls.undefined()
    return [attained if here else zero for here in contends]
