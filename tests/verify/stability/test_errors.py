"""Errors in units in the last place, against decimals of a thousand digits."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest

from gradproof.verify.stability import FORMATS, Format, Outcome, error_in_ulps
from gradproof.verify.stability.errors import judged

DIGITS = 1200


def in_decimals(computed: float, exact: Decimal, dtype: Format) -> Decimal:
    """|computed − exact| over 2^(e − p + 1), with the exponent found by doubling."""
    with localcontext() as context:
        context.prec = DIGITS
        exponent = 0
        while Decimal(2) ** exponent > abs(exact):
            exponent -= 1
        while Decimal(2) ** (exponent + 1) <= abs(exact):
            exponent += 1
        exponent = max(exponent, dtype.smallest_exponent)
        return abs(Decimal(computed) - exact) / Decimal(2) ** (exponent - dtype.precision + 1)


@pytest.mark.parametrize("name", ("float64", "float32", "float16"))
def test_errors_of_the_exponential_in_decimals(name: str) -> None:
    """Ordinary arguments, and some whose exponential is subnormal."""
    dtype, rng = FORMATS[name], np.random.default_rng(5)
    lowest = (dtype.lowest_bit + 3) * math.log(2)
    seen = []
    for argument in [*rng.uniform(-8, 8, 40), *rng.uniform(lowest, lowest + 8, 10)]:
        rounded = np.dtype(name).type(argument)
        with localcontext() as context:
            context.prec = DIGITS
            exact = Decimal(float(rounded)).exp()
        crude = float(np.exp(rounded) * np.dtype(name).type(1.01))
        for computed in (float(np.exp(rounded)), crude):
            found = error_in_ulps(computed, Fraction(exact), dtype)
            expected = in_decimals(computed, exact, dtype)
            assert abs(Decimal(found) - expected) <= abs(expected) * Decimal(2) ** -52
            seen.append(found)
    assert any(error > 1 for error in seen) and any(0 < error <= 1 for error in seen)


def test_what_is_out_of_range() -> None:
    dtype = FORMATS["float16"]
    beyond = Fraction(70000)
    assert error_in_ulps(math.inf, beyond, dtype) == 0
    assert error_in_ulps(math.nan, beyond, dtype) == 0
    assert error_in_ulps(-math.inf, beyond, dtype) == math.inf
    assert error_in_ulps(65504.0, beyond, dtype) == float((70000 - 65504) / 32)
    assert error_in_ulps(math.inf, Fraction(65519), dtype) == math.inf, "65519 rounds to 65504, which is a number"
    assert error_in_ulps(math.nan, Fraction(1), dtype) == math.inf


def test_what_is_too_small_may_be_0() -> None:
    dtype = FORMATS["float32"]
    smallest = dtype.ulp(Fraction(0))
    assert error_in_ulps(0.0, smallest / 2, dtype) == 0.5
    assert error_in_ulps(0.0, smallest * Fraction(1, 10**60), dtype) < 1e-59
    assert error_in_ulps(0.0, 252 * smallest, dtype) == 252
    assert error_in_ulps(float(smallest), Fraction(0), dtype) == 1


def test_an_error_beyond_float64_is_still_a_number() -> None:
    assert error_in_ulps(1e300, Fraction(1, 10**300), FORMATS["float64"]) == float(np.finfo(np.float64).max)


@pytest.mark.parametrize(
    ("computed", "exact", "outcome"),
    [
        ([1.0], [Fraction(1)], Outcome.FINE),
        ([1.5], [Fraction(1)], Outcome.FINE),  # wrong, but not in every digit
        ([0.0], [Fraction(1, 10**9)], Outcome.LOST),
        ([2.0], [Fraction(1)], Outcome.LOST),
        ([-1.0], [Fraction(1)], Outcome.LOST),
        ([1e-9], [Fraction(0)], Outcome.LOST),
        ([0.0], [Fraction(1, 10**400)], Outcome.FINE),
        ([0.0], [Fraction(9, 2**1074)], Outcome.FINE),  # a subnormal number without a digit to lose
        ([0.0], [Fraction(10, 2**1074)], Outcome.LOST),
        ([math.inf], [Fraction(1)], Outcome.INFINITE),
        ([math.nan], [Fraction(1)], Outcome.UNDEFINED),
        ([math.inf], [Fraction(10) ** 400], Outcome.FINE),
        ([0.5, 0.0], [Fraction(1, 2), Fraction(1, 10**30)], Outcome.FINE),  # small beside the largest component
        ([0.0, 0.0], [Fraction(1, 2), Fraction(1, 10**30)], Outcome.LOST),
        ([0.5, math.nan], [Fraction(1, 2), Fraction(1, 4)], Outcome.UNDEFINED),
    ],
)
def test_what_becomes_of_a_result(computed: list[float], exact: list[Fraction], outcome: Outcome) -> None:
    error, found = judged(computed, exact, FORMATS["float64"])
    assert found is outcome
    assert math.isinf(error) is (outcome in (Outcome.INFINITE, Outcome.UNDEFINED))


def test_of_a_vector_the_unit_is_that_of_the_largest_component() -> None:
    dtype = FORMATS["float64"]
    error, _ = judged([1.0, 2.0**-60], [Fraction(1), Fraction(3, 2**60)], dtype)
    assert error == 2 * 2.0**-60 / 2.0**-52
