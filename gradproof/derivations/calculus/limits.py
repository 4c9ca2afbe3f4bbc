"""Limits of a function of one scalar, inert: at plus or minus infinity, or at a number, from one side or from both."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integer, S

from .formula import formula
from .tensors import Entry


class Limit(Expr):
    """lim of `expression` as the scalar `variable` goes to `target`: oo, −oo or a rational number.

    side    at a number: 1 from the right, −1 from the left, 0 from both sides
    Raises TypeError for another variable or target, ValueError for another side, or for a side at infinity.
    """

    is_commutative = True
    is_real = True

    def __new__(cls, expression: Expr, variable: Entry, target: Expr, side: int | Integer = 0) -> Limit:
        if not isinstance(variable, Entry) or variable.indices:
            raise TypeError(f"a limit is taken in a scalar, not in {variable}")
        target, side = formula(target), formula(side)
        infinite = target in (S.Infinity, S.NegativeInfinity)
        if not infinite and not target.is_Rational:
            raise TypeError(f"limits are taken at oo, -oo or a rational number, not at {target}")
        if side not in ((0,) if infinite else (-1, 0, 1)):
            raise ValueError(f"the side of a limit at {target} cannot be {side}")
        return Expr.__new__(cls, formula(expression), variable, target, side)

    @property
    def expression(self) -> Expr:
        return self.args[0]

    @property
    def variable(self) -> Entry:
        return self.args[1]

    @property
    def target(self) -> Expr:
        return self.args[2]

    @property
    def side(self) -> int:
        return int(self.args[3])

    def of(self, expression: Expr) -> Limit:
        """The same limit of another function."""
        return Limit(expression, *self.args[1:])

    def _sympystr(self, printer: Any) -> str:
        side = {1: "+", -1: "-", 0: ""}[self.side]
        return f"Limit({printer._print(self.expression)}, {self.variable} -> {self.target}{side})"
