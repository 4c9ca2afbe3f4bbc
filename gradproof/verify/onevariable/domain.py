"""Where the one variable of a claim runs: an interval, without some points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from sympy import Expr, Rational

from gradproof.derivations.calculus import Condition, Domain, Entry, Negative, NonZero, Positive

from ..evaluation import Unsupported


@dataclass(frozen=True, slots=True)
class Range:
    """All numbers between `low` and `high`, which are left out themselves; None is infinite. `without` are left out."""

    low: Fraction | None = None
    high: Fraction | None = None
    without: frozenset[Fraction] = frozenset()

    def __contains__(self, number: Fraction) -> bool:
        above = self.low is None or number > self.low
        return above and (self.high is None or number < self.high) and number not in self.without

    def __str__(self) -> str:
        low, high = ("−∞" if self.low is None else self.low), ("∞" if self.high is None else self.high)
        left_out = f" without {', '.join(map(str, sorted(self.without)))}" if self.without else ""
        return f"({low}, {high}){left_out}"


_BY_DOMAIN = {
    Domain.REAL: Range(),
    Domain.POSITIVE: Range(low=Fraction(0)),
    Domain.UNIT: Range(Fraction(0), Fraction(1)),
}


def range_of(variable: Entry, given: Iterable[Condition]) -> Range:
    """The domain of the variable within the conditions. Raises Unsupported for what is no condition on it alone."""
    if variable.tensor.domain not in _BY_DOMAIN:
        raise Unsupported(f"{variable} is {variable.tensor.domain.value}, which is no interval")
    found = _BY_DOMAIN[variable.tensor.domain]
    for condition in given:
        if not isinstance(condition, (Positive, Negative, NonZero)):
            raise Unsupported("a condition that is not about the size of the variable")
        slope, zero = root(condition.expression, variable)
        if isinstance(condition, NonZero):
            found = replace(found, without=found.without | {zero})
        elif isinstance(condition, Positive) == (slope > 0):
            found = replace(found, low=zero if found.low is None else max(found.low, zero))
        else:
            found = replace(found, high=zero if found.high is None else min(found.high, zero))
    if found.low is not None and found.high is not None and found.low >= found.high:
        raise Unsupported(f"no number is in {found}")
    return found


def root(expression: Expr, variable: Entry) -> tuple[Fraction, Fraction]:
    """The slope and the zero of a x + b. Raises Unsupported for anything else."""
    slope = expression.coeff(variable, 1)
    rest = expression - slope * variable
    if not (slope.is_Rational and slope != 0 and rest.is_Rational):
        raise Unsupported(f"{expression} is not a multiple of {variable} plus a number")
    return exact(slope), exact(-rest / slope)


def exact(number: Rational) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The number between two, both included, that has the smallest denominator, and of these the smallest size."""
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest(-high, -low)
    whole = -(-low.numerator // low.denominator)
    if whole <= high:
        return Fraction(whole)
    below = whole - 1
    return below + 1 / simplest(1 / (high - below), 1 / (low - below))


def readable(where: Range, low: Fraction, high: Fraction) -> Fraction | None:
    """A number of the range between two: the simplest one if it is in the range, else one that parts the interval."""
    parted = (low + (high - low) * place / parts for parts in range(2, 9) for place in range(1, parts))
    return next((at for at in (simplest(low, high), *parted) if at in where), None)
