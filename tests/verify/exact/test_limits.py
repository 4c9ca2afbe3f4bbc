"""Limits are computed exactly; what is not a rational function of an exponential is left undecided."""

import math

import pytest
from sympy import Rational, S

from gradproof.derivations.calculus import Limit, Relation, Scalar, define, exp, log, sigmoid, softplus, tanh
from gradproof.verify.claim import Claim
from gradproof.verify.exact.limits import LimitValue, value
from gradproof.verify.verdict import Budget, Verdict

x = Scalar("x")
s = define("sigma", 1 / (1 + exp(-x)))
PLUS, MINUS = S.Infinity, S.NegativeInfinity


def _verdict(lhs, rhs):
    method = LimitValue()
    claim = Claim("limit", lhs, Relation.EQUAL, rhs)
    assert method.supports(claim) == ""
    return method.run(claim, Budget(), seed=0)


CASES = [
    (sigmoid(x), PLUS, 1, lambda v: 1 / (1 + math.exp(-v))),
    (sigmoid(x), MINUS, 0, lambda v: 1 / (1 + math.exp(-v))),
    (s[()] * (1 - s[()]), PLUS, 0, lambda v: math.exp(-v) / (1 + math.exp(-v)) ** 2),
    (tanh(x), PLUS, 1, math.tanh),
    (tanh(x), MINUS, -1, math.tanh),
    ((3 + 2 / exp(x)) / (5 - 1 / exp(x)), PLUS, Rational(3, 5), lambda v: (3 + 2 * math.exp(-v)) / (5 - math.exp(-v))),
]


@pytest.mark.parametrize(("function", "target", "expected", "plain"), CASES)
def test_limits_are_exact_and_functions_come_close_to_them(function, target, expected, plain):
    assert _verdict(Limit(function, x, target), S(expected)).verdict is Verdict.PROVED
    far = 30.0 if target is PLUS else -30.0
    # e^-30 < 1e-13 is what is left of the exponentials there, at most five times as much of their quotients
    assert abs(plain(far) - float(expected)) < 5 * math.exp(-30)


@pytest.mark.parametrize(("function", "target", "expected", "plain"), CASES)
def test_a_wrong_limit_is_refuted_with_both_values(function, target, expected, plain):
    evidence = _verdict(Limit(function, x, target), S(expected) + 1)
    assert evidence.verdict is Verdict.REFUTED
    assert evidence.counterexample is not None
    assert evidence.counterexample.lhs == str(S(expected))
    assert "∞" in str(evidence.counterexample)


def test_sums_and_products_of_limits_are_computed():
    half = Limit(sigmoid(x), x, PLUS) / 2
    assert _verdict(half + Limit(tanh(x), x, MINUS), Rational(-1, 2)).verdict is Verdict.PROVED
    assert _verdict(half + Limit(tanh(x), x, MINUS), Rational(1, 2)).verdict is Verdict.REFUTED
    assert _verdict(Limit(exp(x), x, PLUS) - Limit(exp(x), x, PLUS) * 2, S.Zero).verdict is Verdict.UNDECIDED


def test_an_improper_limit_is_infinite():
    assert value(Limit(exp(x), x, PLUS)) is S.Infinity
    assert value(Limit(-exp(-x), x, MINUS)) is S.NegativeInfinity


@pytest.mark.parametrize("function", [x * exp(-x), softplus(x), log(x), exp(x / 2), exp(x**2)])
def test_what_is_no_rational_function_of_an_exponential_is_undecided(function):
    evidence = _verdict(Limit(function, x, PLUS), S.Zero)
    assert evidence.verdict is Verdict.UNDECIDED
    assert evidence.detail


def test_claims_without_a_limit_are_left_to_others():
    assert LimitValue().supports(Claim("plain", exp(x), Relation.EQUAL, exp(x)))


@pytest.mark.parametrize("target", [S.Zero, S.One])
def test_limits_are_taken_at_infinity_only(target):
    with pytest.raises(TypeError, match="taken at oo or -oo"):
        Limit(exp(x), x, target)
