"""Decimal text of enclosed numbers, with every digit shown certain."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from .balls import Ends

FEWEST_DIGITS, MOST_DIGITS = 4, 60
#: Longer numbers, and smaller ones, are written with an exponent.
LONGEST = 7
#: An enclosure of 0 is shown by its places after the point if it is this narrow.
NEAR_ZERO = Fraction(1, 10**12)


def decimals(left: Ends, right: Ends) -> tuple[str, str]:
    """Both numbers with as few significant digits as show that they differ, at least four."""
    texts = "", ""
    for digits in range(FEWEST_DIGITS, MOST_DIGITS + 1):
        texts = certain(left, digits), certain(right, digits)
        if texts[0] != texts[1]:
            break
    return texts


def certain(ends: Ends, digits: int) -> str:
    """The number rounded to this many significant digits, or to as many of them as the enclosure makes certain.

    Rounding is monotone: where both ends round to one decimal, so does every number between them. A whole number that
    is known exactly is written out.
    """
    low, high = ends
    if low == high and low.denominator == 1 and abs(low) < 10**LONGEST:
        return str(low.numerator)
    for kept in range(digits, 0, -1):
        with localcontext() as context:
            context.prec = kept
            context.rounding = ROUND_HALF_EVEN
            first, last = (Decimal(end.numerator) / Decimal(end.denominator) for end in (low, high))
        if first == last:
            return _text(first, kept)
    if abs(low) < NEAR_ZERO and abs(high) < NEAR_ZERO:
        return "0." + "0" * digits  # no digit is significant, but these places are certain
    return f"between {float(low):.3g} and {float(high):.3g}"


def _text(number: Decimal, kept: int) -> str:
    """In plain digits, if that shows none beyond those kept; else with an exponent."""
    if number == 0:
        return "0"
    if -LONGEST < number.adjusted() < kept:
        text = format(number, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return format(number.normalize(), "e").replace("e+", "e")
