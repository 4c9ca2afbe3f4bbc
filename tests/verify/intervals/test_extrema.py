"""Largest values of enclosures, in Arb's balls and in mpmath's intervals; and mpmath's error function."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradproof.verify.intervals.arithmetic import BallArithmetic
from gradproof.verify.intervals.balls import ArbBalls, Balls
from gradproof.verify.intervals.extrema import nth_largest, which_is_nth
from gradproof.verify.intervals.mpmath_intervals import Interval, MpmathIntervals

kinds = pytest.mark.parametrize("balls", [ArbBalls(), MpmathIntervals()], ids=lambda balls: balls.name)
numbers = st.lists(st.fractions(min_value=-9, max_value=9, max_denominator=6), min_size=1, max_size=5)


@kinds
@given(values=numbers, rank=st.integers(1, 6))
def test_exact_numbers_are_ranked(balls: Balls, values: list[Fraction], rank: int) -> None:
    with balls.precision(80):
        enclosed = [balls.number(value) for value in values]
        largest, which = nth_largest(balls, enclosed, rank), which_is_nth(balls, enclosed, rank)
        if rank > len(values):
            assert balls.ends(largest) is None and all(balls.ends(one) is None for one in which)
            return
        wanted = sorted(values)[-rank]
        low, high = balls.ends(largest)
        assert low <= wanted <= high and high - low <= Fraction(1, 2**60)
        for value, one in zip(values, which, strict=True):
            tied = value == wanted and values.count(wanted) > 1
            assert balls.ends(one) == (None if tied else (int(value == wanted),) * 2)


@kinds
def test_what_cannot_be_told_apart_is_undefined(balls: Balls) -> None:
    with balls.precision(64):
        third = balls.number(Fraction(1, 3))  # a ball of its own width
        rows = which_is_nth(
            balls, [third, third + third + third + balls.number(Fraction(-2, 3)), balls.number(Fraction(0))], 1
        )
    assert [balls.ends(one) for one in rows] == [None, None, (0, 0)]


@kinds
def test_one_undefined_number_leaves_nothing_defined(balls: Balls) -> None:
    values = [balls.number(Fraction(1)), balls.undefined()]
    assert balls.ends(nth_largest(balls, values, 1)) is None
    assert [balls.ends(one) for one in which_is_nth(balls, values, 1)] == [None, None]


@kinds
def test_along_an_axis_of_an_array(balls: Balls) -> None:
    arithmetic = BallArithmetic(balls)
    array = arithmetic.exact(np.array([[[1.0, 5.0], [2.0, 4.0], [3.0, 3.0]]]))
    largest = arithmetic.largest(array, 1, 3, 1)
    assert [balls.ends(one) for one in largest.ravel()] == [(3, 3), (5, 5)] and largest.shape == (1, 1, 2)
    selected = arithmetic.selected(array, 2, 2, 1)
    assert selected.shape == (1, 3, 2)
    assert [balls.ends(one) for one in selected.ravel()] == [(0, 0), (1, 1), (0, 0), (1, 1), None, None]
    repeated = arithmetic.selected(arithmetic.exact(np.array([[7.0]])), 1, 3, 1)
    assert repeated.shape == (1, 3) and all(balls.ends(one) is None for one in repeated.ravel())


@given(st.fractions(min_value=-40, max_value=40, max_denominator=64), st.sampled_from([53, 200]))
def test_the_error_function_of_intervals(argument: Fraction, bits: int) -> None:
    intervals = MpmathIntervals()
    with intervals.precision(bits), mpmath.workdps(200):
        low, high = intervals.ends(intervals.erf(intervals.number(argument)))
        truth = mpmath.erf(mpmath.mpf(argument.numerator) / argument.denominator)
        slack = mpmath.mpf(10) ** -190  # the truth is rounded, too
        assert mpmath.mpf(low.numerator) / low.denominator - slack <= truth
        assert truth <= mpmath.mpf(high.numerator) / high.denominator + slack
        assert high - low <= Fraction(1, 2 ** (bits - 12))


def test_the_error_function_of_a_wide_interval() -> None:
    intervals = MpmathIntervals()
    low, high = intervals.ends(intervals.erf(Interval(intervals._iv.mpf([-2, 1]))))
    assert Fraction(-99533, 100000) < low < Fraction(-99532, 100000)  # erf(−2) = −0.995322…
    assert Fraction(84270, 100000) < high < Fraction(84271, 100000)  # erf(1) = 0.842700…
    assert intervals.ends(intervals.erf(intervals.undefined())) is None
