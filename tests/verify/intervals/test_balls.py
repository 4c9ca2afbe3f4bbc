"""Enclosures contain the numbers they stand for, with Arb and with mpmath; what is undefined stays so."""

from __future__ import annotations

import sys
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational, Symbol

from gradproof.verify.intervals.arithmetic import BallArithmetic
from gradproof.verify.intervals.balls import ArbBalls, Balls, best_balls
from gradproof.verify.intervals.mpmath_intervals import MpmathIntervals
from gradproof.verify.intervals.standins import STAND_INS, StandIn
from gradproof.verify.numeric.bounded import exact

EXACT = mpmath.MPContext()
EXACT.dps = 150

kinds = pytest.mark.parametrize("balls", [ArbBalls(), MpmathIntervals()], ids=lambda balls: balls.name)
fractions = st.fractions(-30, 30, max_denominator=1000)


def ends(balls: Balls, value: object) -> tuple[Fraction, Fraction]:
    found = balls.ends(value)
    assert found is not None
    return found


@kinds
@given(first=fractions, second=fractions, bits=st.sampled_from([64, 200]))
def test_rational_arithmetic_is_enclosed(balls: Balls, first: Fraction, second: Fraction, bits: int) -> None:
    with balls.precision(bits):
        one, other = balls.number(first), balls.number(second)
        truths = [
            (one + other, first + second),
            (one * other, first * second),
            (balls.power(one, Fraction(3)), first**3),
        ]
        if second:
            truths.append((balls.power(other, Fraction(-2)), second**-2))
        for enclosed, truth in truths:
            low, high = ends(balls, enclosed)
            assert low <= truth <= high
            assert high - low <= (1 + abs(truth)) * Fraction(2) ** (12 - bits)


@kinds
@given(argument=fractions)
def test_functions_are_enclosed(balls: Balls, argument: Fraction) -> None:
    number = EXACT.mpf(argument.numerator) / argument.denominator
    with balls.precision(100):
        one = balls.number(argument)
        arithmetic = BallArithmetic(balls)
        truths = [
            (balls.exp(one), EXACT.exp(number)),
            (arithmetic._sigmoid(one), 1 / (1 + EXACT.exp(-number))),
            (balls.tanh(one), EXACT.tanh(number)),
            (balls.sin(one), EXACT.sin(number)),
            (balls.cos(one), EXACT.cos(number)),
            (balls.pi(), EXACT.pi),
            (balls.erf(one), EXACT.erf(number)),
        ]
        if argument > 0:
            truths += [(balls.log(one), EXACT.log(number)), (arithmetic._xlogx(one), number * EXACT.log(number))]
            truths += [(balls.power(one, Fraction(-3, 2)), number ** EXACT.mpf(-1.5))]
            truths += [(balls.power(one, Fraction(1, 3)), EXACT.cbrt(number))]
        for enclosed, truth in truths:
            low, high = (EXACT.mpf(end.numerator) / end.denominator for end in ends(balls, enclosed))
            slack = abs(truth) * EXACT.mpf(10) ** -140  # the oracle itself is rounded
            assert low - slack <= truth <= high + slack
            assert high - low <= (1 + abs(truth)) * EXACT.mpf(2) ** -80


@kinds
def test_the_undefined_stays_undefined(balls: Balls) -> None:
    zero, one, minus = (balls.number(Fraction(value)) for value in (0, 1, -1))
    undefined = [
        balls.log(minus),
        balls.log(zero),
        balls.power(zero, Fraction(-1)),
        balls.power(minus, Fraction(1, 2)),
        balls.power(zero, Fraction(-1, 2)),
        balls.power(minus, Fraction(1, 3)),
        balls.undefined(),
    ]
    for value in undefined:
        for spread in (value, value + one, one + value, zero * value, value * zero, balls.exp(value)):
            assert balls.ends(spread) is None
    assert balls.ends(balls.power(zero, Fraction(1, 2))) == (0, 0)


@kinds
def test_kinks(balls: Balls) -> None:
    arithmetic = BallArithmetic(balls)
    zero, two, minus = (balls.number(Fraction(value)) for value in (0, 2, -2))
    assert balls.ends(arithmetic._step(two)) == (1, 1)
    assert balls.ends(arithmetic._step(minus)) == (0, 0)
    assert balls.ends(arithmetic._step(zero)) is None  # no derivative is refuted at a kink
    assert balls.ends(arithmetic._relu(zero)) == (0, 0)
    assert balls.ends(arithmetic._relu(minus)) == (0, 0)
    assert balls.ends(arithmetic._absolute(minus)) == (2, 2)
    assert balls.ends(arithmetic._xlogx(zero)) == (0, 0)
    assert balls.ends(arithmetic._relu(balls.undefined())) is None


@kinds
def test_numbers_of_astronomic_size_are_not_written_out(balls: Balls) -> None:
    assert balls.ends(balls.exp(balls.exp(balls.number(Fraction(60))))) is None


@kinds
def test_more_bits_are_sharper_and_the_precision_is_restored(balls: Balls) -> None:
    def width(bits: int) -> Fraction:
        with balls.precision(bits):
            low, high = ends(balls, balls.exp(balls.number(Fraction(1, 3))))
        return high - low

    before = width_now(balls)
    assert width(512) < width(128) * Fraction(2) ** -300
    assert width_now(balls) == before
    with pytest.raises(ZeroDivisionError), balls.precision(300):
        raise ZeroDivisionError
    assert width_now(balls) == before


def width_now(balls: Balls) -> Fraction:
    low, high = ends(balls, balls.exp(balls.number(Fraction(1, 3))))
    return high - low


def test_mpmath_stands_in_where_flint_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert best_balls().name == "Arb"
    monkeypatch.setitem(sys.modules, "flint", None)
    assert best_balls().name == "mpmath"


@pytest.mark.parametrize("standin", STAND_INS, ids=lambda standin: standin.text)
def test_stand_ins_and_their_derivatives(standin: StandIn) -> None:
    x = Symbol("x")
    function = {"{}²": x**2, "{}³": x**3, "exp({})": None}[standin.text]
    balls = ArbBalls()
    for order in range(6):
        enclosed = ends(balls, standin.enclosed(balls, balls.number(Fraction(3, 2)), order))
        in_floats = standin.in_floats(exact(np.array([1.5])), order)
        value, bound = float(in_floats.value[0]), float(in_floats.bound.ravel()[0])
        assert float(enclosed[0]) - bound <= value <= float(enclosed[1]) + bound
        if function is not None:
            derived = function.diff(x, order).subs(x, Rational(3, 2))
            assert enclosed[0] <= Fraction(int(derived.p), int(derived.q)) <= enclosed[1]
        else:
            assert enclosed[0] <= Fraction(np.exp(1.5)) * Fraction(1000001, 1000000) and value == np.exp(1.5)
