"""Real numbers enclosed in balls or intervals: what is proved of two enclosures is proved of the numbers.

Arb (python-flint) does the work; where it is not installed mpmath's intervals do, slower. An undefined value (log of a
negative number, 1/0, the step function at 0) is an enclosure without ends, and stays one whatever is done to it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Protocol

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

    def between(self, low: Fraction, high: Fraction) -> Any:
        """An enclosure of all numbers between two."""

    def binary(self, value: float) -> Any:
        """A float as what it is."""

    def pi(self) -> Any: ...

    def exp(self, value: Any) -> Any: ...

    def log(self, value: Any) -> Any: ...

    def tanh(self, value: Any) -> Any: ...

    def sin(self, value: Any) -> Any: ...

    def cos(self, value: Any) -> Any: ...

    def erf(self, value: Any) -> Any: ...

    def larger(self, first: Any, second: Any) -> Any:
        """The larger of two defined numbers."""

    def power(self, value: Any, exponent: Fraction) -> Any: ...

    def ends(self, value: Any) -> Ends | None:
        """Exact numbers that enclose the value; None if it may be undefined."""

    def undefined(self) -> Any: ...

    def defined(self, value: Any) -> bool:
        """Whether the number surely exists."""

    def size(self, value: Any) -> Any:
        """|x|."""

    def greater(self, first: Any, second: Any) -> bool:
        """Whether the first number is surely the greater one, of whatever size they are; False if one is undefined."""


def best_balls() -> Balls:
    """Arb where python-flint is installed, mpmath's intervals elsewhere."""
    try:
        return ArbBalls()
    except ImportError:
        from .mpmath_intervals import MpmathIntervals

        return MpmathIntervals()


class ArbBalls:
    """Arb's balls; raises ImportError where python-flint is not installed."""

    name = "Arb"

    def __init__(self) -> None:
        import flint

        self._flint = flint

    def __reduce__(self) -> tuple[type[ArbBalls], tuple[()]]:
        return ArbBalls, ()  # a module cannot be sent to another process, but is loaded there again

    def precision(self, bits: int) -> Any:
        return self._flint.ctx.workprec(bits)

    def number(self, value: Fraction) -> Any:
        return self._flint.arb(self._flint.fmpq(value.numerator, value.denominator))

    def between(self, low: Fraction, high: Fraction) -> Any:
        return self.number(low).union(self.number(high))

    def binary(self, value: float) -> Any:
        return self._flint.arb(value)

    def pi(self) -> Any:
        return self._flint.arb.pi()

    def exp(self, value: Any) -> Any:
        return value.exp()

    def log(self, value: Any) -> Any:
        return value.log()

    def tanh(self, value: Any) -> Any:
        return value.tanh()

    def sin(self, value: Any) -> Any:
        return value.sin()

    def cos(self, value: Any) -> Any:
        return value.cos()

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
        low, high = (dyadic(*map(int, end.man_exp())) for end in (value.lower(), value.upper()))
        return None if low is None or high is None else (low, high)

    def undefined(self) -> Any:
        return self._flint.arb.nan()

    def defined(self, value: Any) -> bool:
        return bool(value.is_finite())

    def size(self, value: Any) -> Any:
        return abs(value)

    def greater(self, first: Any, second: Any) -> bool:
        return bool(first > second)


def dyadic(mantissa: int, exponent: int) -> Fraction | None:
    if abs(exponent) > LARGEST_EXPONENT:
        return None
    return Fraction(mantissa) * Fraction(2) ** exponent
