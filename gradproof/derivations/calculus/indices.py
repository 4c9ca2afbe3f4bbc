"""Symbolic sizes and the indices that run over them.

A size is a `Dim` (n classes, m inputs, N samples), never a number. An index belongs to its `Dim`: the sort is part of
its identity, so an index of one size cannot be used in the place of another.
"""

from __future__ import annotations

import itertools
from functools import lru_cache
from weakref import WeakValueDictionary

from sympy import Basic, Symbol


class ShapeError(TypeError):
    """Sizes or sorts that do not fit; raised when an expression is built, and it names both sizes."""


class Dim(Symbol):
    """A symbolic size, a positive integer: what is proved with it holds for every one.

    name      how it is written
    letters   the names of indices preferred in print for sums over this size, as in ``Dim("n", "k l")``
    """

    __slots__ = ("letters",)

    def __new__(cls, name: str, letters: str = "k l r s") -> Dim:
        size = Symbol.__xnew__(cls, name, integer=True, positive=True)
        size.letters = tuple(letters.split())
        return size

    def _hashable_content(self) -> tuple[object, ...]:
        return (*super()._hashable_content(), self.letters)

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, object]]:
        return ((self.name, " ".join(self.letters)), {})

    def indices(self, names: str) -> tuple[Index, ...]:
        """Several indices over this size: ``i, j = n.indices("i j")``."""
        return tuple(Index(name, self) for name in names.split())

    def index(self, name: str) -> Index:
        """One index over this size."""
        return Index(name, self)


class Index(Symbol):
    """An index that runs over 1 … `dim`; ``n.indices("i j")`` makes several. Its `name` is how it is written."""

    __slots__ = ("__weakref__", "dim")

    def __new__(cls, name: str, dim: Dim) -> Index:
        known = _known.get((name, dim))
        if known is not None:
            return known
        index = cls._made(name, dim)
        _known[name, dim] = index
        return index

    @classmethod
    def _made(cls, name: str, dim: Dim) -> Index:
        index = Symbol.__xnew__(cls, name, integer=True, positive=True)
        index.dim = dim
        return index

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = Symbol.__hash__

    def _hashable_content(self) -> tuple[object, ...]:
        return (*super()._hashable_content(), self.dim)

    def __getnewargs_ex__(self) -> tuple[tuple[str, Dim], dict[str, object]]:
        return ((self.name, self.dim), {})


#: One object for equal indices, so that comparing two, which every rewrite does all the time, costs nothing.
_known: WeakValueDictionary[tuple[str, Dim], Index] = WeakValueDictionary()
_counter = itertools.count()


def fresh(index: Index) -> Index:
    """A new index of the same sort that occurs nowhere else."""
    return Index._made(f"~{next(_counter)}", index.dim)


@lru_cache(maxsize=1 << 16)
def free_indices(expression: Basic) -> frozenset[Index]:
    """The indices that occur free, that is, not bound by a sum."""
    if isinstance(expression, Index):
        return frozenset((expression,))
    found: frozenset[Index] = frozenset()
    for part in expression.args:
        found |= free_indices(part)
    bound = getattr(expression, "bound", None)
    return found - frozenset(bound) if bound else found
