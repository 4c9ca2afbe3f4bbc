"""The largest of a family of numbers, the second largest, …, and the place that attains it.

The smallest of f is −(the largest of −f), with the same ranks. Largest(f, k, rank) has the derivative
Σ_k Selected_k ∂f_k, where Selected_k is 1 at the place that attains it and 0 elsewhere. Where two places share the
value of this rank (a tie) there is no derivative, and `Selected` has no value. What Torch returns there depends on the
operation: max and min over a dimension, topk, sort and kthvalue select one place; amax, amin, and max and min over
everything share the gradient equally among the tied places, and maximum(a, b) gives each of two equal arguments a half.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integer

from .binding import Binder, level_above
from .formula import formula
from .indices import Index, ShapeError, free_indices


class Largest(Binder):
    """The largest value of `body` over all values of the `index`; with `rank` 2 the second largest, and so on.

    Equal values count one by one: of 3, 3, 1 the second largest is 3. A rank beyond the size has no value. Where the
    body lacks the index, the largest value is the body. Raises ValueError for a rank that is no positive integer.
    """

    def __new__(cls, body: Expr, index: Index, rank: int | Integer = 1) -> Expr:
        body, place = formula(body), _rank(rank)
        if _index(index) not in free_indices(body):
            return body
        return _made(cls, body, index, place)

    @property
    def bound(self) -> tuple[Index, ...]:
        return (self.args[1],)

    @property
    def rank(self) -> int:
        return int(self.args[2])

    def selected(self, at: Index) -> Expr:
        """Whether it is the place `at` that attains it."""
        return Selected(self.body, self.bound[0], at, self.rank)

    def closed(self, body: Expr, bound: list[Index]) -> Expr:
        return Largest(body, bound[0], self.rank)

    def _eval_is_positive(self) -> bool | None:
        return True if self.body.is_positive else None

    def _sympystr(self, printer: Any) -> str:
        rank = f", rank={self.rank}" if self.rank > 1 else ""
        return f"Largest({printer._print(self.body)}, {self.bound[0].name}{rank})"


class Selected(Binder):
    """1 if the largest value of `body` over the `index` (of this `rank`) is the one at the place `at`, else 0.

    It has no value at places that share the value of this rank with others. Raises ShapeError if `at` is of another
    size than the index.
    """

    is_nonnegative = True

    def __new__(cls, body: Expr, index: Index, at: Index, rank: int | Integer = 1) -> Expr:
        if _index(at).dim != _index(index).dim:
            raise ShapeError(f"the place {at.name} (over {at.dim}) is none of {index.name} (over {index.dim})")
        return _made(cls, formula(body), index, at, _rank(rank))

    @property
    def bound(self) -> tuple[Index, ...]:
        return (self.args[1],)

    @property
    def at(self) -> Index:
        return self.args[2]

    @property
    def rank(self) -> int:
        return int(self.args[3])

    @property
    def value(self) -> Expr:
        """The body at the place."""
        return self.body.xreplace({self.bound[0]: self.at})

    @property
    def largest(self) -> Expr:
        """The value that the selected place attains."""
        return Largest(self.body, self.bound[0], self.rank)

    def closed(self, body: Expr, bound: list[Index]) -> Expr:
        return Selected(body, bound[0], self.at, self.rank)

    def _eval_power(self, exponent: Expr) -> Expr | None:
        return self if exponent.is_positive else None  # 0 and 1 are their own powers

    def _sympystr(self, printer: Any) -> str:
        rank = f", rank={self.rank}" if self.rank > 1 else ""
        return f"Selected({printer._print(self.body)}, {self.bound[0].name}, at={self.at.name}{rank})"


def _made(cls: type[Binder], body: Expr, index: Index, *rest: Expr) -> Expr:
    level = level_above(body)
    name = Index(f"_{level}", index.dim)
    made = Expr.__new__(cls, body.xreplace({index: name}), name, *rest)
    made.level = level
    return made


def _index(index: Index) -> Index:
    if not isinstance(index, Index):
        raise TypeError(f"{index} is no index")
    return index


def _rank(rank: int | Integer) -> Integer:
    number = formula(rank)
    if not (number.is_Integer and number > 0):
        raise ValueError(f"the rank {rank} is no positive integer; 1 is the largest, 2 the second largest")
    return number
