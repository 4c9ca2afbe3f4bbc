"""Limits with parameters: proved for all values, refuted at one, left open where a denominator may be 0."""

from __future__ import annotations

import mpmath
import pytest
from sympy import Expr, Rational, S

from gradproof.derivations.calculus import (
    Activation,
    Dim,
    Domain,
    Limit,
    NonZero,
    Partial,
    Relation,
    Scalar,
    Vector,
    define,
    exp,
    log,
    sqrt,
)
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.exact.limits import LimitValue
from gradproof.verify.verdict import Budget, Evidence, Verdict

h, x, y = Scalar("h"), Scalar("x"), Scalar("y")
t = Scalar("t", Domain.POSITIVE)
u = Scalar("u", Domain.UNIT)
bit = Scalar("bit", Domain.BINARY)
n = Dim("n")
(i,) = n.indices("i")
z = Vector("z", n)
f = define("f", (x + h) ** 2)
phi = Activation("phi")

#: Functions, targets, limits, and the function in mpmath.
KNOWN = [
    (((x + h) ** 2 - x**2) / h, 0, 2 * x, lambda h, x, t: ((x + h) ** 2 - x**2) / h),
    ((f[()] - x**2) / h, 0, 2 * x, lambda h, x, t: ((x + h) ** 2 - x**2) / h),
    (((x + h) ** 3 - x**3) / h, 0, 3 * x**2, lambda h, x, t: ((x + h) ** 3 - x**3) / h),
    ((1 / (t + h) - 1 / t) / h, 0, -1 / t**2, lambda h, x, t: (1 / (t + h) - 1 / t) / h),
    ((exp(x + h) - exp(x)) / h, 0, exp(x), lambda h, x, t: (mpmath.exp(x + h) - mpmath.exp(x)) / h),
    ((exp(2 * h) - 1) / h * x, 0, 2 * x, lambda h, x, t: (mpmath.exp(2 * h) - 1) / h * x),
    ((h**2 - 1) * x / (h - 1), 1, 2 * x, lambda h, x, t: (h**2 - 1) * x / (h - 1)),
    (x / (1 + exp(-h)) + 0 * h, S.Infinity, x, None),
    ((1 - u**h) / (1 - u), S.Infinity, 1 / (1 - u), None),
    (x * (2 + u**h) / (t + u**h), S.Infinity, 2 * x / t, None),
    (x + u ** (-h) * t, S.NegativeInfinity, x, None),
    ((h**2 - x**2 + (x - 1) ** 2) / (t + h), 1, (2 - 2 * x) / (t + 1), None),
]


def decided(lhs: Expr, rhs: Expr, *given: NonZero) -> Evidence:
    return LimitValue().run(Claim("limit", lhs, Relation.EQUAL, rhs, tuple(given)), Budget(), seed=0)


@pytest.mark.parametrize(("function", "target", "expected", "plain"), KNOWN)
def test_a_limit_is_proved_and_the_function_comes_close_to_it(function, target, expected, plain) -> None:
    found = decided(Limit(function, h, target), expected)
    assert found.verdict is Verdict.PROVED, found.detail
    assert found.scope == "every value of the variables"
    if plain is not None:
        with mpmath.workdps(60):
            numbers = {x: Rational(7, 5), t: Rational(3, 2)}
            value = mpmath.mpf(1) * plain(target + mpmath.mpf(10) ** -25, mpmath.mpf(7) / 5, mpmath.mpf(3) / 2)
            limit = mpmath.exp(mpmath.mpf(7) / 5) if expected == exp(x) else mpmath.mpf(1)
            if expected != exp(x):
                number = expected.xreplace(numbers)
                limit = mpmath.mpf(int(number.p)) / int(number.q)
            assert abs(value - limit) < mpmath.mpf(10) ** -20


