"""Balls in float64: arrays of a value and of how far the real number can lie from it.

The radius is rigorous. Every operation adds what its arguments' radii can move the result and what rounding can, and in
the end multiplies by `OUTWARD`: the radius itself is computed with few roundings, each of them a factor of at least
1 − U above the smallest normal number, and `UNDERFLOW` pays for those below it. Floating point is assumed to be that of
IEEE 754, rounded to nearest (so + − × ÷ √ are right to half a unit in the last place, sums to U per addition in any
order), and exp, log and the like to be right to `LIBRARY_ULPS` units in the last place.

Where the argument may leave the domain of a function the radius is infinite; where a value is undefined it is nan. A
number that is what it is has a radius of one entry, 0: most work is saved where nothing moves.

Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., sections 2.2, 3.3 and 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: The unit roundoff: a rounding moves a number by at most this part of itself.
U = 2.0**-53
#: The spacing of numbers at 1, a unit in the last place.
ULP = 2.0**-52
#: Pays for the roundings of a radius, fewer than sixteen, and for products of two errors of the library.
OUTWARD = 1 + 64 * U
#: What roundings near zero cost, where numbers are no longer spaced by their size: sixteen of them.
UNDERFLOW = 2.0**-1070
#: Above this nothing underflows that a relative charge does not pay for.
NORMAL = 2.0**-960
#: Library functions are assumed to be right to this many units in the last place.
LIBRARY_ULPS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Bounded:
    """Values and radii; a radius broadcasts to the values. The real number lies within bound of value."""

    value: Array
    bound: Array

    @property
    def ndim(self) -> int:
        return self.value.ndim

    @property
    def certain(self) -> bool:
        """Whether the numbers are what they are, everywhere."""
        return self.bound.size == 1 and self.bound.item() == 0

    @property
    def finite(self) -> NDArray[np.bool_]:
        """Where the value is defined and something is known of it."""
        return np.isfinite(self.value) & np.isfinite(self.bound)


def exact(value: Array) -> Bounded:
    """Numbers that are what they are."""
    return Bounded(value, np.zeros((1,) * value.ndim))


def add(first: Bounded, second: Bounded) -> Bounded:
    value = first.value + second.value
    radius = np.abs(value)
    radius *= U
    for part in (first, second):
        if not part.certain:
            radius += part.bound
    radius *= OUTWARD
    return Bounded(value, radius)


def multiply(first: Bounded, second: Bounded) -> Bounded:
    for one, other in ((first, second), (second, first)):
        if one.value.size == 1 and one.certain and one.value.flat[0] == -1:
            return Bounded(np.negative(np.broadcast_to(other.value, _shape(one, other))), other.bound)
    value = first.value * second.value
    radius = np.abs(value)
    tiny = not radius.min() >= NORMAL
    radius *= U
    if not second.certain:
        radius += np.abs(first.value) * second.bound
    if not first.certain:
        size = np.abs(second.value)
        radius += (size if second.certain else size + second.bound) * first.bound
    radius *= OUTWARD
    if tiny:  # an exact zero makes an exact zero; everything else can have been rounded to zero
        zero = zeros(first) | zeros(second)
        np.add(radius, UNDERFLOW, out=radius, where=~zero)
    return Bounded(value, radius)


def _shape(first: Bounded, second: Bounded) -> tuple[int, ...]:
    return np.broadcast_shapes(first.value.shape, second.value.shape)


def zeros(number: Bounded) -> NDArray[np.bool_]:
    return np.asarray((number.value == 0) & (number.bound == 0))


def total(array: Bounded, axis: int, length: int) -> Bounded:
    """The sum along one axis, which stays with size 1; where its size is 1 it stands for `length` equal entries."""
    radius = _summed(np.abs(array.value), axis, length) * (length * U)
    if not array.certain:
        radius += _summed(array.bound, axis, length)
    radius *= OUTWARD + 2 * length * U
    return Bounded(_summed(array.value, axis, length), radius)


def _summed(array: Array, axis: int, length: int) -> Array:
    return array * float(length) if array.shape[axis] == 1 else array.sum(axis=axis, keepdims=True)


def power(array: Bounded, numerator: int, denominator: int = 1) -> Bounded:
    """array ** (numerator / denominator); other than whole powers are of positive numbers."""
    if denominator == 2:
        return power(root(array), numerator)
    if denominator != 1:
        return _fractional(array, numerator, denominator)
    if numerator == 0:
        return exact(np.ones((1,) * array.ndim))
    if numerator < 0:
        return reciprocal(power(array, -numerator))
    result = array
    for bit in bin(numerator)[3:]:
        result = multiply(result, result)
        if bit == "1":
            result = multiply(result, array)
    return result


def reciprocal(array: Bounded) -> Bounded:
    """1/x − 1/y = (y − x)/(x y), and |y| is at least |x| less the radius."""
    value = np.asarray(1.0 / array.value)
    size = np.abs(value)
    if array.certain:
        return charged(value, None, U)
    nearest = np.abs(array.value) - array.bound
    with np.errstate(all="ignore"):
        moved = np.where(nearest > 0, size * (array.bound / nearest), np.where(array.bound > 0, np.inf, 0.0))
    return charged(value, moved, U)


def root(array: Bounded) -> Bounded:
    """√x − √y = (x − y)/(√x + √y); of an exact 0 it is 0."""
    value = np.asarray(np.sqrt(array.value))
    if array.certain:
        return Bounded(value, value * (U * OUTWARD))
    with np.errstate(all="ignore"):
        inside = np.where(array.value > array.bound, array.bound / value, np.where(array.bound > 0, np.inf, 0.0))
    return Bounded(value, (inside + U * value) * OUTWARD)


def _fractional(array: Bounded, numerator: int, denominator: int) -> Bounded:
    """x^q by the library, with q rounded: |q| log x units more. Its slope |q| x^(q−1) is steepest at one end."""
    exponent = numerator / denominator
    value = np.asarray(np.power(array.value, exponent))
    worst = array.value + array.bound if exponent >= 1 else array.value - array.bound
    with np.errstate(all="ignore"):
        slope = abs(exponent) * np.power(np.maximum(worst, 0.0), exponent - 1) * (1 + 2 * LIBRARY_ULPS * ULP)
        slope *= 1 + ULP * abs(exponent) * np.abs(np.log(np.maximum(worst, 2.0**-1074)))
        moved = np.where(array.bound > 0, array.bound * slope, 0.0)
        ulps = 2 * LIBRARY_ULPS + abs(exponent) * np.abs(np.log(array.value))
        result = charged(value, moved, ulps * ULP)
    known = (array.value > array.bound) | ((array.value == 0) & (array.bound == 0) & (exponent > 0))
    zero = (array.value == 0) & (array.bound == 0)
    return Bounded(value, np.where(known, np.where(zero, 0.0, result.bound), np.inf))


def charged(value: Array, moved: Array | None, relative: float | Array) -> Bounded:
    """A value with what its arguments move it and what rounding does, this part of it."""
    radius = np.abs(value)
    tiny = not radius.min() >= NORMAL
    radius *= relative
    if moved is not None:
        radius += moved
    radius *= OUTWARD
    if tiny:
        radius += UNDERFLOW
    return Bounded(value, radius)
