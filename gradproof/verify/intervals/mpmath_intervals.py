"""The intervals of mpmath, which comes with SymPy: slower than Arb, and everywhere there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .balls import Ends, dyadic
from .error_function import error_function


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval of mpmath, or None where the number may be undefined; mpmath itself forgets that after 0 · (1/0)."""

    inside: Any

    def __add__(self, other: Interval) -> Interval:
        if self.inside is None or other.inside is None:
            return Interval(None)
        return Interval(self.inside + other.inside)

    def __mul__(self, other: Interval) -> Interval:
        if self.inside is None or other.inside is None:
            return Interval(None)
        return Interval(self.inside * other.inside)


class MpmathIntervals:
    """Intervals of mpmath, undefined where a number may be."""

    name = "mpmath"

    def __init__(self) -> None:
        from mpmath import iv

        self._iv = iv

    def __reduce__(self) -> tuple[type[MpmathIntervals], tuple[()]]:
        return MpmathIntervals, ()  # each process has a context of its own

    @contextmanager
    def precision(self, bits: int) -> Iterator[None]:
        before = self._iv.prec
        self._iv.prec = bits
        try:
            yield
        finally:
            self._iv.prec = before

    def number(self, value: Fraction) -> Interval:
        return Interval(self._iv.mpf(value.numerator) / self._iv.mpf(value.denominator))

    def binary(self, value: float) -> Interval:
        return self.number(Fraction(value))

    def between(self, low: Fraction, high: Fraction) -> Interval:
        return Interval(self._iv.mpf([self.number(low).inside.a, self.number(high).inside.b]))

    def pi(self) -> Interval:
        return Interval(+self._iv.pi)

    def exp(self, value: Interval) -> Interval:
        return Interval(None if value.inside is None else self._iv.exp(value.inside))

    def log(self, value: Interval) -> Interval:
        return Interval(self._iv.log(value.inside) if self._positive(value) else None)

    def tanh(self, value: Interval) -> Interval:
        """2/(1 + e^−2x) − 1, which is 2 σ(2x) − 1."""
        below = self.number(Fraction(1)) + self.exp(self.number(Fraction(-2)) * value)
        return self.number(Fraction(2)) * self.power(below, Fraction(-1)) + self.number(Fraction(-1))

    def sin(self, value: Interval) -> Interval:
        return Interval(None if value.inside is None else self._iv.sin(value.inside))

    def cos(self, value: Interval) -> Interval:
        return Interval(None if value.inside is None else self._iv.cos(value.inside))

    def erf(self, value: Interval) -> Interval:
        return Interval(None if value.inside is None else error_function(self._iv, value.inside))

    def larger(self, first: Interval, second: Interval) -> Interval:
        if first.inside is None or second.inside is None:
            return Interval(None)
        low, high = (max(getattr(first.inside, end), getattr(second.inside, end)) for end in ("a", "b"))
        return Interval(self._iv.mpf([low, high]))

    def power(self, value: Interval, exponent: Fraction) -> Interval:
        if value.inside is None:
            return value
        if exponent.denominator == 1:
            zero_inside = value.inside.a <= 0 <= value.inside.b
            if exponent < 0 and zero_inside:
                return Interval(None)
            return Interval(value.inside**exponent.numerator)
        if exponent > 0 and value.inside.a == 0 and value.inside.b == 0:
            return value
        if not self._positive(value):
            return Interval(None)
        if exponent.denominator == 2:
            return Interval(self._iv.sqrt(value.inside) ** exponent.numerator)
        return self.exp(self.log(value) * self.number(exponent))

    def ends(self, value: Interval) -> Ends | None:
        if value.inside is None:
            return None
        low, high = (_exact(end) for end in value.inside._mpi_)
        return None if low is None or high is None else (low, high)

    def undefined(self) -> Interval:
        return Interval(None)

    def defined(self, value: Interval) -> bool:
        return value.inside is not None and all(end[1] or not end[2] for end in value.inside._mpi_)

    def size(self, value: Interval) -> Interval:
        return Interval(None if value.inside is None else abs(value.inside))

    def greater(self, first: Interval, second: Interval) -> bool:
        return first.inside is not None and second.inside is not None and bool(first.inside > second.inside)

    def _positive(self, value: Interval) -> bool:
        return value.inside is not None and bool(value.inside.a > 0)


def _exact(number: tuple[int, int, int, int]) -> Fraction | None:
    """mpmath's sign, mantissa, exponent, bit count as a fraction; None for an infinity or nan."""
    sign, mantissa, exponent, _ = number
    if not mantissa and exponent:
        return None
    return dyadic(-int(mantissa) if sign else int(mantissa), int(exponent))
