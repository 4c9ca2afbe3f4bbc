"""Signs from some point on: the half-line must hold what is said of it, in 60 digits, and never begin too early."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from sympy import Expr, Rational, S

from gradproof.derivations.calculus import Scalar, exp, log, relu, sigmoid, softplus, sqrt, tanh
from gradproof.verify.asymptotics import Germs, NotYet, Tail
from gradproof.verify.asymptotics.constants import sign
from gradproof.verify.asymptotics.orders import EXP, LOG, Order, T, quotient
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.intervals.balls import Balls, best_balls
from gradproof.verify.intervals.mpmath_intervals import MpmathIntervals

from ...derivations.catalogue.numbers import value

x = Scalar("x")
BITS = 96
#: A function, where it is looked at, and the sign that it has from some point on.
SIGNS = [
    (exp(x) - x**5, S.Infinity, 1, 1),
    (exp(x) - x**5, S.NegativeInfinity, 1, 1),
    (x - 100 * log(x), S.Infinity, 1, 1),
    (log(x) ** 3 - sqrt(x), S.Infinity, 1, -1),
    (1 - tanh(x), S.Infinity, 1, 1),
    (softplus(x) - relu(x), S.Infinity, 1, 1),
    (softplus(x) - x - exp(-x) / 2, S.Infinity, 1, 1),
    (sigmoid(x) * (1 - sigmoid(x)) - Rational(1, 4), S.NegativeInfinity, 1, -1),
    (x * log(x) + Rational(1, 10), S.Zero, 1, 1),
    (1 / x - log(x) ** 4, S.Zero, 1, 1),
    (1 / (x - 1), S.One, -1, -1),
    (exp(1 / x) - 5, S.Zero, 1, 1),
    (sqrt(x**2 + 1) - x - Rational(1, 10), S.Infinity, 1, -1),
    (exp(-(x**2)) - exp(-x), S.Infinity, 1, -1),
]


@pytest.mark.parametrize("balls", [best_balls(), MpmathIntervals()], ids=lambda balls: balls.name)
@pytest.mark.parametrize(("function", "target", "side", "expected"), SIGNS, ids=str)
def test_the_sign_on_a_half_line(function: Expr, target: Expr, side: int, expected: int, balls: Balls) -> None:
    germs = Germs.near(x, target, side)
    plain = germs.plain(function)
    found = None
    with balls.precision(BITS):
        for power in range(2, 60):
            start = Fraction(2) ** power
            try:
                found = Tail(germs, start, balls, BITS).sign(plain)
            except NotYet:
                continue
            break
    assert found == expected
    with mpmath.workdps(200):
        for factor in (1, 2, 3, 17, 40):
            far = mpmath.mpf(int(start)) * factor
            at = {S.Infinity: far, S.NegativeInfinity: -far}.get(target)
            at = mpmath.mpf(int(target)) + side / far if at is None else at
            assert mpmath.sign(value(function, {}, {(x.tensor, ()): at}, {})) == expected


def test_too_early_a_start_says_nothing() -> None:
    """e^x − x^5 is negative at 4 and positive far out: a half-line from 4 on has no sign."""
    germs, balls = Germs.near(x, S.Infinity, 1), best_balls()
    plain = germs.plain(exp(x) - x**5)
    with balls.precision(BITS):
        for start in (3, 4, 8, 12):
            with pytest.raises(NotYet):
                Tail(germs, Fraction(start), balls, BITS).sign(plain)
        with pytest.raises(ValueError, match="starts at 3 or later"):
            Tail(germs, Fraction(2), balls, BITS)


def test_a_kink_that_is_not_passed_says_nothing() -> None:
    germs, balls = Germs.near(x, S.Infinity, 1), best_balls()
    plain = germs.plain(relu(x - 100) + 1)
    with balls.precision(BITS):
        with pytest.raises(NotYet):
            Tail(germs, Fraction(64), balls, BITS)
        assert Tail(germs, Fraction(256), balls, BITS).sign(plain) == 1


def test_orders() -> None:
    falling = [EXP, T**3 * LOG, T**3, T ** Rational(1, 2), LOG, T**0, LOG / T, 1 / T, T**9 / EXP]
    orders = [max(quotient(part)[0]).over(max(quotient(part)[1])) for part in falling]
    assert orders == sorted(orders, reverse=True) and len(set(orders)) == len(orders)
    assert all(max(quotient(order.expression)[0]).over(max(quotient(order.expression)[1])) == order for order in orders)
    assert Order() in orders
    assert quotient(T - T)[0] == {Order(): 0}


def test_signs_of_numbers() -> None:
    assert [sign(S(number)) for number in (-3, 0, Rational(1, 7))] == [-1, 0, 1]
    assert sign(log(S(2)) - Rational(69, 100)) == 1 and sign(exp(S.One) - 3) == -1
    with pytest.raises(Unsupported, match="not known here"):
        sign(log(S(4)) - 2 * log(S(2)))  # it is 0, but no enclosure says so
    with pytest.raises(Unsupported, match="is no number"):
        sign(x)
