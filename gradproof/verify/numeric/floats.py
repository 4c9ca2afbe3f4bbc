"""The arithmetic of balls in float64, for the evaluator."""

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

from . import bounded, elementwise, extrema
from .bounded import ULP, Bounded

#: What stands for opaque functions φ and their derivatives: of a bounded number, and which function it is.
Activation = Callable[[Bounded, Opaque], Bounded]

FUNCTIONS: dict[Any, Callable[[Bounded], Bounded]] = {
    exp: elementwise.exponential,
    log: elementwise.logarithm,
    log1p: elementwise.logarithm_of_one_plus,
    expm1: elementwise.exponential_minus_one,
    erf: elementwise.error_function,
    sigmoid: elementwise.sigmoid,
    tanh: elementwise.tanh,
    softplus: elementwise.softplus,
    xlogx: elementwise.xlogx,
    relu: elementwise.relu,
    step: elementwise.step,
    sign: elementwise.sign,
    Abs: elementwise.absolute,
}


def _wave(argument: Bounded, function: Opaque) -> Bounded:
    return elementwise.wave(argument, function.order)


class BoundedFloats:
    """Arrays of balls in float64.

    activation    what stands for opaque activations
    """

    def __init__(self, activation: Activation = _wave) -> None:
        self.activation = activation

    def constant(self, value: Expr, ndim: int) -> Bounded:
        shape = (1,) * ndim
        if not value.is_Rational:  # pi
            near = float(value.evalf(30))
            return Bounded(np.full(shape, near), np.full(shape, abs(near) * ULP))
        try:
            near = int(value.p) / int(value.q)
        except OverflowError:
            raise Unsupported(f"{value} is beyond the range of float64") from None
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
            return self.activation(argument, function)
        if function not in FUNCTIONS:
            raise Unsupported(f"{function.__name__} is not evaluated in float64")
        return FUNCTIONS[function](argument)

    def total(self, array: Bounded, axis: int, size: int) -> Bounded:
        return bounded.total(array, axis, size)

    def largest(self, array: Bounded, axis: int, size: int, rank: int) -> Bounded:
        return extrema.largest(array, axis, size, rank)

    def selected(self, array: Bounded, axis: int, size: int, rank: int) -> Bounded:
        return extrema.selected(array, axis, size, rank)

    def gather(self, array: Bounded, seats: Sequence[Seat], ndim: int) -> Bounded:
        return Bounded(gather_axes(array.value, seats, ndim), gather_axes(array.bound, seats, ndim))
