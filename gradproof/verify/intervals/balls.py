"""Real numbers enclosed in balls or intervals: what is proved of two enclosures is proved of the numbers.

Arb (python-flint) does the work; where it is not installed mpmath's intervals do, slower. An undefined value (log of a
negative number, 1/0, the step function at 0) is an enclosure without ends, and stays one whatever is done to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from .error_function import error_function

#: Enclosures are made sharper by working with more bits, up to the last of these.
PRECISIONS = (64, 128, 256, 512, 1024)

#: Numbers whose size is beyond two to this power are not written out; nothing is said of them.
LARGEST_EXPONENT = 1 << 16

Ends = tuple[Fraction, Fraction]


class Balls(Protocol):
    """A kind of enclosure. Its numbers can be added and multiplied; everything else is here."""

    name: str

    def precision(self, bits: int) -> Any:
        """A context manager in which numbers have this many bits."""

    def number(self, value: Fraction) -> Any: ...

    def pi(self) -> Any: ...

    def exp(self, value: Any) -> Any: ...

    def log(self, value: Any) -> Any: ...

    def erf(self, value: Any) -> Any: ...

    def larger(self, first: Any, second: Any) -> Any:
        """The larger of two defined numbers."""

    def power(self, value: Any, exponent: Fraction) -> Any: ...

    def ends(self, value: Any) -> Ends | None:
        """Exact numbers that enclose the value; None if it may be undefined."""

    def undefined(self) -> Any: ...


def best_balls() -> Balls:
    """Arb where python-flint is installed, mpmath's intervals elsewhere."""
    try:
        return ArbBalls()
    except ImportError:
        return MpmathIntervals()


class ArbBalls:
    """Arb's balls; raises ImportError where python-flint is not installed."""

    name = "Arb"

    def __init__(self) -> None:
        import flint

        self._flint = flint

    def precision(self, bits: int) -> Any:
        return self._flint.ctx.workprec(bits)

    def number(self, value: Fraction) -> Any:
        return self._flint.arb(self._flint.fmpq(value.numerator, value.denominator))

    def pi(self) -> Any:
        return self._flint.arb.pi()

    def exp(self, value: Any) -> Any:
        return value.exp()

    def log(self, value: Any) -> Any:
        return value.log()

    def erf(self, value: Any) -> Any:
        return value.erf()

    def larger(self, first: Any, second: Any) -> Any:
        return first.max(second)

    def power(self, value: Any, exponent: Fraction) -> Any:
        if exponent.denominator == 1:
            return value**exponent.numerator
        if exponent.denominator == 2:
            return value.sqrt() ** exponent.numerator
        return (value.log() * self.number(exponent)).exp()

    def ends(self, value: Any) -> Ends | None:
        if not value.is_finite():
            return None
        low, high = (_dyadic(*map(int, end.man_exp())) for end in (value.lower(), value.upper()))
        return None if low is None or high is None else (low, high)

    def undefined(self) -> Any:
        return self._flint.arb.nan()


def _dyadic(mantissa: int, exponent: int) -> Fraction | None:
    if abs(exponent) > LARGEST_EXPONENT:
        return None
    return Fraction(mantissa) * Fraction(2) ** exponent


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
    """The intervals of mpmath, which comes with SymPy."""

    name = "mpmath"

    def __init__(self) -> None:
        from mpmath import iv

        self._iv = iv

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

    def pi(self) -> Interval:
        return Interval(+self._iv.pi)

    def exp(self, value: Interval) -> Interval:
        return Interval(None if value.inside is None else self._iv.exp(value.inside))

    def log(self, value: Interval) -> Interval:
        return Interval(self._iv.log(value.inside) if self._positive(value) else None)

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

    def _positive(self, value: Interval) -> bool:
        return value.inside is not None and bool(value.inside.a > 0)


def _exact(number: tuple[int, int, int, int]) -> Fraction | None:
    """mpmath's sign, mantissa, exponent, bit count as a fraction; None for an infinity or nan."""
    sign, mantissa, exponent, _ = number
    if not mantissa and exponent:
        return None
    return _dyadic(-int(mantissa) if sign else int(mantissa), int(exponent))
