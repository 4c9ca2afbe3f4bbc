"""Sums over whole sizes, Kronecker deltas, and inert partial derivatives."""

from __future__ import annotations

import itertools
from typing import Any

from sympy import Expr, Mul, S, default_sort_key

from .binding import Binder, level_above
from .formula import formula
from .indices import Index, ShapeError, free_indices
from .tensors import Entry


class Delta(Expr):
    """Kronecker's delta of two indices of one sort: 1 if they are equal, else 0. Raises ShapeError on two sorts."""

    is_commutative = True
    is_real = True
    is_nonnegative = True

    def __new__(cls, first: Index, second: Index) -> Expr:
        if first == second:
            return S.One
        if first.dim != second.dim:
            raise ShapeError(f"delta of {first.name} (over {first.dim}) and {second.name} (over {second.dim})")
        return Expr.__new__(cls, *sorted((first, second), key=lambda index: index.name))

    def _eval_power(self, exponent: Expr) -> Expr | None:
        return self if exponent.is_positive else None  # 0 and 1 are their own powers

    def _sympystr(self, printer: Any) -> str:
        return f"delta[{self.args[0].name},{self.args[1].name}]"


class Partial(Expr):
    """The partial derivative of an expression by an entry, not carried out.

    expression   a formula; what it defines is inserted down to the tensor of `by`
    by           an entry, such as ``z[j]``
    Raises TypeError for a derivative by anything else.
    """

    is_commutative = True
    is_real = True

    def __new__(cls, expression: Expr, by: Entry) -> Partial:
        if not isinstance(by, Entry):
            raise TypeError(f"a derivative is taken by an entry of a tensor, not by {by}")
        return Expr.__new__(cls, formula(expression), by)

    @property
    def expression(self) -> Expr:
        return self.args[0]

    @property
    def by(self) -> Entry:
        return self.args[1]


class Sum(Binder):
    """The sum of `body` over all values of the `indices`.

    Built in one form: an index that the body lacks becomes a factor (the size), constants come out, a product whose
    factors share no bound index becomes a product of sums, nested sums are joined.
    """

    def __new__(cls, body: Expr, *indices: Index) -> Expr:
        body = formula(body)
        if body is S.Zero:
            return S.Zero
        bound = list(indices)
        while isinstance(body, Sum):
            body, inner = body.open()
            bound += inner
        free = free_indices(body)
        outside = [index.dim for index in bound if index not in free]
        bound = [index for index in bound if index in free]
        if not bound:
            return Mul(*outside, body)
        groups: list[tuple[set[Index], list[Expr]]] = []
        for factor in Mul.make_args(body):
            shared = free_indices(factor) & set(bound)
            if not shared:
                outside.append(factor)
                continue
            names, factors = set(shared), [factor]
            for group in [group for group in groups if group[0] & names]:
                names |= group[0]
                factors = group[1] + factors
                groups.remove(group)
            groups.append((names, factors))
        return Mul(*outside, *[cls._canonical(Mul(*factors), names) for names, factors in groups])

    @classmethod
    def _canonical(cls, body: Expr, bound: set[Index]) -> Expr:
        level = level_above(body)
        indices = sorted(bound, key=lambda index: (index.dim.name, index.name))
        names = [f"_{level + place}" for place in range(len(indices))]
        best: tuple[Any, Expr, list[Index]] | None = None
        for order in _orders(indices):
            renamed = [Index(name, index.dim) for name, index in zip(names, order, strict=True)]
            candidate = body.xreplace(dict(zip(order, renamed, strict=True)))
            if len(indices) == 1:
                best = (None, candidate, renamed)
                break
            key = default_sort_key(candidate)
            if best is None or key < best[0]:
                best = (key, candidate, renamed)
        assert best is not None
        result = Expr.__new__(cls, best[1], *best[2])
        result.level = level + len(indices) - 1
        return result

    @property
    def bound(self) -> tuple[Index, ...]:
        return self.args[1:]

    def closed(self, body: Expr, bound: list[Index]) -> Expr:
        return Sum(body, *bound)

    def _sympystr(self, printer: Any) -> str:
        return f"Sum({printer._print(self.body)}, {', '.join(index.name for index in self.bound)})"


def _orders(indices: list[Index]) -> Any:
    """Orders to try for a canonical form: all of those that keep sizes together; beyond five indices only one."""
    if len(indices) > 5:
        return [indices]
    groups = [list(group) for _, group in itertools.groupby(indices, key=lambda index: index.dim)]
    choices = itertools.product(*[itertools.permutations(group) for group in groups])
    return ([index for group in choice for index in group] for choice in choices)


def delta(first: Index, second: Index) -> Expr:
    """Returns Kronecker's δ: 1 where `first` and `second` are equal, else 0. Raises ShapeError for two sizes."""
    return Delta(first, second)
