"""What expressions with bound indices have in common: Σ over k, the largest over k, which k attains it.

Bound indices have canonical names, so ``==`` is equality up to renaming and a substitution cannot capture.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr

from .indices import Index, fresh


class Binder(Expr):
    """An operator on a body in which some indices are bound. The first argument is the body.

    `level` is the number in the name of its last bound index; it is above the levels of all operators in the body.
    """

    is_commutative = True
    is_real = True

    level: int

    @property
    def body(self) -> Expr:
        return self.args[0]

    @property
    def bound(self) -> tuple[Index, ...]:
        raise NotImplementedError

    def closed(self, body: Expr, bound: list[Index]) -> Expr:
        """The same operator over another body, in which these indices are the bound ones."""
        raise NotImplementedError

    @property
    def free_symbols(self) -> set[Any]:
        everywhere: set[Any] = set().union(*[part.free_symbols for part in self.args])
        return everywhere - set(self.bound)

    def open(self) -> tuple[Expr, list[Index]]:
        """The body with fresh indices in place of the bound ones, and these indices."""
        indices = [fresh(index) for index in self.bound]
        return self.body.xreplace(dict(zip(self.bound, indices, strict=True))), indices


def level_above(body: Expr) -> int:
    """The lowest level of an operator that has this body."""
    return 1 + max((inner.level for inner in body.atoms(Binder)), default=-1)
