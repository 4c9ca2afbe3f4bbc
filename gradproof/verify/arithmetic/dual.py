"""Dual numbers over any arithmetic: a value and its derivative in one direction.

The derivatives of the elementwise functions are written here a second time, in other forms than in the calculus, so
that a slip in the calculus' table cannot vouch for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sympy import Abs, Expr, Rational, S, pi

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

from .protocol import Arithmetic, Function, Opaque, Seat, Unsupported

Array = TypeVar("Array")


@dataclass(frozen=True, slots=True)
class DualNumber(Generic[Array]):
    """A value and its derivative; None is the derivative 0. Both broadcast to one shape."""

    value: Array
    derivative: Array | None = None


class Dual(Generic[Array]):
    """The arithmetic of dual numbers over `inner`; over itself it gives second derivatives."""

    def __init__(self, inner: Arithmetic[Array]) -> None:
        self.inner = inner

    def lift(self, value: Array) -> DualNumber[Array]:
        return DualNumber(value)

    def constant(self, value: Expr, ndim: int) -> DualNumber[Array]:
        return DualNumber(self.inner.constant(value, ndim))

    def identity(self, size: int) -> DualNumber[Array]:
        return DualNumber(self.inner.identity(size))

    def add(self, first: DualNumber[Array], second: DualNumber[Array]) -> DualNumber[Array]:
        value = self.inner.add(first.value, second.value)
        if first.derivative is None or second.derivative is None:
            return DualNumber(value, second.derivative if first.derivative is None else first.derivative)
        return DualNumber(value, self.inner.add(first.derivative, second.derivative))

    def multiply(self, first: DualNumber[Array], second: DualNumber[Array]) -> DualNumber[Array]:
        product, derivative = self.inner.multiply(first.value, second.value), None
        if first.derivative is not None:
            derivative = self.inner.multiply(first.derivative, second.value)
        if second.derivative is not None:
            other = self.inner.multiply(first.value, second.derivative)
            derivative = other if derivative is None else self.inner.add(derivative, other)
        return DualNumber(product, derivative)

    def power(self, base: DualNumber[Array], exponent: Rational) -> DualNumber[Array]:
        value = self.inner.power(base.value, exponent)
        if base.derivative is None or exponent == 0:
            return DualNumber(value)
        if exponent == 1:  # 1/x^0 would be undefined at 0 when it is differentiated again
            return DualNumber(value, base.derivative)
        slope = self._scaled(exponent, self.inner.power(base.value, exponent - 1), base.value)
        return DualNumber(value, self.inner.multiply(slope, base.derivative))

    def apply(self, function: Function, argument: DualNumber[Array]) -> DualNumber[Array]:
        value = self.inner.apply(function, argument.value)
        if argument.derivative is None:
            return DualNumber(value)
        if isinstance(function, Opaque):
            slope = self.inner.apply(Opaque(function.name, function.order + 1), argument.value)
        elif function in (step, sign):
            return DualNumber(value)
        elif function in _SLOPES:
            slope = _SLOPES[function](self, argument.value, value)
        else:
            raise Unsupported(f"no derivative of {function.__name__} is known")
        return DualNumber(value, self.inner.multiply(slope, argument.derivative))

    def total(self, array: DualNumber[Array], axis: int, size: int) -> DualNumber[Array]:
        return self._both(array, lambda part: self.inner.total(part, axis, size))

    def largest(self, array: DualNumber[Array], axis: int, size: int, rank: int) -> DualNumber[Array]:
        value = self.inner.largest(array.value, axis, size, rank)
        if array.derivative is None:
            return DualNumber(value)
        selected = self.inner.selected(array.value, axis, size, rank)
        return DualNumber(value, self.inner.total(self.inner.multiply(selected, array.derivative), axis, size))

    def selected(self, array: DualNumber[Array], axis: int, size: int, rank: int) -> DualNumber[Array]:
        return DualNumber(self.inner.selected(array.value, axis, size, rank))

    def gather(self, array: DualNumber[Array], seats: Sequence[Seat], ndim: int) -> DualNumber[Array]:
        return self._both(array, lambda part: self.inner.gather(part, seats, ndim))

    def _both(self, array: DualNumber[Array], change: Callable[[Array], Array]) -> DualNumber[Array]:
        return DualNumber(change(array.value), None if array.derivative is None else change(array.derivative))

    def _scaled(self, factor: Rational, array: Array, like: Array) -> Array:
        if factor == 1:
            return array
        return self.inner.multiply(self.inner.constant(factor, _ndim(like)), array)

    def negated(self, array: Array) -> Array:
        return self._scaled(S.NegativeOne, array, array)


def _ndim(array: Any) -> int:
    """The number of axes; an arithmetic whose arrays are not NumPy's has `ndim` on them, a dual number on its value."""
    return _ndim(array.value) if isinstance(array, DualNumber) else int(array.ndim)


def _mirrored(dual: Dual[Any], function: Function, argument: Any) -> Any:
    """f(x) f(−x)."""
    inner = dual.inner
    return inner.multiply(inner.apply(function, argument), inner.apply(function, dual.negated(argument)))


def _tanh_slope(dual: Dual[Any], argument: Any, value: Any) -> Any:
    doubled = dual._scaled(Rational(2), argument, argument)
    return dual._scaled(Rational(4), _mirrored(dual, sigmoid, doubled), argument)


def _softplus_slope(dual: Dual[Any], argument: Any, value: Any) -> Any:
    return dual.inner.apply(exp, dual.inner.add(argument, dual.negated(value)))


def _xlogx_slope(dual: Dual[Any], argument: Any, value: Any) -> Any:
    return dual.inner.add(dual.inner.apply(log, argument), dual.inner.constant(S.One, _ndim(argument)))


def _expm1_slope(dual: Dual[Any], argument: Any, value: Any) -> Any:
    return dual.inner.add(value, dual.inner.constant(S.One, _ndim(value)))


def _erf_slope(dual: Dual[Any], argument: Any, value: Any) -> Any:
    root = dual.inner.power(dual.inner.constant(pi, _ndim(argument)), Rational(-1, 2))
    bell = dual.inner.apply(exp, dual.negated(dual.inner.multiply(argument, argument)))
    return dual.inner.multiply(dual._scaled(Rational(2), root, argument), bell)


def _sign(dual: Dual[Any], argument: Any, value: Any) -> Any:
    right, left = dual.inner.apply(step, argument), dual.inner.apply(step, dual.negated(argument))
    return dual.inner.add(right, dual.negated(left))


#: (arithmetic, x, f(x)) ↦ f′(x). σ′ = σ(x) σ(−x), tanh′ = 4 σ(2x) σ(−2x), softplus′ = exp(x − softplus x),
#: expm1′ = expm1 + 1, log1p′ = exp(−log1p).
_SLOPES: dict[Any, Callable[[Dual[Any], Any, Any], Any]] = {
    exp:      lambda dual, x, value: value,
    log:      lambda dual, x, value: dual.inner.power(x, S.NegativeOne),
    log1p:    lambda dual, x, value: dual.inner.apply(exp, dual.negated(value)),
    expm1:    _expm1_slope,
    erf:      _erf_slope,
    sigmoid:  lambda dual, x, value: _mirrored(dual, sigmoid, x),
    tanh:     _tanh_slope,
    softplus: _softplus_slope,
    relu:     lambda dual, x, value: dual.inner.apply(step, x),
    xlogx:    _xlogx_slope,
    Abs:      _sign,
}  # fmt: skip
