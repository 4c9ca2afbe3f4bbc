"""Numbers as display trees: −2, 1/3, π, ∞."""

from __future__ import annotations

from sympy import Expr, Float, Integer, Rational, S, pi

from . import tree as t
from .brackets import negate
from .order import is_negative
from .tree import Tree, Variant


class NotDisplayableError(TypeError):
    """An object that the display tree has no form for."""


def number_tree(number: Expr) -> Tree:
    """The display tree of a number. Raises NotDisplayableError for one that is none of these."""
    if number == pi:
        return t.Identifier("π", Variant.UPRIGHT)
    if is_negative(number):
        return negate(number_tree(-number))
    if number in (S.Infinity, S.NegativeInfinity):
        return t.Identifier("∞") if number == S.Infinity else negate(t.Identifier("∞"))
    if isinstance(number, Integer | Float):
        return t.Number(str(number))
    if isinstance(number, Rational):
        return t.Fraction(t.Number(str(number.p)), t.Number(str(number.q)))
    raise NotDisplayableError(f"no display form for the number {number}")
