"""Derivatives of traced formulas against dual numbers in a finite field, which know nothing of the rules."""

from __future__ import annotations

import pytest
from sympy import Abs, Expr, S

from gradproof.derivations.calculus import (
    Partial,
    Relation,
    Scalar,
    erf,
    exp,
    expm1,
    log,
    log1p,
    relu,
    sigmoid,
    softplus,
    sqrt,
    tanh,
)
from gradproof.regression.differentiation import AtZero, derivative, without_kinks
from gradproof.verify.autograd.graph.signs import Sign
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.verdict import Verdict

x, y = Scalar("x"), Scalar("y")

FUNCTIONS: list[Expr] = [
    x**3 * y - 2 * x / y,
    exp(x * y) / (1 + exp(-x)),
    log(1 + exp(x)) * tanh(x * y),
    sqrt(1 + x**2) ** 3,
    sigmoid(x * y) * softplus(x),
    erf(x) * x,
    expm1(x) + log1p(exp(x)),
    relu(x) * y,
    Abs(x) * x,
    exp(x) ** y,
]


@pytest.mark.parametrize("function", FUNCTIONS, ids=str)
def test_a_derivative(function: Expr) -> None:
    claim = Claim("derivative", Partial(function, x), Relation.EQUAL, derivative(function, x))
    assert check(claim).verdict.ok


@pytest.mark.parametrize("function", FUNCTIONS[:5], ids=str)
def test_a_wrong_derivative_is_seen(function: Expr) -> None:
    claim = Claim("derivative", Partial(function, x), Relation.EQUAL, derivative(function, x) * (1 + S(10) ** -6))
    assert check(claim).verdict is Verdict.REFUTED


def test_a_second_derivative() -> None:
    claim = Claim("Hessian", Partial(Partial(exp(x * y), x), y), Relation.EQUAL, derivative(exp(x * y), x, y))
    assert check(claim).verdict is Verdict.PROVED


def test_nothing_is_claimed_at_a_kink() -> None:
    kink = Sign(x - y, x, x, y)
    assert derivative(kink, x) == Sign(x - y, S.One, AtZero(S.One), S.Zero)
    assert without_kinks(2 * AtZero(x) + y, boundary=True) is S.NaN
    assert without_kinks(2 * AtZero(x) + y, boundary=False) == 2 * x + y


def test_what_is_plainly_smooth_has_a_derivative_everywhere() -> None:
    elsewhere = Sign(y, y, S.Zero, S.Zero)
    assert derivative(elsewhere * x, x) == elsewhere
    assert derivative(Sign(x, x + x**2, S.Zero, x), y) == 0


def test_a_jump_has_no_derivative_at_its_place() -> None:
    jump = Sign(x, S.One, S.Zero, S.Zero)
    assert derivative(jump, x) == Sign(x, S.Zero, AtZero(S.Zero), S.Zero)


def test_what_has_no_rule_is_refused() -> None:
    with pytest.raises(Unsupported, match="no derivative of Min"):
        from sympy import Min

        derivative(Min(x, y, evaluate=False), x)
