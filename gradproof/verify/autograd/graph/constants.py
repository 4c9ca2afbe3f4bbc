"""The numbers that stand in Torch's source, as the exact numbers that they stand for.

Torch works with floating-point numbers: 2/3 is written 0.6666666666666666, √(2/π) is 0.7978845608028654. As mathematics
such a number is the one that it is rounded from. What is neither in the tables, nor the rounded value of a fraction
with a small denominator or of a short decimal, is the exact value of the float.
"""

from __future__ import annotations

import math
from fractions import Fraction

from sympy import Expr, Rational, S, pi, sqrt

#: Numbers of Torch's source that are irrational, by their float64.
IRRATIONAL: dict[float, Expr] = {
    math.pi:                    pi,
    math.sqrt(2):               sqrt(2),
    math.sqrt(1 / 2):           1 / sqrt(2),
    2 / math.sqrt(math.pi):     2 / sqrt(pi),
    math.sqrt(2 / math.pi):     sqrt(2) / sqrt(pi),
    1 / math.sqrt(2 * math.pi): 1 / (sqrt(2) * sqrt(pi)),
}  # fmt: skip
#: The constants of SELU, which Torch writes with more digits than a float holds, and their product.
_ALPHA, _SCALE = Rational("1.6732632423543772848170429916717"), Rational("1.0507009873554804934193349852946")
DECIMAL: dict[float, Expr] = {
    float(_ALPHA):                 _ALPHA,
    float(_SCALE):                 _SCALE,
    float(_ALPHA) * float(_SCALE): _ALPHA * _SCALE,
}  # fmt: skip
#: A decimal with so many digits is the one that was written: 0.044715 of GELU.
_MOST_DIGITS = 9
#: Fractions p/q with q up to this are recognised by their rounded value: means over up to so many entries.
_LARGEST_DENOMINATOR = 1000


def exact(number: float | int | bool) -> Expr:
    """The number that a number of Torch's source stands for; infinities and nan are SymPy's."""
    if isinstance(number, (bool, int)):
        return S(int(number))
    if math.isnan(number):
        return S.NaN
    if math.isinf(number):
        return S.Infinity if number > 0 else S.NegativeInfinity
    for size, meant in (*IRRATIONAL.items(), *DECIMAL.items()):
        if abs(number) == size:
            return meant if number > 0 else -meant
    near = Fraction(number).limit_denominator(_LARGEST_DENOMINATOR)
    if near.numerator / near.denominator == number:
        return Rational(near.numerator, near.denominator)
    if len(repr(abs(number)).partition("e")[0].replace(".", "").lstrip("0")) <= _MOST_DIGITS:
        return Rational(repr(number))
    return Rational(Fraction(number))
