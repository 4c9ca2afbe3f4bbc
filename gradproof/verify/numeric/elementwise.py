"""The elementwise functions on balls: the library's value, what it may be off, and how far the argument moves it.

How far is the slope at the argument times its growth over the ball, where the logarithm of the slope changes at a known
rate; else the steepest slope in the ball.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from .bounded import LIBRARY_ULPS, OUTWARD, ULP, Array, Bounded, charged, multiply, zeros

_erf = np.vectorize(math.erf, otypes=[np.float64])


def exponential(array: Bounded) -> Bounded:
    value = np.exp(array.value)
    return charged(value, None if array.certain else value * _growth(array.bound), LIBRARY_ULPS * ULP)


def _growth(radius: Array) -> Array:
    """At least e^r − 1; r + r² is for r up to 1."""
    return radius * (1.0 + radius) if radius.max() <= 1 else np.expm1(radius) * (1 + 2 * LIBRARY_ULPS * ULP)


def logarithm(array: Bounded) -> Bounded:
    value = np.log(array.value)
    if array.certain:
        return Bounded(value, np.where(array.value > 0, np.abs(value) * (LIBRARY_ULPS * ULP * OUTWARD), np.inf))
    nearest = array.value - array.bound
    with np.errstate(all="ignore"):
        moved = np.where(nearest > 0, array.bound / nearest, np.inf)
    return charged(value, moved, LIBRARY_ULPS * ULP)


def logarithm_of_one_plus(array: Bounded) -> Bounded:
    value = np.log1p(array.value)
    nearest = (1.0 + array.value) - array.bound
    with np.errstate(all="ignore"):
        moved = np.where((nearest > 0) & (array.value > -1), array.bound / nearest, np.inf)
    return charged(value, moved, LIBRARY_ULPS * ULP)


def exponential_minus_one(array: Bounded) -> Bounded:
    moved = None if array.certain else np.exp(array.value) * _growth(array.bound)
    return charged(np.expm1(array.value), moved, LIBRARY_ULPS * ULP)


def error_function(array: Bounded) -> Bounded:
    """erf′ = 2/√π e^−x², and 2/√π = 1.1284."""
    value = np.asarray(_erf(array.value))
    if array.certain:
        return charged(value, None, LIBRARY_ULPS * ULP)
    nearest = np.maximum(np.abs(array.value) - array.bound, 0.0)
    return charged(value, array.bound * (1.13 * np.exp(-(nearest**2))), LIBRARY_ULPS * ULP)


def sigmoid(array: Bounded) -> Bounded:
    """1/(1 + e^−x), for which e^−x must not overflow; σ′ = σ(1 − σ)."""
    if array.value.min() > -700:
        value = np.asarray(1.0 / (1.0 + np.exp(-array.value)))
    else:
        small = np.exp(-np.abs(array.value))
        value = np.where(array.value >= 0, 1.0, small) / (1.0 + small)
    off = 2 * LIBRARY_ULPS * ULP
    moved = None if array.certain else _moved(array, value * ((1.0 - value) + off), rate=1, steepest=0.25)
    return charged(value, moved, off)


def tanh(array: Bounded) -> Bounded:
    """tanh′ = (1 − tanh)(1 + tanh)."""
    value = np.tanh(array.value)
    slope = (1.0 - np.abs(value) + LIBRARY_ULPS * ULP) * 2.0
    return charged(value, None if array.certain else _moved(array, slope, rate=2, steepest=1), LIBRARY_ULPS * ULP)


def _moved(array: Bounded, slope: Array, rate: float, steepest: float) -> Array:
    """How far a radius moves a function: its slope here is given, it is nowhere above `steepest`, and the logarithm of
    the slope changes at most at this rate."""
    radius = array.bound
    return radius * np.minimum(slope * (1.0 + _growth(rate * radius)), steepest)


def softplus(array: Bounded) -> Bounded:
    value = np.logaddexp(0.0, array.value)
    slope = np.exp(np.minimum(array.value + array.bound, 0.0)) * (1 + 2 * LIBRARY_ULPS * ULP)  # softplus′ = σ < e^x
    return charged(value, array.bound * slope, 3 * LIBRARY_ULPS * ULP)


def xlogx(array: Bounded) -> Bounded:
    """x log x, and 0 at an exact 0."""
    zero = zeros(array)
    product = multiply(array, logarithm(Bounded(np.where(zero, 1.0, array.value), array.bound)))
    return Bounded(product.value, np.where(zero, 0.0, product.bound))


def relu(array: Bounded) -> Bounded:
    if array.certain:
        return Bounded(np.maximum(array.value, 0.0), array.bound)
    return Bounded(np.maximum(array.value, 0.0), np.where(array.value + array.bound > 0, array.bound, 0.0))


def step(array: Bounded) -> Bounded:
    """1 for positive, 0 for negative and for an exact 0; unknown where rounding may have moved the sign."""
    value = np.where(np.isnan(array.value), np.nan, (array.value > 0).astype(np.float64))
    if array.certain:
        return Bounded(value, array.bound)
    unknown = (np.abs(array.value) <= array.bound) & (array.bound > 0)
    return Bounded(value, np.where(unknown, np.inf, 0.0))


def sign(array: Bounded) -> Bounded:
    """1, −1, and 0 at an exact 0; unknown where rounding may have moved it."""
    if array.certain:
        return Bounded(np.sign(array.value), array.bound)
    unknown = (np.abs(array.value) <= array.bound) & (array.bound > 0)
    return Bounded(np.sign(array.value), np.where(unknown, np.inf, 0.0))


def absolute(array: Bounded) -> Bounded:
    return Bounded(np.abs(array.value), array.bound)


def wave(array: Bounded, order: int) -> Bounded:
    """The derivative of sin of this order, sin(x + order·π/2)."""
    function: Callable[[Array], Array] = (np.sin, np.cos)[order % 2]
    sign = (1.0, 1.0, -1.0, -1.0)[order % 4]
    return charged(sign * function(array.value), np.minimum(array.bound, 2.0), LIBRARY_ULPS * ULP)
