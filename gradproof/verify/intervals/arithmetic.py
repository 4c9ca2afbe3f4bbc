"""The arithmetic of enclosures, for the evaluator: NumPy arrays of objects, each a ball or an interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Abs, E, Expr, Rational, pi

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

from .balls import Balls
from .extrema import along_axis, nth_largest, which_is_nth
from .standins import StandIn

Objects = NDArray[np.object_]

_INVERSE = Fraction(-1)


class BallArithmetic:
    """Arrays of enclosures. Kinks are undefined where an enclosure cannot tell the side, so also exactly at the kink.

    standin    the function that takes the place of opaque activations; without one they are Unsupported
    """

    def __init__(self, balls: Balls, standin: StandIn | None = None) -> None:
        self.balls = balls
        self.standin = standin
        self._whole = {value: balls.number(Fraction(value)) for value in (-1, 0, 1)}  # exact at every precision
        self._functions: dict[Any, Callable[[Any], Any]] = {
            exp: balls.exp,
            log: balls.log,
            log1p: lambda x: balls.log(self._number(1) + x),
            expm1: lambda x: balls.exp(x) + self._number(-1),
            erf: balls.erf,
            sigmoid: self._sigmoid,
            tanh: balls.tanh,
            softplus: lambda x: balls.log(self._number(1) + balls.exp(x)),
            xlogx: self._xlogx,
            relu: self._relu,
            step: self._step,
            sign: self._sign,
            Abs: self._absolute,
        }

    def exact(self, values: NDArray[np.float64]) -> Objects:
        """Floats as what they are: exact binary fractions."""
        return self._map(self.balls.binary, values)

    def constant(self, value: Expr, ndim: int) -> Objects:
        if value.is_Rational:
            found = self.balls.number(Fraction(int(value.p), int(value.q)))
        elif value == pi:
            found = self.balls.pi()
        elif value == E:
            found = self.balls.exp(self._number(1))
        else:
            raise Unsupported(f"the number {value} is not enclosed here")
        return _filled((1,) * ndim, found)

    def identity(self, size: int) -> Objects:
        return self._map(self._number, np.eye(size, dtype=int)[None])

    def add(self, first: Objects, second: Objects) -> Objects:
        return np.asarray(first + second)

    def multiply(self, first: Objects, second: Objects) -> Objects:
        return np.asarray(first * second)

    def power(self, base: Objects, exponent: Rational) -> Objects:
        fraction = Fraction(int(exponent.p), int(exponent.q))
        return self._map(lambda value: self.balls.power(value, fraction), base)

    def apply(self, function: Function, argument: Objects) -> Objects:
        if isinstance(function, Opaque):
            if self.standin is None:
                raise Unsupported(f"{function.name} is opaque and nothing stands for it")
            standin = self.standin
            return self._map(lambda value: standin.enclosure(self.balls, value, function), argument)
        if function not in self._functions:
            raise Unsupported(f"{function.__name__} is not enclosed here")
        return self._map(self._functions[function], argument)

    def total(self, array: Objects, axis: int, size: int) -> Objects:
        if array.shape[axis] == 1:
            return self.multiply(array, _filled((1,) * array.ndim, self._number(size)))
        return np.asarray(array.sum(axis=axis, keepdims=True))

    def largest(self, array: Objects, axis: int, size: int, rank: int) -> Objects:
        return along_axis(array, axis, size, lambda values: [nth_largest(self.balls, values, rank)])

    def selected(self, array: Objects, axis: int, size: int, rank: int) -> Objects:
        return along_axis(array, axis, size, lambda values: which_is_nth(self.balls, values, rank))

    def gather(self, array: Objects, seats: Sequence[Seat], ndim: int) -> Objects:
        return np.asarray(gather_axes(array, seats, ndim))

    def _map(self, function: Callable[[Any], Any], array: NDArray[Any]) -> Objects:
        return np.asarray(np.frompyfunc(function, 1, 1)(array), dtype=object)

    def _number(self, value: int) -> Any:
        return self._whole[value] if value in self._whole else self.balls.number(Fraction(int(value)))

    def _sigmoid(self, value: Any) -> Any:
        one = self._number(1)
        return self.balls.power(one + self.balls.exp(self._number(-1) * value), _INVERSE)

    def _xlogx(self, value: Any) -> Any:
        return value if self.balls.ends(value) == (Fraction(0), Fraction(0)) else value * self.balls.log(value)

    def _relu(self, value: Any) -> Any:
        return self._by_side(value, value, self._number(0), at_zero=value)

    def _absolute(self, value: Any) -> Any:
        return self._by_side(value, value, self._number(-1) * value, at_zero=value)

    def _step(self, value: Any) -> Any:
        return self._by_side(value, self._number(1), self._number(0), at_zero=self.balls.undefined())

    def _sign(self, value: Any) -> Any:
        return self._by_side(value, self._number(1), self._number(-1), at_zero=self.balls.undefined())

    def _by_side(self, value: Any, positive: Any, negative: Any, at_zero: Any) -> Any:
        ends = self.balls.ends(value)
        if ends is None:
            return self.balls.undefined()
        low, high = ends
        if low > 0:
            return positive
        if high < 0:
            return negative
        return at_zero if low == high == 0 else self.balls.undefined()


def _filled(shape: tuple[int, ...], value: Any) -> Objects:
    array = np.empty(shape, dtype=object)
    array.fill(value)
    return array
