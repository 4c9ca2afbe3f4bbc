"""The laws of signs and roots, and the chance of an error that the evidence states."""

from __future__ import annotations

import itertools

import pytest
from sympy import Abs, Expr, Integer, Rational

from gradproof.derivations.calculus import Domain, Scalar, exp, relu, sign, step
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.exact import laws
from gradproof.verify.exact.chances import chance, degree_of, moduli

from .oracle import NEGLIGIBLE, Oracle
from .statements import i, n, x, xs, y

ys, pos = Scalar("ys"), Scalar("pos", Domain.POSITIVE)
square = xs**2 + 2 * xs * ys + ys**2


def test_primes_depend_on_the_seed_and_on_the_claim() -> None:
    drawn = {moduli((xs,), 0, seed, key) for seed in range(3) for key in ("one", "two")}
    assert len(drawn) == 6
    assert 2147483647 not in moduli((xs,), 0, 0, "one")


def test_chances_are_small_and_grow() -> None:
    assert chance(100, 16, 10) < 1e-70
    assert chance(100, 16, 10) < chance(100, 8, 10) < chance(1000, 8, 10) < chance(1e9, 8, 10)
    assert chance(1e9, 8, 10) >= 1
    assert degree_of(xs**9, {}) >= 9
    assert degree_of(exp(xs**9), {}) >= 9
    assert degree_of(x[i] * y[i] / (1 + x[i] ** 2), {n: 3}) >= 4


@pytest.mark.parametrize("kind", [step, sign, relu, Abs])
@pytest.mark.parametrize(
    "argument",
    [xs, -3 * xs, xs * ys, -xs / ys, xs**2 * ys, -(xs**2), xs**2 - ys**2, square, pos * xs, pos - xs],
    ids=str,
)
def test_signs_of_products(kind: type[Expr], argument: Expr) -> None:
    """The values are compared at points of both signs and at 0."""
    split = laws.piecewise(kind, argument, frozenset())
    for first, second in itertools.product((-2, 0, 1, 3), (-2, 1, 2, 3)):
        oracle = Oracle({})
        oracle._data = {entry.tensor: {(): value} for entry, value in ((xs, first), (ys, second), (pos, 2))}
        assert abs(oracle.value(kind(argument), {}) - oracle.value(split, {})) < NEGLIGIBLE


@pytest.mark.parametrize(
    "base", [pos, 12 * pos, xs**2 * pos, 8 * xs**2 * ys**2, pos * ys, square, pos / (4 * xs**2)], ids=str
)
@pytest.mark.parametrize("exponent", [Rational(1, 2), Rational(-3, 2)])
def test_roots_of_products(base: Expr, exponent: Rational) -> None:
    split = laws.root(base, exponent, frozenset())
    for first, second in itertools.product((-2, 1, 3), (1, 3, 5)):
        oracle = Oracle({})
        oracle._data = {entry.tensor: {(): Oracle({}).value(Integer(value), {})} for entry, value in
                        ((xs, first), (ys, second), (pos, 2))}  # fmt: skip
        assert abs(oracle.value(base**exponent, {}) - oracle.value(split, {})) < NEGLIGIBLE


def test_odd_roots_of_what_may_be_negative_are_refused() -> None:
    with pytest.raises(Unsupported, match="not known to be positive"):
        laws.root(xs * pos, Rational(1, 3), frozenset())
    assert laws.root(xs * pos, Rational(1, 3), frozenset((xs,))).has(xs)
