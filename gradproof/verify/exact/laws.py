"""Laws of signs and roots that only a proof at given sizes understands, since it goes through all signs.

The sign of a product is the product of the signs, also where one of them is 0, and what is known to be positive has
none. A root of a product is split where every part that comes out is at least 0.
"""

from __future__ import annotations

from sympy import Abs, Expr, Pow, Rational, S

from gradproof.derivations.calculus import relu, sign, step

from ..evaluation import Unsupported
from .algebra import factors
from .positivity import Known, nonnegative, positive


def piecewise(kind: type[Expr], argument: Expr, known: Known) -> Expr:
    """step, sign, relu or |·| of an argument that is already prepared, by steps and |·| of its factors."""
    if kind is step:
        return _step(argument, known)
    if kind is relu:
        return argument * _step(argument, known)
    if kind is sign:
        return _sign(argument, known)
    number, parts = factors(argument)
    result = S.One
    for factor, power in parts:
        even = power % 2 == 0
        result *= (factor if even or positive(factor, known) else _absolute(factor, known)) ** power
    return abs(number) * result


def _absolute(factor: Expr, known: Known) -> Expr:
    return -factor if positive(-factor, known) else Abs(factor)


def _step(argument: Expr, known: Known) -> Expr:
    """s(s + 1)/2 for the sign s, which is −1, 0 or 1."""
    if argument == 0 or positive(-argument, known):
        return S.Zero
    if positive(argument, known):
        return S.One
    number, parts = factors(argument)
    left = [(factor, power) for factor, power in parts if not positive(factor, known)]
    if len(left) == 1 and left[0][1] == 1:
        return step(left[0][0] if number > 0 else -left[0][0])
    s = _sign(argument, known)
    return s * (s + 1) / 2


def _sign(argument: Expr, known: Known) -> Expr:
    number, parts = factors(argument)
    result = S.Zero if number == 0 else S.One if number > 0 else S.NegativeOne
    for factor, power in parts:
        if positive(-factor, known):
            result *= S.NegativeOne**power
        elif not positive(factor, known):
            result *= (step(factor) - step(-factor)) ** (2 if power % 2 == 0 else 1)
    return result


def root(base: Expr, exponent: Rational, known: Known) -> Expr:
    """base^exponent for an exponent that is no whole number: factors that are at least 0 get roots of their own.

    An even power is at least 0 whatever its base is: √(x² y) = |x| √y. Raises Unsupported for a root of odd order of
    what is not known to be positive, which is defined for half of the data only.
    """
    number, parts = factors(base)
    outside, inside = S.One, S.One if number > 0 else S.NegativeOne
    for factor, power in parts:
        if nonnegative(factor, known):
            outside *= Pow(factor, power * exponent)
        elif power % 2 == 0:
            outside *= Pow(_absolute(factor, known), power * exponent)
        else:
            inside *= factor**power
    if inside != 1 and exponent.q % 2:
        raise Unsupported(f"a root of order {exponent.q} of {base}, which is not known to be positive")
    return Pow(abs(number), exponent) * outside * (Pow(inside, exponent) if inside != 1 else S.One)
