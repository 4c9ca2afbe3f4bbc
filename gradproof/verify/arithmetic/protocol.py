"""What an arithmetic is: the operations from which every expression is evaluated, on arrays of any kind."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
from sympy import Expr, Rational

Array = TypeVar("Array")


class Unsupported(Exception):  # noqa: N818 - it is an answer, not a mishap
    """What cannot be evaluated or decided here; the message is the reason that a reader sees."""


@dataclass(frozen=True, slots=True)
class At:
    """A fixed place on an axis of a tensor, counted from 0."""

    place: int


@dataclass(frozen=True, slots=True)
class Opaque:
    """The derivative of this order of an activation of which nothing is known."""

    name: str
    order: int


#: Where an axis of an array goes: to an axis of the result (counted with the batch axis, so at least 1), or to a place.
Seat = int | At
#: `exp`, `log`, … as classes of the calculus, SymPy's `Abs`, or an opaque activation.
Function = type[Expr] | Opaque


class Arithmetic(Protocol[Array]):
    """Arrays that can be added, multiplied, summed over an axis and rearranged; shapes broadcast as in NumPy."""

    def constant(self, value: Expr, ndim: int) -> Array:
        """A rational (or a named number such as pi), as an array of shape (1,) * ndim."""

    def identity(self, size: int) -> Array:
        """The identity, of shape (1, size, size)."""

    def add(self, first: Array, second: Array) -> Array: ...

    def multiply(self, first: Array, second: Array) -> Array: ...

    def power(self, base: Array, exponent: Rational) -> Array: ...

    def apply(self, function: Function, argument: Array) -> Array: ...

    def total(self, array: Array, axis: int, size: int) -> Array:
        """The sum over an axis, which stays with size 1; an array of size 1 there is repeated `size` times."""

    def largest(self, array: Array, axis: int, size: int, rank: int) -> Array:
        """The largest value along an axis (with a higher rank the second largest, …), which stays with size 1.

        An array of size 1 there is repeated `size` times. Undefined if the rank is beyond the size.
        """

    def selected(self, array: Array, axis: int, size: int, rank: int) -> Array:
        """1 at the place of the axis that attains the largest value of this rank, 0 elsewhere; the axis has its size.

        Undefined where two places may share this value, and if the rank is beyond the size.
        """

    def gather(self, array: Array, seats: Sequence[Seat], ndim: int) -> Array:
        """Axis a of the array (after the batch axis) goes to seats[a] of a result with ndim axes.

        Two axes on one seat take the diagonal; axes of the result that nobody takes have size 1. `gather_axes` does
        this for everything that is indexed like a NumPy array.
        """


def gather_axes(array: Any, seats: Sequence[Seat], ndim: int) -> Any:
    """`Arithmetic.gather` for NumPy arrays of any dtype, and for what is indexed alike (Torch tensors)."""
    shape = [array.shape[0], *[1] * (ndim - 1)]
    last = 0
    for seat, size in zip(seats, array.shape[1:], strict=True):
        if isinstance(seat, At) or seat <= last:
            return _gather_apart(array, seats, ndim)
        shape[seat] = size
        last = seat
    return array.reshape(shape)  # all in order, as nearly always


def _gather_apart(array: Any, seats: Sequence[Seat], ndim: int) -> Any:
    """The same where an axis is taken at one place, or axes are out of order or on one seat."""
    fixed = tuple(
        (min(seat.place, size - 1) if size == 1 else seat.place) if isinstance(seat, At) else slice(None)
        for seat, size in zip(seats, array.shape[1:], strict=True)
    )
    if any(isinstance(seat, At) for seat in seats):
        array = array[(slice(None), *fixed)]
    axes = [seat for seat in seats if not isinstance(seat, At)]
    if len(set(axes)) == len(axes):  # no diagonal: axes are exchanged until they are in order
        for place, axis in enumerate(sorted(axes)):
            other = axes.index(axis)
            if other != place:
                array = array.swapaxes(1 + place, 1 + other)
                axes[place], axes[other] = axes[other], axes[place]
    if all(first < second for first, second in itertools.pairwise(axes)):
        shape = [1] * ndim
        shape[0] = array.shape[0]
        for axis, size in zip(axes, array.shape[1:], strict=True):
            shape[axis] = size
        return array.reshape(shape)
    picks = []
    for axis, size in zip(axes, array.shape[1:], strict=True):
        shape = [1] * (ndim - 1)
        shape[axis - 1] = size
        picks.append(np.arange(size).reshape(shape))
    return array[(slice(None), *picks)]
