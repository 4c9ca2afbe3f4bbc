"""The arithmetic of float64 with error bounds, for the evaluator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sympy import Abs, Expr, Rational

from gradproof.derivations.calculus import (
    erf,
    exp,
    expm1,
    log,
    log1p,
    relu,
    sigmoid,
    sign,
    softplus,
    step,
    tanh,
    xlogx,
)
from gradproof.verify.evaluation import Function, Opaque, Seat, Unsupported, gather_axes

from . import bounded, extrema
from .bounded import ULP, Bounded

#: What stands for an opaque activation φ and its derivatives: a function of a bounded number and the order.
Activation = Callable[[Bounded, int], Bounded]

FUNCTIONS: dict[Any, Callable[[Bounded], Bounded]] = {
    exp: bounded.exponential,
    log: bounded.logarithm,
    log1p: bounded.logarithm_of_one_plus,
    expm1: bounded.exponential_minus_one,
    erf: bounded.error_function,
    sigmoid: bounded.sigmoid,
    tanh: bounded.tanh,
    softplus: bounded.softplus,
    xlogx: bounded.xlogx,
    relu: bounded.relu,
    step: bounded.step,
    sign: bounded.sign,
    Abs: bounded.absolute,
}


class BoundedFloats:
    """Arrays of float64 with running error bounds.

    activation    what stands for opaque activations
    saturating    charge σ as if it were known to a unit in the last place of 1 only: then the bounds also cover those
                  who compute σ(−x) as 1 − σ(x), and with it the slopes of σ and tanh, as Torch does
    """

    def __init__(self, activation: Activation = bounded.wave, saturating: bool = False) -> None:
        self.activation = activation
        self.saturating = saturating

    def constant(self, value: Expr, ndim: int) -> Bounded:
        shape = (1,) * ndim
        if not value.is_Rational:  # pi
            near = float(value.evalf(30))
            return Bounded(np.full(shape, near), np.full(shape, abs(near) * ULP))
        near = int(value.p) / int(value.q)
        exact = Rational(near) == value
        return Bounded(np.full(shape, near), np.full(shape, 0.0 if exact else abs(near) * ULP + bounded.UNDERFLOW))

    def identity(self, size: int) -> Bounded:
        return bounded.exact(np.eye(size)[None])

    def add(self, first: Bounded, second: Bounded) -> Bounded:
        return bounded.add(first, second)

    def multiply(self, first: Bounded, second: Bounded) -> Bounded:
        return bounded.multiply(first, second)

    def power(self, base: Bounded, exponent: Rational) -> Bounded:
        return bounded.power(base, int(exponent.p), int(exponent.q))

    def apply(self, function: Function, argument: Bounded) -> Bounded:
        if isinstance(function, Opaque):
            return self.activation(argument, function.order)
        if function not in FUNCTIONS:
            raise Unsupported(f"{function.__name__} is not evaluated in float64")
        result = FUNCTIONS[function](argument)
        if self.saturating and function is sigmoid:
            return Bounded(result.value, result.bound + bounded.LIBRARY_ULPS * ULP)
        return result

    def total(self, array: Bounded, axis: int, size: int) -> Bounded:
        return bounded.total(array, axis, size)

    def largest(self, array: Bounded, axis: int, size: int, rank: int) -> Bounded:
        return extrema.largest(array, axis, size, rank)

    def selected(self, array: Bounded, axis: int, size: int, rank: int) -> Bounded:
        return extrema.selected(array, axis, size, rank)

    def gather(self, array: Bounded, seats: Sequence[Seat], ndim: int) -> Bounded:
        return Bounded(gather_axes(array.value, seats, ndim), gather_axes(array.bound, seats, ndim))
