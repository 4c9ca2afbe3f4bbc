"""Limits of a function of one scalar at plus or minus infinity, inert."""

from __future__ import annotations

from typing import Any

from sympy import Expr, S

from .formula import formula
from .tensors import Entry


class Limit(Expr):
    """lim of `expression` as the scalar `variable` goes to `target`, which is oo or −oo. Raises TypeError otherwise."""

    is_commutative = True
    is_real = True

    def __new__(cls, expression: Expr, variable: Entry, target: Expr) -> Limit:
        if not isinstance(variable, Entry) or variable.indices:
            raise TypeError(f"a limit is taken in a scalar, not in {variable}")
        if target not in (S.Infinity, S.NegativeInfinity):
            raise TypeError(f"limits are taken at oo or -oo, not at {target}")
        return Expr.__new__(cls, formula(expression), variable, target)

    @property
    def expression(self) -> Expr:
        return self.args[0]

    @property
    def variable(self) -> Entry:
        return self.args[1]

    @property
    def target(self) -> Expr:
        return self.args[2]

    def _sympystr(self, printer: Any) -> str:
        return f"Limit({printer._print(self.expression)}, {self.variable} -> {self.target})"
