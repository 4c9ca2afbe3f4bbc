"""Reading and writing at places of an array that may depend on the data, and spreading an array over new axes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sympy import S

from gradproof.verify.evaluation import Unsupported

from .scalars import Array, entrywise, filled
from .signs import Sign, chosen


def gathered(of: Array, dim: int, index: Array) -> Array:
    """Entries at places along an axis; a place may be an expression that has whole numbers as values."""
    result = filled(index.shape, S.NaN)
    for at in np.ndindex(index.shape):
        for number in range(of.shape[dim]):
            there = of[(*at[: dim % of.ndim], number, *at[dim % of.ndim + 1 :])]
            result[at] = Sign(index[at] - number, result[at], there, result[at])
    return result


def scattered(of: Array, dim: int, index: Array, values: Array) -> Array:
    """The array with values at places along an axis, which may be expressions as well."""
    result, values = of.copy(), np.broadcast_to(values, index.shape)
    for at in np.ndindex(index.shape):
        for number in range(of.shape[dim]):
            place = (*at[: dim % of.ndim], number, *at[dim % of.ndim + 1 :])
            result[place] = Sign(index[at] - number, result[place], values[at], result[place])
    return result


def put(of: Array, masks: Sequence[Array], values: Array) -> Array:
    """The array with one value where a mask of its shape is true."""
    (mask,) = masks
    if mask.shape != of.shape or values.size != 1:
        raise Unsupported("entries that are written at places which depend on the data")
    return entrywise(chosen, mask, values.reshape(()), of)


def picked(of: Array, places: Sequence[Array | None]) -> Array:
    """Entries at places along the first axis, which are numbers."""
    if len(places) != 1 or places[0] is None or not all(S(entry).is_Integer for entry in places[0].flat):
        raise Unsupported("entries at places that depend on the data")
    found: Array = of[places[0].astype(int)]
    return found


def spread(of: Array, shape: Sequence[int], axes: Sequence[int]) -> Array:
    """The array with its axes at these places of a shape, repeated along the others."""
    whole = [1] * len(shape)
    for axis, length in zip(axes, of.shape, strict=True):
        whole[axis] = length
    return np.broadcast_to(of.reshape(whole), tuple(shape))


def expanded(of: Array, size: Sequence[int]) -> Array:
    added = len(size) - of.ndim
    shape = [of.shape[axis - added] if length == -1 else length for axis, length in enumerate(size)]
    return np.broadcast_to(of, shape)


def squeezed(of: Array, dim: int | Sequence[int]) -> Array:
    axes = (dim,) if isinstance(dim, int) else tuple(dim)
    return np.squeeze(of, tuple(axis for axis in axes if of.ndim and of.shape[axis] == 1))


def sliced(of: Array, dim: int, start: int | None, end: int | None, step: int) -> Array:
    return of[(slice(None),) * (dim % of.ndim) + (slice(start, end, step),)]
