"""Points as numbers of JSON, and as people read them."""

from __future__ import annotations

from fractions import Fraction


def number(points: Fraction) -> int | float:
    """Points as JSON has them."""
    return int(points) if points.denominator == 1 else float(points)


def shown(points: Fraction) -> str:
    """Points as people read them: 2, 0.5, 1/3."""
    if points.denominator == 1:
        return str(points.numerator)
    decimal = f"{float(points):g}"
    return decimal if Fraction(decimal) == points else str(points)
