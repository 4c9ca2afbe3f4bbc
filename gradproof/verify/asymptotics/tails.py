"""The sign of a function from some t on, for all of them: enclosures over a half-line.

A product of smaller order falls to 0, and from some t on it only falls; from there to infinity it lies between 0 and
its value at the start. With this every remainder, every slope and so the whole function is enclosed over the half-line.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sympy import Add, Expr, Mul, Pow, Rational, Symbol

from gradproof.derivations.calculus import exp, log

from ..evaluation import Unsupported
from ..intervals.balls import Balls
from .constants import enclosed
from .germs import Germs, Slope
from .orders import Order, Terms, quotient


class NotYet(Exception):  # noqa: N818 - a question, not a mishap
    """The half-line begins too early for its enclosures to tell anything."""


class Tail:
    """Enclosures over all t ≥ start, for expressions that `germs` has made plain.

    Raises NotYet where the start is too early, also when it is made. `start` is at least 3, so that log t is above 1.
    """

    def __init__(self, germs: Germs, start: Fraction, balls: Balls, bits: int) -> None:
        if start < 3:
            raise ValueError(f"a half-line starts at 3 or later, not at {start}")
        self.balls = balls
        self.start = start
        self.values: dict[Symbol, Any] = {}
        for symbol, number in germs.constants.items():
            ends = enclosed(number, bits)
            if ends is None:
                raise NotYet
            self.values[symbol] = balls.between(*ends)
        for symbol, slope in germs.slopes.items():
            self.values[symbol] = self._slope(slope)
        for expression in germs.sides:
            if self.sign(expression) != 1:
                raise NotYet

    def sign(self, plain: Expr) -> int:
        """1 or −1: the sign of a function over the whole half-line."""
        top, bottom = quotient(plain)
        found = 1
        for terms in (top, bottom):
            low, high = self._ends(self._beside(terms, max(terms)))
            if low <= 0 <= high:
                raise NotYet
            found *= 1 if low > 0 else -1
        return found

    def _slope(self, slope: Slope) -> Any:
        """The derivative at every point between 0 and the remainder: the mean value theorem."""
        low, high = self._ends(self._remainder(slope.inside))
        between = self.balls.between(min(low, Fraction(0)), max(high, Fraction(0)))
        if slope.function is exp:
            return self.balls.exp(between)
        base = self._number(1) + between
        if self._ends(base)[0] <= 0:
            raise NotYet
        if slope.function is log:
            return self.balls.power(base, Fraction(-1))
        power = Fraction(int(slope.power.p), int(slope.power.q))
        return self.balls.number(power) * self.balls.power(base, power - 1)

    def _remainder(self, plain: Expr) -> Any:
        top, bottom = quotient(plain)
        below = self._beside(bottom, max(bottom))
        low, high = self._ends(below)
        if low <= 0 <= high:
            raise NotYet
        ratio = self._falling(max(top).over(max(bottom)))
        return ratio * self._beside(top, max(top)) * self.balls.power(below, Fraction(-1))

    def _beside(self, terms: Terms, strongest: Order) -> Any:
        """A sum divided by a product that is at least as strong as each of its own."""
        total = self._number(0)
        for order, coefficient in terms.items():
            total = total + self._falling(order.over(strongest)) * self._bounded(coefficient)
        return total

    def _falling(self, order: Order) -> Any:
        """All values of a product that does not grow: it lies between 0 and its value at the start."""
        if order == Order():
            return self._number(1)
        if not self._falls(order):
            raise NotYet
        at = self.balls.number(self.start)
        logarithm = self.balls.log(at)
        value = self.balls.exp(self.balls.number(order.square * self.start**2 + order.linear * self.start))
        value = value * self.balls.power(at, order.power) * self.balls.power(logarithm, order.logs)
        return self.balls.between(Fraction(0), self._ends(value)[1])

    def _falls(self, order: Order) -> bool:
        """Whether the product falls from the start on, by the derivative of its logarithm; log t is at least 1 there.

        The derivative is 2 square t + linear + power / t + logs / (t log t).
        """
        if order >= Order():
            return False
        rising = max(order.power, Fraction(0)) + max(order.logs, Fraction(0))
        if order.square < 0:
            return 2 * order.square * self.start + order.linear + rising / self.start <= 0
        if order.linear < 0:
            return order.linear + rising / self.start <= 0
        if order.power < 0:
            needed = self._ends(self.balls.log(self.balls.number(self.start)))[0] * order.power
            return needed + max(order.logs, Fraction(0)) <= 0
        return True

    def _bounded(self, coefficient: Expr) -> Any:
        if isinstance(coefficient, Rational):
            return self.balls.number(Fraction(int(coefficient.p), int(coefficient.q)))
        if isinstance(coefficient, Symbol):
            return self.values[coefficient]
        if isinstance(coefficient, (Add, Mul)):
            found = self._bounded(coefficient.args[0])
            for part in coefficient.args[1:]:
                more = self._bounded(part)
                found = found + more if isinstance(coefficient, Add) else found * more
            return found
        if isinstance(coefficient, Pow) and coefficient.exp.is_Integer:
            return self.balls.power(self._bounded(coefficient.base), Fraction(int(coefficient.exp)))
        raise Unsupported(f"{coefficient} is not enclosed")

    def _number(self, value: int) -> Any:
        return self.balls.number(Fraction(value))

    def _ends(self, value: Any) -> tuple[Fraction, Fraction]:
        ends = self.balls.ends(value)
        if ends is None:
            raise NotYet
        return ends
