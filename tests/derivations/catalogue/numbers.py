"""Results in 60 digits, entry by entry, and numbers on which NumPy functions run in 60 digits.

Written for these tests: it shares nothing with the evaluator of the package. Derivatives that stay in a result (named
adjoints) are central differences.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
from sympy import Abs, Add, Expr, Mul, Number, Pow

from gradproof.derivations.calculus import (
    Delta,
    Dim,
    Elementwise,
    Entry,
    Index,
    Largest,
    Partial,
    Selected,
    Sum,
    Tensor,
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

DIGITS = 60
#: A central difference with this step is right to about 40 of 60 digits.
STEP = mpmath.mpf(10) ** -20

FUNCTIONS: dict[type[Elementwise], Callable[[Any], Any]] = {
    exp: mpmath.exp,
    log: mpmath.log,
    sigmoid: lambda x: 1 / (1 + mpmath.exp(-x)),
    tanh: mpmath.tanh,
    softplus: lambda x: mpmath.log(1 + mpmath.exp(x)),
    xlogx: lambda x: x * mpmath.log(x) if x else mpmath.mpf(0),
    relu: lambda x: max(x, mpmath.mpf(0)),
    step: lambda x: mpmath.mpf(x > 0),
    sign: mpmath.sign,
    log1p: lambda x: mpmath.log(1 + x),
    expm1: mpmath.expm1,
    erf: mpmath.erf,
}
Data = dict[tuple[Tensor, tuple[int, ...]], Any]


def value(expression: Expr, at: dict[Index, int], data: Data, sizes: dict[Dim, int]) -> Any:
    """The value of an expression at places of its free indices."""

    def go(part: Expr) -> Any:
        return value(part, at, data, sizes)

    match expression:
        case Number():
            return mpmath.mpf(int(expression.p)) / int(expression.q)
        case Dim():
            return mpmath.mpf(sizes[expression])
        case Entry():
            return entry(expression.tensor, tuple(at[index] for index in expression.indices), data, sizes)
        case Delta():
            first, second = expression.args
            return mpmath.mpf(at[first] == at[second])
        case Add():
            return mpmath.fsum(map(go, expression.args))
        case Mul():
            return mpmath.fprod(map(go, expression.args))
        case Pow():
            return mpmath.power(go(expression.base), go(expression.exp))
        case Abs():
            return abs(go(expression.args[0]))
        case Elementwise():
            return FUNCTIONS[type(expression)](go(expression.argument))
        case Largest() | Selected():
            (index,), places = expression.bound, range(sizes[expression.bound[0].dim])
            found = [value(expression.body, at | {index: place}, data, sizes) for place in places]
            wanted = sorted(found, reverse=True)[expression.rank - 1]
            return wanted if isinstance(expression, Largest) else mpmath.mpf(found[at[expression.at]] == wanted)
        case Abs():
            return abs(go(expression.args[0]))
        case Sum():
            bound = expression.bound
            everywhere = itertools.product(*[range(sizes[index.dim]) for index in bound])
            return mpmath.fsum(
                value(expression.body, at | dict(zip(bound, place, strict=True)), data, sizes) for place in everywhere
            )
        case Largest():
            (index,) = expression.bound
            each = (value(expression.body, at | {index: place}, data, sizes) for place in range(sizes[index.dim]))
            return sorted(each)[-expression.rank]
        case Partial():
            return _difference(expression, at, data, sizes)
    raise TypeError(f"no number for {expression}")


def entry(tensor: Tensor, place: tuple[int, ...], data: Data, sizes: dict[Dim, int]) -> Any:
    """An entry: given, or by its definition."""
    if (tensor, place) not in data and tensor.definition is not None:
        formal, body = tensor.definition
        return value(body, dict(zip(formal, place, strict=True)), data, sizes)
    return data[tensor, place]


def _difference(partial: Partial, at: dict[Index, int], data: Data, sizes: dict[Dim, int]) -> Any:
    tensor = partial.by.tensor
    moved = tuple(at[index] for index in partial.by.indices)
    places = itertools.product(*[range(sizes[dim]) for dim in tensor.dims])
    cut = data | {(tensor, place): entry(tensor, place, data, sizes) for place in places}
    ends = [
        value(partial.expression, at, cut | {(tensor, moved): cut[tensor, moved] + side}, sizes)
        for side in (STEP, -STEP)
    ]
    return (ends[0] - ends[1]) / (2 * STEP)


class High:
    """A number of 60 digits that NumPy carries in arrays of objects: np.exp(a) calls a.exp()."""

    __slots__ = ("number",)

    def __init__(self, number: Any) -> None:
        self.number = mpmath.mpf(number)

    def _with(self, other: Any, operation: Callable[[Any, Any], Any]) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        return High(operation(self.number, plain(other)))

    def __add__(self, other: Any) -> Any:
        return self._with(other, operator.add)

    def __sub__(self, other: Any) -> Any:
        return self._with(other, operator.sub)

    def __rsub__(self, other: Any) -> Any:
        return self._with(other, lambda own, left: left - own)

    def __mul__(self, other: Any) -> Any:
        return self._with(other, operator.mul)

    def __truediv__(self, other: Any) -> Any:
        return self._with(other, operator.truediv)

    def __rtruediv__(self, other: Any) -> Any:
        return self._with(other, lambda own, left: left / own)

    def __pow__(self, other: Any) -> Any:
        return self._with(other, operator.pow)

    def __neg__(self) -> High:
        return High(-self.number)

    def __gt__(self, other: Any) -> bool:
        return bool(self.number > plain(other))

    def __lt__(self, other: Any) -> bool:
        return bool(self.number < plain(other))

    def __ge__(self, other: Any) -> bool:
        return bool(self.number >= plain(other))

    def __le__(self, other: Any) -> bool:
        return bool(self.number <= plain(other))

    def __abs__(self) -> High:
        return High(abs(self.number))

    def conjugate(self) -> High:
        return self

    def exp(self) -> High:
        return High(mpmath.exp(self.number))

    def log(self) -> High:
        return High(mpmath.log(self.number))

    def log1p(self) -> High:
        return High(mpmath.log1p(self.number))

    def expm1(self) -> High:
        return High(mpmath.expm1(self.number))

    def sqrt(self) -> High:
        return High(mpmath.sqrt(self.number))

    def tanh(self) -> High:
        return High(mpmath.tanh(self.number))

    __radd__, __rmul__ = __add__, __mul__


def plain(number: Any) -> Any:
    """A number for mpmath; floats and NumPy's numbers are exact."""
    return number.number if isinstance(number, High) else mpmath.mpf(float(number))
