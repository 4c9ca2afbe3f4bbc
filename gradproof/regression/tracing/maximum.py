"""The largest of some expressions as a node of its own, so that it can be read in two ways.

A shift by the maximum is proved as a shift by any number; where that is not enough, the maximum is written out by the
signs of differences.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sympy import Expr

from gradproof.derivations.calculus import Entry
from gradproof.verify.autograd.graph.extrema import ranked
from gradproof.verify.exact.scalars import fingerprint
from gradproof.verify.structure import kinds


class Maximum(Expr):
    """The largest of its arguments, which are real numbers; of one it is that one."""

    is_commutative = True
    is_real = True

    def __new__(cls, *numbers: Expr) -> Expr:
        different = sorted(set(numbers), key=fingerprint)
        return different[0] if len(different) == 1 else Expr.__new__(cls, *different)

    def _sympystr(self, printer: Any) -> str:
        return f"max({', '.join(map(printer._print, self.args))})"


def written_out(expression: Expr) -> Expr:
    """Every maximum by signs of differences. Raises TooManyRegions for more numbers than can be put in order."""
    return _replaced(expression, _ranked)


def shifted(expression: Expr, numbers: Callable[[Expr], Expr]) -> Expr:
    """Every maximum as what `numbers` says, which is given the maximum."""
    return _replaced.__wrapped__(expression, numbers) if Maximum in kinds(expression) else expression


def _ranked(maximum: Expr) -> Expr:
    return ranked(maximum.args, 1)


@lru_cache(maxsize=1 << 12)
def _replaced(expression: Expr, numbers: Callable[[Expr], Expr]) -> Expr:
    if isinstance(expression, Entry) or Maximum not in kinds(expression):
        return expression
    again = expression.func(*[_replaced(part, numbers) for part in expression.args])
    return numbers(again) if isinstance(again, Maximum) else again
