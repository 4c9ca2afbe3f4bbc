"""An evaluator of its own for these tests: one number at a time, straight from the meaning, with its rounding error."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from sympy import Abs, Add, Expr, Mul, Number, Pow

from gradproof.derivations.calculus import (
    Applied,
    Delta,
    Dim,
    Entry,
    Index,
    Largest,
    Partial,
    Selected,
    Sum,
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

Arrays = Mapping[str, Any]
#: f and the size of its slope, for the error that it passes on.
FUNCTIONS: dict[type[Expr], tuple[Callable[[float], float], Callable[[float], float]]] = {
    exp: (math.exp, math.exp),
    log: (math.log, lambda x: 1 / x),
    tanh: (math.tanh, lambda x: 1.0),
    sigmoid: (lambda x: 1 / (1 + math.exp(-x)), lambda x: 1.0),
    softplus: (lambda x: math.log(1 + math.exp(x)), lambda x: 1.0),
    relu: (lambda x: max(x, 0.0), lambda x: 1.0),
    xlogx: (lambda x: x * math.log(x), lambda x: abs(math.log(x)) + 1),
    step: (lambda x: float(x > 0), lambda x: 0.0),
    log1p: (math.log1p, lambda x: 1 / (1 + x)),
    expm1: (math.expm1, math.exp),
    erf: (math.erf, lambda x: 1.2),
    sign: (lambda x: math.copysign(1.0, x), lambda x: 0.0),
    Abs: (abs, lambda x: 1.0),
}


@dataclass(frozen=True)
class Measured:
    """A number and a bound of its rounding error, in units of the machine's rounding (running error analysis)."""

    value: float
    error: float = 0.0


def data_name(derivative: Expr) -> str:
    """The key of a derivative that is data, also of a second one: dL_dp, dL_dp_dq."""
    if isinstance(derivative, Partial):
        return f"{data_name(derivative.expression)}_d{derivative.by.tensor.name}"
    return f"d{derivative.tensor.name}"


def data_axes(derivative: Expr) -> tuple[Index, ...]:
    if isinstance(derivative, Partial):
        return (*data_axes(derivative.expression), *derivative.by.indices)
    return derivative.indices


def value(
    expression: Expr, at: Mapping[Index, int], arrays: Arrays, sizes: Mapping[Dim, int], known: dict[Any, Measured]
) -> Measured:
    """One entry of an expression. Opaque activations are sin, ψ cos, and their derivatives; ∂L/∂p is the array dL_dp.

    known  entries of defined tensors that were computed before
    """

    def go(part: Expr) -> Measured:
        return value(part, at, arrays, sizes, known)

    def places_of(place: int) -> Measured:
        return value(expression.body, {**at, expression.bound[0]: place}, arrays, sizes, known)

    match expression:
        case Number():
            return Measured(float(expression), abs(float(expression)))
        case Dim():
            return Measured(float(sizes[expression]))
        case Entry():
            tensor = expression.tensor
            if tensor.definition is not None and tensor.name not in arrays:
                formal, body = tensor.definition
                place = tuple(at[index] for index in expression.indices)
                if (tensor, place) not in known:
                    inside = dict(zip(formal, place, strict=True))
                    known[tensor, place] = value(body, inside, arrays, sizes, known)
                return known[tensor, place]
            return Measured(float(np.asarray(arrays[expression.tensor.name])[tuple(at[i] for i in expression.indices)]))
        case Delta():
            return Measured(float(at[expression.args[0]] == at[expression.args[1]]))
        case Partial():
            return Measured(float(arrays[data_name(expression)][tuple(at[i] for i in data_axes(expression))]))
        case Add():
            return _total(list(map(go, expression.args)))
        case Mul():
            result, error = 1.0, 0.0
            for factor in map(go, expression.args):
                error = abs(result) * factor.error + abs(factor.value) * error + abs(result * factor.value)
                result *= factor.value
            return Measured(result, error)
        case Pow():
            base, power = go(expression.base), go(expression.exp)
            result = base.value**power.value
            fixed = isinstance(expression.exp, Number)
            bend = 0.0 if fixed else abs(result * math.log(base.value)) * power.error
            return Measured(result, abs(power.value * result / base.value) * base.error + bend + 2 * abs(result))
        case Applied():
            argument = go(expression.argument)
            turns = expression.order + (expression.name == "psi")
            return Measured(math.sin(argument.value + turns * math.pi / 2), argument.error + 4)
        case Largest() | Selected():
            ranked = sorted(range(sizes[expression.bound[0].dim]), key=lambda place: -places_of(place).value)
            place = ranked[expression.rank - 1]
            if isinstance(expression, Largest):
                return places_of(place)
            return Measured(float(at[expression.at] == place))
        case Sum():
            body, bound = expression.open()
            places = itertools.product(*(range(sizes[index.dim]) for index in bound))
            return _total(
                [value(body, {**at, **dict(zip(bound, place, strict=True))}, arrays, sizes, known) for place in places]
            )
    function, slope = FUNCTIONS[type(expression)]
    argument = go(expression.args[0])
    result = function(argument.value)
    return Measured(result, abs(slope(argument.value)) * argument.error + 2 * abs(result) + slope(argument.value))


def _total(terms: list[Measured]) -> Measured:
    sizes = math.fsum(abs(term.value) for term in terms)
    return Measured(math.fsum(term.value for term in terms), math.fsum(term.error for term in terms) + sizes)


def values(
    expression: Expr, indices: tuple[Index, ...], arrays: Arrays, sizes: Mapping[Dim, int]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """All entries of an expression with their error bounds, an axis for each index."""
    shape = tuple(sizes[index.dim] for index in indices)
    result, error = np.empty(shape), np.empty(shape)
    known: dict[Any, Measured] = {}
    for place in np.ndindex(shape):
        entry = value(expression, dict(zip(indices, place, strict=True)), arrays, sizes, known)
        result[place], error[place] = entry.value, entry.error
    return result, error


@pytest.fixture
def evaluate() -> Callable[..., Any]:
    """All entries of an expression, without their error bounds."""
    return lambda *arguments: values(*arguments)[0]


@pytest.fixture
def assert_same() -> Callable[..., None]:
    """Asserts that an array has the shape and the entries of an expression, up to the rounding of both.

    Another order of the same operations has a bound of the same kind; 16 covers the orders of sums that are met here.
    """

    def compare(result: Any, expression: Expr, indices: tuple[Index, ...], arrays: Arrays, sizes: Any) -> None:
        expected, error = values(expression, indices, arrays, sizes)
        assert np.shape(result) == expected.shape
        allowed = 16 * np.finfo(float).eps * (error + np.abs(expected))
        assert np.all(np.abs(np.asarray(result) - expected) <= allowed), (result, expected)  # NaN fails too

    return compare
