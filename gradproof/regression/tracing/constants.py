"""The numbers that stand in a person's code, as the exact numbers that they stand for.

0.1 is one tenth, 0.3333333333333333 is a third, and 0.7071067811865476 is √(1/2), since these are what was meant; so is
0.7071067811865475, which is what 1/np.sqrt(2) gives. A number of which nothing of the kind can be said is *rough*: an
unknown close to its float, so that a proof holds whatever it is, and a refutation only counts where no number that
close can explain the difference.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sympy import Expr, Rational, S

from gradproof.derivations.calculus import Domain, Scalar, log, sqrt
from gradproof.verify.autograd.graph.constants import IRRATIONAL, exact
from gradproof.verify.intervals.balls import Balls
from gradproof.verify.structure import entries_in

#: How the names of rough numbers begin; no parameter of a function can begin like this.
_ROUGH = "≈"
#: Decimals with more digits than this were computed, not written by a person.
_DIGITS = 9
#: Roots of fractions with denominators up to this are recognised by their rounded value.
_LARGEST_DENOMINATOR = 1000
#: How far a number may be from what it stands for, in units of its last place: it was computed in a few steps.
_ULPS = 4
#: Where more than this part of all numbers would be taken for fractions by accident, none is.
_ACCIDENT = 2.0**-20
#: A rough number lies within this part of its float: some roundings of what it was computed from.
ROUGHLY = Fraction(1, 1 << 46)
_LOGARITHMS = {math.log(number): log(S(number)) for number in range(2, 101)}


@lru_cache(maxsize=1 << 12)
def meaning(number: float | int) -> Expr:
    """The exact number that a number of somebody's code stands for, or a rough one; infinities and nan are SymPy's."""
    if isinstance(number, int) or not math.isfinite(number):
        return exact(number)
    sign, size = (-1, -number) if number < 0 else (1, number)
    found = exact(size)
    if not (found.is_Rational and found.q > _LARGEST_DENOMINATOR):
        return sign * found
    decimal = Decimal(repr(size))
    if len(decimal.as_tuple().digits) <= _DIGITS:
        return sign * Rational(Fraction(decimal))
    if size.hex().rstrip("0")[-1:] == "." or Fraction(size).numerator.bit_length() <= 20:
        return sign * found  # a power of two or the like, such as the machine epsilon
    computed = _computed(size)
    return sign * (Scalar(f"{_ROUGH}{size!r}", Domain.POSITIVE) if computed is None else computed)


def _computed(size: float) -> Expr | None:
    """The fraction, the root of one, or the known number that lies within a few units of the last place."""
    room = _ULPS * math.ulp(size)
    near, square = (Fraction(value).limit_denominator(_LARGEST_DENOMINATOR) for value in (size, size * size))
    if 2 * room * _LARGEST_DENOMINATOR**2 < _ACCIDENT:
        if near and abs(Fraction(size) - near) <= room:
            return Rational(near)
        if square and abs(math.sqrt(square.numerator / square.denominator) - size) <= room:
            return sqrt(Rational(square))
    known = {**IRRATIONAL, **_LOGARITHMS}
    return next((meant for number, meant in known.items() if abs(number - size) <= room), None)


def rough_numbers(expressions: Iterable[Any]) -> dict[Expr, Rational]:
    """The rough numbers in some expressions, with the floats that they are close to."""
    entries = {entry for expression in expressions for entry in entries_in(expression)}
    rough = [entry for entry in entries if str(entry.tensor.name).startswith(_ROUGH)]
    return {entry: Rational(Fraction(float(str(entry.tensor.name)[1:]))) for entry in sorted(rough, key=str)}


def around(balls: Balls, near: Rational) -> Any:
    """An enclosure of all numbers that a rough number near this float may be."""
    middle = Fraction(int(near.p), int(near.q))
    return balls.between(*sorted((middle * (1 - ROUGHLY), middle * (1 + ROUGHLY))))
