"""A form evaluated in a dtype, each operation rounded to it: by NumPy, and by Torch for bfloat16.

What the library rounds is measured, with the library's own exp and log. A fraction is divided once, as it is written:
x/m is not x times the rounded 1/m.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Abs, Expr, Mul, Pow, Rational, S

from gradproof.derivations.calculus import (
    Index,
    Tensor,
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
from gradproof.verify.evaluation import Arithmetic, Evaluator, Function, Opaque, Point, Seat, Unsupported, gather_axes

from .formats import Format

Numbers = NDArray[Any]


def _sigmoid(x: Numbers) -> Numbers:
    """e^min(x, 0) / (1 + e^−|x|): NumPy has no sigmoid of its own, and this is how libraries write theirs."""
    return np.asarray(np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x))))


FUNCTIONS: dict[Any, Callable[[Numbers], Numbers]] = {
    exp: np.exp,
    expm1: np.expm1,
    log: np.log,
    log1p: np.log1p,
    sigmoid: _sigmoid,
    tanh: np.tanh,
    softplus: lambda x: np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))),
    xlogx: lambda x: np.where(x == 0, x, x * np.log(x)),
    relu: lambda x: np.maximum(x, 0),
    step: lambda x: (x > 0).astype(x.dtype),
    sign: np.sign,
    Abs: np.abs,
}


class Floats:
    """Arrays of one dtype of NumPy."""

    def __init__(self, dtype: Any) -> None:
        self.dtype = np.dtype(dtype)

    def constant(self, value: Expr, ndim: int) -> Numbers:
        number = int(value.p) / int(value.q) if value.is_Rational else float(value.evalf(30))
        return np.full((1,) * ndim, number, self.dtype)

    def identity(self, size: int) -> Numbers:
        return np.eye(size, dtype=self.dtype)[None]

    def add(self, first: Numbers, second: Numbers) -> Numbers:
        return np.asarray(first + second)

    def multiply(self, first: Numbers, second: Numbers) -> Numbers:
        return np.asarray(first * second)

    def power(self, base: Numbers, exponent: Rational) -> Numbers:
        if exponent == Rational(1, 2):
            return np.asarray(np.sqrt(base))
        if exponent == 2:
            return np.asarray(base * base)
        return np.asarray(np.power(base, np.asarray(float(exponent), self.dtype)))

    def apply(self, function: Function, argument: Numbers) -> Numbers:
        if isinstance(function, Opaque) or function not in FUNCTIONS:
            raise Unsupported(f"{function} is not evaluated in {self.dtype}")
        return np.asarray(FUNCTIONS[function](argument))

    def total(self, array: Numbers, axis: int, size: int) -> Numbers:
        if array.shape[axis] == 1:
            return np.asarray(array * self.dtype.type(size))
        return np.asarray(array.sum(axis=axis, keepdims=True, dtype=self.dtype))

    def largest(self, array: Numbers, axis: int, size: int, rank: int) -> Numbers:
        spread = np.repeat(array, size, axis) if array.shape[axis] == 1 else array
        if rank > size:
            return np.full_like(array.sum(axis=axis, keepdims=True), np.nan)
        return np.asarray(np.take(np.sort(spread, axis=axis), [size - rank], axis=axis))

    def selected(self, array: Numbers, axis: int, size: int, rank: int) -> Numbers:
        """Which place attains the largest value is no number that is rounded; a form to compute with has none."""
        raise Unsupported(f"the place of the largest value is not evaluated in {self.dtype}")

    def gather(self, array: Numbers, seats: Sequence[Seat], ndim: int) -> Numbers:
        return np.asarray(gather_axes(array, seats, ndim))


class AsWritten(Evaluator[Any]):
    """Divides where a fraction is written, instead of multiplying by a reciprocal."""

    def _compute(self, expression: Expr, axes: tuple[Index, ...]) -> Any:
        if isinstance(expression, (Mul, Pow)):
            above, below = _fraction(expression)
            if below is not S.One:
                return self.value(above, axes) / self.value(below, axes)
        return super()._compute(expression, axes)


def _fraction(expression: Expr) -> tuple[Expr, Expr]:
    """Numerator and denominator as they stand; SymPy's own `fraction` would multiply them out."""
    above, below = [], []
    for factor in Mul.make_args(expression):
        base, exponent = factor.as_base_exp()
        if isinstance(factor, Rational):
            above += [S(factor.p)] if factor.p != 1 else []
            below += [S(factor.q)] if factor.q != 1 else []
        elif exponent.is_Rational and exponent < 0:
            below.append(base**-exponent)
        else:
            above.append(factor)
    return _product(above), _product(below)


def _product(factors: list[Expr]) -> Expr:
    if len(factors) < 2:
        return factors[0] if factors else S.One
    return Mul(*factors, evaluate=False)


def unavailable(dtype: Format) -> str:
    """Why nothing can be evaluated in this dtype here; empty if it can."""
    if dtype.name == "bfloat16" and importlib.util.find_spec("torch") is None:
        return "Torch is not installed"
    return ""


def computed(expression: Expr, axes: tuple[Index, ...], point: Point[Any], dtype: Format) -> NDArray[np.float64]:
    """The values of a form in the dtype, as float64; axes: points, then the indices.

    point    its data are numbers of the dtype, as float64
    Raises Unsupported for an expression that the dtype's library has no functions for.
    """
    if dtype.name == "bfloat16":
        return _in_torch(expression, axes, point)
    arithmetic = Floats(dtype.name)
    here: Point[Any] = Point(point.sizes, lambda tensor: point.data(tensor).astype(arithmetic.dtype))
    with np.errstate(all="ignore"):
        found = AsWritten(arithmetic, here).value(expression, axes)
    if found.dtype != arithmetic.dtype:
        raise TypeError(f"{expression} left {arithmetic.dtype} for {found.dtype}")
    return np.asarray(found.astype(np.float64))


def _in_torch(expression: Expr, axes: tuple[Index, ...], point: Point[Any]) -> NDArray[np.float64]:
    import torch

    from gradproof.verify.autograd.arithmetic import TorchArithmetic

    arithmetic: Arithmetic[Any] = TorchArithmetic(torch.device("cpu"), torch.bfloat16)

    def data(tensor: Tensor) -> Any:
        return torch.from_numpy(np.ascontiguousarray(point.data(tensor))).to(torch.bfloat16)

    found = AsWritten(arithmetic, Point(point.sizes, data)).value(expression, axes)
    if found.dtype is not torch.bfloat16:
        raise TypeError(f"{expression} left bfloat16 for {found.dtype}")
    return np.asarray(found.double().numpy())
