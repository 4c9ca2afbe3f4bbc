"""Numbers as the notes write them."""

from __future__ import annotations

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def significant(number: float, digits: int) -> str:
    """A number with so many significant digits, with a power of ten where that is shorter: 0.31, 709.8, 3.4·10⁻¹⁸."""
    if number == 0 or 0.001 <= abs(number) < 10_000:
        return f"{number:.{digits}g}" if abs(number) < 10**digits else f"{number:.0f}"
    mantissa, _, exponent = f"{number:.{digits - 1}e}".partition("e")
    return f"{mantissa}·10{str(int(exponent)).translate(_RAISED)}"


def short(number: float) -> str:
    """A number with two significant digits: 0.31, 12, 3.4·10⁻¹⁸."""
    return significant(number, 2)
