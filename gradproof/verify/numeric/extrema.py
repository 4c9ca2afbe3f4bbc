"""The largest of several bounded numbers, and which one it is.

Two numbers are told apart where their balls do not touch. Entries that surely lie above or below the one of a rank do
not matter for its value, so that the bound is the worst of those that are left.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .bounded import Bounded

#: The bounds are rounded themselves.
_ROUNDED = 1 + 2.0**-40


def largest(array: Bounded, axis: int, size: int, rank: int) -> Bounded:
    """The value of this rank along an axis, which stays with size 1; nan if the rank is beyond the size."""
    value, bound = _whole(array, axis, size)
    if rank > size:
        nothing = np.full_like(value.take([0], axis), np.nan)
        return Bounded(nothing, nothing)
    above, below = _sure(value, bound, axis)
    contends = (above < rank) & (below <= size - rank)
    # NaN sorts behind everything else; a value is undefined where an entry is.
    sorted_ = np.sort(value, axis=axis).take([size - rank], axis)
    found = np.where(np.isnan(value).any(axis=axis, keepdims=True), np.nan, sorted_)
    return Bounded(found, np.where(contends, bound, 0.0).max(axis=axis, keepdims=True))


def selected(array: Bounded, axis: int, size: int, rank: int) -> Bounded:
    """1 at the place of this rank, 0 elsewhere; nan at an exact tie, unknown where rounding may have moved it."""
    value, bound = _whole(array, axis, size)
    above, below = _sure(value, bound, axis)
    contends = (above < rank) & (below <= size - rank)
    alone = contends.sum(axis=axis, keepdims=True) == 1
    lost = contends & ~alone | np.isnan(value).any(axis=axis, keepdims=True) | (rank > size)
    undefined = lost & (np.where(contends, bound, 0.0).max(axis=axis, keepdims=True) == 0)
    return Bounded(np.where(undefined, np.nan, contends.astype(np.float64)), np.where(lost, np.inf, 0.0))


def _whole(array: Bounded, axis: int, size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Value and bound with every place of the axis."""
    value, bound = np.broadcast_arrays(array.value, array.bound)
    if value.shape[axis] == size:
        return value, bound
    return np.repeat(value, size, axis=axis), np.repeat(bound, size, axis=axis)


def _sure(
    value: NDArray[np.float64], bound: NDArray[np.float64], axis: int
) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """For each place how many others surely have a greater value, and how many surely a smaller one."""
    above, below = np.zeros(value.shape, int), np.zeros(value.shape, int)
    for place in range(value.shape[axis]):
        excess = value.take([place], axis) - value
        margin = (bound.take([place], axis) + bound) * _ROUNDED
        above += excess > margin
        below += -excess > margin
    return above, below