@pytest.mark.parametrize(("function", "target", "expected", "plain"), KNOWN)
@pytest.mark.parametrize("slip", [lambda e: -e, lambda e: e + 1, lambda e: 2 * e, lambda e: e * x, lambda e: e + x])
def test_a_wrong_limit_is_refuted_at_a_point(function, target, expected, plain, slip) -> None:
    found = decided(Limit(function, h, target), slip(expected))
    assert found.verdict is Verdict.REFUTED, found.detail
    assert found.counterexample is not None
    assert found.counterexample.lhs != found.counterexample.rhs
    assert "h = →" in str(found.counterexample)


#: What may be undefined for some values of the parameters, or is not known here.
OPEN = [
    (Limit((1 / (x + h) - 1 / x) / h, h, 0), -1 / x**2, "may be 0 near 0"),
    (Limit((h * x + h**2) / (h * x), h, 0), S.One, "may be 0 near 0"),
    (Limit(h / (h + x - y), h, 0), S.Zero, "may be 0 near 0"),
    (Limit(h / (x**2 + h), h, 0), S.Zero, "may be 0 near 0"),
    (Limit(t / h**2, h, 0), S.Zero, "no finite limit"),
    (Limit((t + h) / h, h, 0), S.One, "no finite limit"),
    (Limit((log(t + h) - log(t)) / h, h, 0), 1 / t, "no polynomial"),
    (Limit((sqrt(t + h) - sqrt(t)) / h, h, 0), 1 / sqrt(t), "no polynomial"),
    (Limit((phi(x + h) - phi(x)) / h, h, 0), phi(x, 1), "no polynomial"),
    (Limit(exp(x + h), h, S.Infinity), S.Zero, "no finite limit"),
    (Limit((x + h) / (t + h), h, S.Infinity), S.One, "with parameters"),
    (Limit(t**h, h, S.Infinity), S.Zero, "with parameters"),
    (Limit(u**h, h, S.NegativeInfinity), S.Zero, "with parameters"),
    (Limit(x * u**h * h, h, S.Infinity), S.Zero, "with parameters"),
    (Limit(x / u**h, h, S.Infinity), S.Zero, "with parameters"),
    (Limit(1 / (x + u**h), h, S.Infinity), 1 / x, "may be 0 near 0"),
    (Limit(Partial((x + h) ** 2, x), h, 0), 2 * x, "the derivative"),
    (Limit(x * h, h, 0) ** 2, S.Zero, "no sum or product of limits"),
]


@pytest.mark.parametrize(("limit", "claimed", "reason"), OPEN)
def test_what_is_not_known_for_all_values_is_left_open(limit, claimed, reason) -> None:
    found = decided(limit, claimed)
    assert found.verdict is Verdict.UNDECIDED
    assert reason in found.detail


def test_nothing_is_refuted_where_the_parameters_are_not_free() -> None:
    """Under conditions, for what is 0 or 1 and for vectors a point that is right is not looked for."""
    for lhs, rhs, given in (
        (Limit(x + h, h, 0), 2 * x, (NonZero(x),)),
        (Limit(bit + h, h, 0), 2 * bit, ()),
        (Limit(z[i] + h, h, 0), 2 * z[i], ()),
        (Limit(n * x + h, h, 0), x, ()),
    ):
        assert decided(lhs, rhs, *given).verdict is Verdict.UNDECIDED
    assert decided(Limit(z[i] + h, h, 0), z[i]).verdict is Verdict.PROVED


def test_a_number_between_0_and_1_is_refuted_there() -> None:
    found = decided(Limit(u + h, h, 0), 2 * u)
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample is not None and found.counterexample.values["u"] == "1/2"


def test_sides_that_agree_at_some_points_are_refuted_at_another() -> None:
    found = decided(Limit(x + h, h, 0), x + (x - 2) * (2 * x - 1))
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample is not None and found.counterexample.values["x"] == "5"
    assert decided(Limit(x + h, h, 0), x + (x - 2) * (2 * x - 1) * (x - 5)).verdict is Verdict.UNDECIDED


def test_a_claim_about_a_limit_with_parameters_is_checked_by_this_method() -> None:
    report = check(Claim("slope", Limit(((x + h) ** 2 - x**2) / h, h, 0), Relation.EQUAL, 2 * x))
    assert report.verdict is Verdict.PROVED
    assert report.evidence[0].method == "exact limit"
