"""Scalar expressions in 60 digits: written for these tests, it shares nothing with the evaluator of the package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import mpmath
import numpy as np
import torch
from sympy import Abs, Add, Expr, Mul, Number, NumberSymbol, Pow

from gradproof.derivations.calculus import Elementwise, Entry, erf, exp, log, sigmoid, tanh
from gradproof.verify.autograd.graph.signs import Sign

DIGITS = 60
FUNCTIONS: dict[type[Elementwise], Callable[[Any], Any]] = {
    exp: mpmath.exp,
    log: mpmath.log,
    erf: mpmath.erf,
    tanh: mpmath.tanh,
    sigmoid: lambda x: 1 / (1 + mpmath.exp(-x)),
}
#: Torch's functions of the C library are right to so many units in the last place.
UNITS = 4


def value(expression: Expr, at: Mapping[Expr, Any]) -> Any:
    """The number that an expression is."""

    def go(part: Expr) -> Any:
        return value(part, at)

    match expression:
        case Number():
            return mpmath.mpf(int(expression.p)) / int(expression.q)
        case NumberSymbol():
            return mpmath.mpf(str(expression.evalf(DIGITS)))
        case Entry():
            return at[expression]
        case Add():
            return mpmath.fsum(map(go, expression.args))
        case Mul():
            return mpmath.fprod(map(go, expression.args))
        case Pow():
            return mpmath.power(go(expression.base), go(expression.exp))
        case Abs():
            return abs(go(expression.args[0]))
        case Sign():
            argument, *parts = expression.args
            return go(parts[1 - int(mpmath.sign(go(argument)))])
        case Elementwise():
            return FUNCTIONS[type(expression)](go(expression.argument))
    raise TypeError(f"no number for {expression}")


def assert_same(expressions: np.ndarray[Any, Any], at: Mapping[Expr, Any], computed: torch.Tensor) -> None:
    """The expressions have these values, but for roundings in the last place."""
    assert expressions.shape == tuple(computed.shape)
    for expression, number in zip(expressions.flat, computed.reshape(-1).tolist(), strict=True):
        with mpmath.workdps(DIGITS):
            right = value(expression, at)
        assert abs(mpmath.mpf(number) - right) <= UNITS * np.spacing(abs(float(right))), (expression, number, right)
