"""Float64 with a running error bound: arrays of a value and of how far rounding can have moved it.

The bound follows from the conditioning of the expression and never cancels: an addition is charged for both of its
terms, a sum for all of its entries and its length. It therefore covers the other orders in which the same expression
can be evaluated, too (sums pairwise or in reverse, derivatives backward instead of forward). Where the argument may
leave the domain of a function the bound is infinite, and where a value is undefined it is nan.

Source of the method: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.3.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: One rounding costs half of this; the other half pays for the roundings in the bound itself.
ULP = 2.0**-52
#: What a rounding near zero costs, where numbers are no longer spaced by their size.
UNDERFLOW = 2.0**-1074
#: Library functions are assumed to be right to this many units in the last place.
LIBRARY_ULPS = 4

#: Pays for the roundings in a bound that has no other slack where the value is near 0.
_MORE = 1 + 16 * ULP

_erf = np.vectorize(math.erf, otypes=[np.float64])


@dataclass(frozen=True, slots=True, eq=False)
class Bounded:
    """Values and bounds, arrays that broadcast against each other. The real number lies within bound of value."""

    value: Array
    bound: Array

    @property
    def ndim(self) -> int:
        return self.value.ndim

    @property
    def finite(self) -> NDArray[np.bool_]:
        """Where the value is defined and something is known of it."""
        return np.isfinite(self.value) & np.isfinite(self.bound)


def exact(value: Array) -> Bounded:
    """Numbers that are what they are."""
    return Bounded(value, np.zeros((1,) * value.ndim))


def add(first: Bounded, second: Bounded) -> Bounded:
    charged = ULP * (np.abs(first.value) + np.abs(second.value))
    return Bounded(first.value + second.value, first.bound + second.bound + charged)


def multiply(first: Bounded, second: Bounded) -> Bounded:
    one, other = np.abs(first.value), np.abs(second.value)
    bound = one * second.bound + (other + second.bound) * first.bound + ULP * one * other
    rounds = (one + first.bound != 0) & (other + second.bound != 0)  # an exact zero makes an exact zero
    return Bounded(first.value * second.value, np.where(rounds, bound + UNDERFLOW, bound))


def total(array: Bounded, axis: int, length: int) -> Bounded:
    """The sum along one axis, which stays with size 1; where its size is 1 it stands for `length` equal entries."""
    charged = length * ULP * _summed(np.abs(array.value), axis, length)
    return Bounded(_summed(array.value, axis, length), _summed(array.bound, axis, length) + charged)


def _summed(array: Array, axis: int, length: int) -> Array:
    return array * float(length) if array.shape[axis] == 1 else array.sum(axis=axis, keepdims=True)


def power(array: Bounded, numerator: int, denominator: int = 1) -> Bounded:
    """array ** (numerator / denominator); other than whole powers are of positive numbers."""
    exponent = numerator / denominator
    size = np.abs(array.value)
    value = _raised(array.value, numerator, denominator)
    growing = exponent >= 1
    # The slope |q| s^(q−1) is the steepest at the end of the ball that is farther from 0, or nearer to it.
    worst = size + array.bound if growing else size - array.bound
    with np.errstate(all="ignore"):
        slope = abs(exponent) * np.power(np.maximum(worst, 0.0), exponent - 1)
        moved = np.where(array.bound > 0, array.bound * slope, 0.0)
        ulps = np.asarray(abs(exponent) + LIBRARY_ULPS)
        if denominator & (denominator - 1):  # the exponent is rounded, too
            ulps = ulps + abs(exponent) * np.abs(np.log(size))
        bound = moved + ulps * ULP * np.abs(value)
    bound = np.where(size + array.bound != 0, bound + UNDERFLOW, bound)
    inside = size > array.bound if denominator == 1 else array.value > array.bound
    if denominator == 1 and growing:
        return Bounded(value, bound)
    return Bounded(value, np.where(inside | (array.bound == 0), bound, np.inf))


def _raised(base: Array, numerator: int, denominator: int) -> Array:
    if denominator == 2:
        return _raised(np.sqrt(base), numerator, 1)
    if denominator != 1:
        return np.asarray(np.power(base, numerator / denominator))
    match numerator:
        case 2:
            return np.asarray(base * base)
        case -1:
            return np.asarray(1.0 / base)
        case _:
            return np.asarray(np.power(base, float(numerator)))


def exponential(array: Bounded) -> Bounded:
    value = np.exp(array.value)
    return Bounded(value, value * (np.expm1(array.bound) + LIBRARY_ULPS * ULP) + UNDERFLOW)


def logarithm(array: Bounded) -> Bounded:
    value = np.log(array.value)
    nearest = array.value - array.bound
    moved = np.where(array.bound > 0, array.bound / np.where(nearest > 0, nearest, 1.0), 0.0)
    return Bounded(value, np.where(nearest > 0, moved + LIBRARY_ULPS * ULP * np.abs(value), np.inf))


def logarithm_of_one_plus(array: Bounded) -> Bounded:
    value = np.log1p(array.value)
    nearest = (1.0 + array.value) - array.bound
    moved = np.where(array.bound > 0, array.bound / np.where(nearest > 0, nearest, 1.0), 0.0)
    bound = moved * _MORE + LIBRARY_ULPS * ULP * np.abs(value) + UNDERFLOW
    # That 1 + x is positive is lost to rounding within a unit of −1 only.
    return Bounded(value, np.where((nearest > 0) & (array.value > -1), bound, np.inf))


def exponential_minus_one(array: Bounded) -> Bounded:
    value = np.expm1(array.value)
    moved = np.where(array.bound > 0, np.exp(array.value) * np.expm1(array.bound), 0.0)
    return Bounded(value, moved * _MORE + LIBRARY_ULPS * ULP * np.abs(value) + UNDERFLOW)


def error_function(array: Bounded) -> Bounded:
    value = np.asarray(_erf(array.value))
    return _lipschitz(value, array, lambda nearest: 1.13 * np.exp(-(nearest**2)), 1.13)  # 2/√π = 1.1284


def sigmoid(array: Bounded) -> Bounded:
    small = np.exp(-np.abs(array.value))
    value = np.where(array.value >= 0, 1.0, small) / (1.0 + small)
    return _lipschitz(value, array, lambda nearest: np.exp(-nearest))  # σ′ = σ(1 − σ) < e^−|x|


def tanh(array: Bounded) -> Bounded:
    return _lipschitz(np.tanh(array.value), array, lambda nearest: 4 * np.exp(-2 * nearest))  # tanh′ < 4 e^−2|x|


def softplus(array: Bounded) -> Bounded:
    value = np.logaddexp(0.0, array.value)
    slope = np.exp(np.minimum(array.value + array.bound, 0.0))  # softplus′ = σ < e^x
    return Bounded(value, array.bound * slope + LIBRARY_ULPS * ULP * value + UNDERFLOW)


def xlogx(array: Bounded) -> Bounded:
    """x log x, and 0 at an exact 0."""
    zero = (array.value == 0) & (array.bound == 0)
    product = multiply(array, logarithm(Bounded(np.where(zero, 1.0, array.value), array.bound)))
    return Bounded(product.value, np.where(zero, 0.0, product.bound))


def relu(array: Bounded) -> Bounded:
    return Bounded(np.maximum(array.value, 0.0), np.where(array.value + array.bound > 0, array.bound, 0.0))


def step(array: Bounded) -> Bounded:
    """1 for positive, 0 for negative and for an exact 0; unknown where rounding may have moved the sign."""
    value = np.where(np.isnan(array.value), np.nan, (array.value > 0).astype(np.float64))
    unknown = (np.abs(array.value) <= array.bound) & (array.bound > 0)
    return Bounded(value, np.where(unknown, np.inf, 0.0))


def sign(array: Bounded) -> Bounded:
    """1, −1, and 0 at an exact 0; unknown where rounding may have moved it."""
    unknown = (np.abs(array.value) <= array.bound) & (array.bound > 0)
    return Bounded(np.sign(array.value), np.where(unknown, np.inf, 0.0))


def absolute(array: Bounded) -> Bounded:
    return Bounded(np.abs(array.value), array.bound)


def wave(array: Bounded, order: int) -> Bounded:
    """The activation that stands for an opaque φ: the derivative of sin of this order, sin(x + order·π/2)."""
    function = (np.sin, np.cos)[order % 2]
    sign = (1.0, 1.0, -1.0, -1.0)[order % 4]
    value = sign * function(array.value)
    return Bounded(value, np.minimum(array.bound, 2.0) + LIBRARY_ULPS * ULP * np.abs(value) + UNDERFLOW)


def _lipschitz(value: Array, array: Bounded, slope: Callable[[Array], Array], most: float = 1.0) -> Bounded:
    """A function whose derivative is at most `most` and `slope` of the least size that the argument can have."""
    steepest = np.minimum(slope(np.maximum(np.abs(array.value) - array.bound, 0.0)), most)
    moved = np.where(array.bound > 0, array.bound * steepest, 0.0)
    return Bounded(value, moved + LIBRARY_ULPS * ULP * np.abs(value) + UNDERFLOW)
