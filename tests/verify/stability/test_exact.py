"""Exact values read off enclosures, by Arb and by mpmath's intervals."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from sympy import Expr, Integer

from gradproof.derivations.calculus import (
    Dim,
    Negative,
    NonZero,
    Positive,
    Scalar,
    Vector,
    exp,
    expm1,
    log,
    log1p,
    sqrt,
)
from gradproof.verify.intervals.balls import ArbBalls, Balls
from gradproof.verify.intervals.mpmath_intervals import MpmathIntervals
from gradproof.verify.stability import FORMATS, Format
from gradproof.verify.stability.exact import evaluated, reader, selected

KINDS = [ArbBalls(), MpmathIntervals()]
n = Dim("n")
i = n.index("i")
x, z = Scalar("x"), Vector("z", n)


def read(expression: Expr, number: float, balls: Balls, dtype: Format) -> Fraction | None:
    values = {x.tensor: np.array([number])}
    (found,) = evaluated(expression, (), {}, values, balls, reader(balls, dtype))
    return found  # type: ignore[no-any-return]


@pytest.mark.parametrize("balls", KINDS, ids=lambda balls: balls.name)
@pytest.mark.parametrize("dtype", FORMATS.values(), ids=lambda dtype: dtype.name)
def test_values_are_known_far_below_a_unit_in_the_last_place(balls: Balls, dtype: Format) -> None:
    """Also where 128 bits are not enough: log(1 + x) for an x that 1 + x does not see."""
    tiny = float(dtype.ulp(Fraction(0)))
    cases = [(exp(x), 1.0, mpmath.exp), (exp(x) - 1, 2.0**-60, mpmath.expm1), (log1p(x), tiny, mpmath.log1p)]
    cases += [(expm1(x), tiny, mpmath.expm1), (sqrt(x), 2.0, mpmath.sqrt), (exp(-x), 9.0, lambda t: mpmath.exp(-t))]
    for expression, number, truth in cases:
        found = read(expression, number, balls, dtype)
        assert found is not None
        with mpmath.workdps(700):
            exact = truth(mpmath.mpf(number))
            off = abs(mpmath.mpf(found.numerator) / found.denominator - exact)
            assert off <= mpmath.mpf(dtype.ulp(found).numerator) / dtype.ulp(found).denominator / 2**20


@pytest.mark.parametrize("balls", KINDS, ids=lambda balls: balls.name)
def test_what_no_dtype_can_hold(balls: Balls) -> None:
    for dtype in (FORMATS["float64"], FORMATS["float16"]):
        for number in (2000.0, 1e5, 1e9):
            assert read(exp(x), number, balls, dtype) == Fraction(2) ** (dtype.largest_exponent + 2)
            assert read(-exp(x), number, balls, dtype) == -(Fraction(2) ** (dtype.largest_exponent + 2))
            assert read(exp(-x), number, balls, dtype) == 0
            one = read(1 + exp(-x), number, balls, dtype)
            assert one is not None and abs(one - 1) < Fraction(1, 2**100)


def test_the_exponential_of_the_largest_numbers() -> None:
    dtype = FORMATS["float64"]
    assert read(exp(x), 1e300, ArbBalls(), dtype) == Fraction(2) ** (dtype.largest_exponent + 2)
    assert read(exp(-x), 1e300, ArbBalls(), dtype) == 0


@pytest.mark.parametrize("balls", KINDS, ids=lambda balls: balls.name)
def test_what_is_undefined_is_not_read(balls: Balls) -> None:
    assert read(log(x), -1.0, balls, FORMATS["float64"]) is None
    assert read(1 / x, 0.0, balls, FORMATS["float64"]) is None
    assert read(sqrt(x - 2), 1.0, balls, FORMATS["float64"]) is None


@pytest.mark.parametrize("balls", KINDS, ids=lambda balls: balls.name)
def test_conditions_hold_at_every_place_or_not_at_all(balls: Balls) -> None:
    values = {z: np.array([[1.0, 2.0], [1.0, -1.0], [0.0, 1.0], [-2.0, -1.0]])}
    for condition, expected in (
        (Positive(z[i]), [True, False, False, False]),
        (Negative(z[i]), [False, False, False, True]),
        (NonZero(z[i]), [True, True, False, True]),
        (Positive(exp(z[i]) - 1 - z[i] + Integer(1)), [True, True, True, True]),
    ):
        assert selected((condition,), {n: 2}, values, balls).tolist() == expected
    assert selected((), {n: 2}, values, balls).all()
