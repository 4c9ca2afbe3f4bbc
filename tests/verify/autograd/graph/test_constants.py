"""Numbers of Torch's source stand for what they are rounded from, and for nothing that is merely near."""

from __future__ import annotations

import math

import mpmath
import pytest
from sympy import Rational, S, sqrt

from gradproof.verify.autograd.graph.constants import IRRATIONAL, exact


@pytest.mark.parametrize("number", IRRATIONAL)
def test_an_irrational_number_is_rounded_to_its_float(number: float) -> None:
    """To one unit in the last place: Torch writes products of constants that are rounded twice."""
    with mpmath.workdps(40):
        meant = mpmath.mpf(str(IRRATIONAL[number].evalf(40)))
        assert abs(mpmath.mpf(number) - meant) <= math.ulp(number)
    assert exact(number) == IRRATIONAL[number] and exact(-number) == -IRRATIONAL[number]
    assert exact(math.nextafter(number, 10)).is_Rational


def test_fractions_are_recognised_by_their_rounded_value() -> None:
    assert exact(2 / 3) == Rational(2, 3) and exact(-1 / 7) == Rational(-1, 7) and exact(0.1) == Rational(1, 10)
    off = exact(2 / 3 * (1 + 1e-12))
    assert off != Rational(2, 3) and off.is_Rational and float(off) == 2 / 3 * (1 + 1e-12)
    assert exact(1e-12) == Rational(1, 10**12) and exact(0.044715) == Rational(44715, 10**6)
    assert exact(-1.25e-7) == Rational(-125, 10**9) and exact(0.1234567891) == Rational(0.1234567891)


def test_whole_numbers_truth_values_and_what_is_no_number() -> None:
    assert (exact(3), exact(-2.0), exact(True), exact(False)) == (3, -2, 1, 0)
    assert exact(math.inf) is S.Infinity and exact(-math.inf) is S.NegativeInfinity and exact(math.nan) is S.NaN
    assert exact(0.7071067811865476) == 1 / sqrt(2)
