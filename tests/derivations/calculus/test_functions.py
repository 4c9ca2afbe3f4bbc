"""The tables of functions, row by row, against high-precision numbers that know nothing of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import pytest
from sympy import Abs, Add, Expr, Mul, NumberSymbol, Pow, Rational, pi

from gradproof.derivations.calculus import (
    DEFINITIONS,
    DERIVATIVES,
    Activation,
    Elementwise,
    Scalar,
    derivative,
    erf,
    exp,
    expm1,
    log,
    log1p,
    relu,
    sigmoid,
    sign,
    softplus,
    sqrt,
    step,
    tanh,
    xlogx,
)

DIGITS = 60

#: What each function is, written for this test: sigmoid by tanh, tanh by the library, and so on.
MEANING: dict[type[Elementwise], Callable[[Any], Any]] = {
    exp: mpmath.exp,
    log: mpmath.log,
    sigmoid: lambda x: (1 + mpmath.tanh(x / 2)) / 2,
    tanh: mpmath.tanh,
    softplus: lambda x: mpmath.log1p(mpmath.exp(x)),
    log1p: lambda x: mpmath.log(1 + x),
    expm1: mpmath.expm1,
    erf: mpmath.erf,
    sign: mpmath.sign,
    xlogx: lambda x: x * mpmath.log(x),
    relu: lambda x: max(x, mpmath.mpf(0)),
    step: lambda x: mpmath.mpf(x > 0),
}
POSITIVE_ONLY = {log, xlogx}
POINTS = [mpmath.mpf(q) / 7 for q in (-40, -9, -3, -1, 1, 2, 5, 8, 30)]


def number(expression: Expr, x: Any) -> Any:
    """The value of an expression in one scalar, in mpmath."""
    match expression:
        case NumberSymbol():
            assert expression == pi
            return +mpmath.pi
        case Rational():
            return mpmath.mpf(int(expression.p)) / int(expression.q)
        case Add():
            return mpmath.fsum(number(part, x) for part in expression.args)
        case Mul():
            return mpmath.fprod(number(part, x) for part in expression.args)
        case Pow():
            return mpmath.power(number(expression.base, x), number(expression.exp, x))
        case Elementwise():
            return MEANING[type(expression)](number(expression.argument, x))
    assert expression == Scalar("x")
    return x


def points(function: type[Elementwise]) -> list[Any]:
    least = 0 if function in POSITIVE_ONLY else -1 if function is log1p else -100
    return [x for x in POINTS if x > least]


def close(first: Any, second: Any, digits: int) -> bool:
    return abs(first - second) <= mpmath.mpf(10) ** -digits * max(abs(first), abs(second))


def test_every_function_has_a_derivative_and_a_meaning_here() -> None:
    ours = {function for function in Elementwise.__subclasses__() if function.__module__.startswith("gradproof.")}
    assert set(DERIVATIVES) == ours == set(MEANING)
    assert len(DEFINITIONS) >= 4


@pytest.mark.parametrize("function", list(DERIVATIVES), ids=lambda f: f.__name__)
def test_each_derivative_is_the_slope(function: type[Elementwise]) -> None:
    """A central difference with 90 digits and a step of 1e-20 is right to 40 digits, of a slope of 1e-15 to 30."""
    stated = derivative(function(Scalar("x")))
    with mpmath.workdps(DIGITS + 30):
        h = mpmath.mpf(10) ** -20
        for x in points(function):
            slope = (MEANING[function](x + h) - MEANING[function](x - h)) / (2 * h)
            assert close(number(stated, x), slope, 30), f"{function.__name__}′({x})"


def test_the_derivative_of_the_absolute_value_is_the_sign() -> None:
    with mpmath.workdps(DIGITS):
        for x in POINTS:
            assert (
                number(derivative(Abs(Scalar("x"))), x) == (abs(x + 1 / mpmath.mpf(8)) - abs(x - 1 / mpmath.mpf(8))) * 4
            )


@pytest.mark.parametrize("function", list(DEFINITIONS), ids=lambda f: f.__name__)
def test_each_definition_is_the_function(function: type[Elementwise]) -> None:
    body = DEFINITIONS[function](Scalar("x"))
    allowed = {exp, log}
    assert {type(part) for part in body.atoms(Elementwise)} <= allowed
    with mpmath.workdps(DIGITS):
        for x in points(function):
            assert close(number(body, x), MEANING[function](x), DIGITS - 10)


def test_the_comparison_sees_a_wrong_slope() -> None:
    """The guard above fires: a slope that is off by 1e-29 of itself is not close."""
    with mpmath.workdps(DIGITS):
        assert not close(mpmath.mpf(1), 1 + mpmath.mpf(10) ** -29, 30)
        h = mpmath.mpf(10) ** -20
        wrong = number(sigmoid(Scalar("x")), POINTS[5])  # σ for σ′
        assert not close(wrong, (MEANING[sigmoid](POINTS[5] + h) - MEANING[sigmoid](POINTS[5] - h)) / (2 * h), 1)


def test_functions_do_not_rewrite_themselves() -> None:
    x, y = Scalar("x"), Scalar("y")
    assert isinstance(exp(x) * exp(y), Mul)
    assert log(exp(x)) != x
    assert exp(log(x)) != x
    assert exp(x - x) == exp(0) != 1
    assert sqrt(x) ** 2 == x


def test_activations_count_their_derivatives() -> None:
    phi, psi, x = Activation("phi"), Activation("psi"), Scalar("x")
    assert derivative(derivative(phi(x))) == phi(x, order=2)
    assert phi(x) != psi(x)
    assert (phi(x).name, phi(x).order, phi(x).argument) == ("phi", 0, x)


@pytest.mark.parametrize(
    ("function", "sign"),
    [
        (exp, "positive"),
        (sigmoid, "positive"),
        (softplus, "positive"),
        (relu, "nonnegative"),
        (step, "nonnegative"),
    ],
)
def test_signs_that_the_functions_claim_are_true(function: type[Elementwise], sign: str) -> None:
    assert getattr(function(Scalar("x")), f"is_{sign}") is True
    values = [MEANING[function](x) for x in POINTS]
    assert all(value > 0 if sign == "positive" else value >= 0 for value in values)
    assert tanh(Scalar("x")).is_positive is None
