"""What a lemma in one variable gives away, as an expression: a building block of certificates."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Symbol

from .tensors import Entry


class Margin(Expr):
    """What a lemma f(t) ≤ g(t) in one variable gives away at an argument: g − f there, by the lemma never negative.

    name        of the derivation that is the lemma
    function    g(t) − f(t)
    variable    t, whose domain is where the lemma holds
    """

    is_commutative = True
    is_real = True

    def __new__(cls, name: Symbol, function: Expr, variable: Entry, argument: Expr) -> Margin:
        return Expr.__new__(cls, name, function, variable, argument)

    @property
    def name(self) -> str:
        return str(self.args[0].name)

    @property
    def function(self) -> Expr:
        return self.args[1]

    @property
    def variable(self) -> Entry:
        return self.args[2]

    @property
    def argument(self) -> Expr:
        return self.args[3]

    @property
    def value(self) -> Expr:
        return self.function.xreplace({self.variable: self.argument})

    def _sympystr(self, printer: Any) -> str:
        return f"{self.name}({self.argument})"
