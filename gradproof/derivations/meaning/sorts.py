"""The sizes of axes while they are being found out: sorts that are unified until every axis has a `Dim`.

A declared size has a name (N, C); one that was only met is named when it is first used. Two declared sizes never become
one: that is a clash of shapes.
"""

from __future__ import annotations

from collections.abc import Iterable

from gradproof.derivations.calculus import Dim
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading.unreadable import NOWHERE

from .problems import ShapeClash

_NAMES = ("n", "m", "d", "q", "N", "C", "K", "h", "p", "r", "s")


class Again(Exception):  # noqa: N818 - a request
    """Two sizes that were already used turned out to be one: the translation starts again."""


class Sort:
    """The size of an axis. `name` is empty until it has one."""

    __slots__ = ("declared", "dim", "name", "parent")

    def __init__(self, name: str = "", declared: bool = False) -> None:
        self.name = name
        self.declared = declared
        self.parent: Sort | None = None
        self.dim: Dim | None = None


class Sorts:
    """All sorts of a text. `reserved` are names that quantities have, so that no size takes them."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self.named: dict[str, Sort] = {}
        self.reserved = set(reserved)
        self._keyed: dict[object, Sort] = {}
        self._passing: dict[object, Sort] = {}

    def __copy__(self) -> Sorts:
        """The same sizes, which can be unified without changing these; what one relation met by the way is left out."""
        made: dict[Sort, Sort] = {}

        def copied(sort: Sort) -> Sort:
            if sort not in made:
                made[sort] = new = Sort(sort.name, sort.declared)
                new.dim = sort.dim
                new.parent = copied(sort.parent) if sort.parent is not None else None
            return made[sort]

        result = Sorts(self.reserved)
        result.named = {name: copied(sort) for name, sort in self.named.items()}
        result._keyed = {key: copied(sort) for key, sort in self._keyed.items()}
        return result

    def of_name(self, name: str) -> Sort:
        """The size of this name, which counts as declared."""
        if name not in self.named:
            self.named[name] = Sort(name, declared=True)
        return root(self.named[name])

    def of_key(self, key: object) -> Sort:
        """The size that belongs to something, such as an axis of a name; always the same one."""
        if key not in self._keyed:
            self._keyed[key] = Sort()
        return root(self._keyed[key])

    def of_passing(self, key: object) -> Sort:
        """The size of something that stands in one relation only, such as a letter: until `begin`, the same one."""
        if key not in self._passing:
            self._passing[key] = Sort()
        return root(self._passing[key])

    def unify(self, first: Sort, second: Sort, span: Span = NOWHERE) -> None:
        """Both are one size from here on. Raises ShapeClash for two declared sizes, Again if both were in use."""
        one, other = root(first), root(second)
        if one is other:
            return
        if one.declared and other.declared:
            raise ShapeClash(f"an axis of size {one.name} meets one of size {other.name}; which is meant?", span)
        kept, gone = (one, other) if one.declared or (one.dim is not None and not other.declared) else (other, one)
        gone.parent = kept
        if gone.dim is not None:
            raise Again

    def dim(self, sort: Sort) -> Dim:
        """The size itself."""
        found = root(sort)
        if found.dim is None:
            found.name = found.name or self._free_name()
            found.dim = Dim(found.name)
        return found.dim

    def sort_of(self, dim: Dim) -> Sort:
        """The sort that has this size."""
        for sort in self._all():
            if root(sort).dim == dim:
                return root(sort)
        return self.of_name(str(dim.name))

    def begin(self) -> None:
        """What a letter runs over is found anew in each relation: i counts rows here, and columns a page later."""
        self._passing = {}

    def start_again(self) -> None:
        """Forget the sizes that were given out; what was unified stays so."""
        for sort in self._all():
            found = root(sort)
            found.dim = None
            if not found.declared:
                found.name = ""

    def _free_name(self) -> str:
        used = {root(sort).name for sort in self._all()} | self.reserved
        numbered = (f"{letter}_{number}" for number in range(1, 100) for letter in _NAMES)
        return next(name for name in (*_NAMES, *numbered) if name not in used)

    def _all(self) -> tuple[Sort, ...]:
        return (*self.named.values(), *self._keyed.values(), *self._passing.values())


def root(sort: Sort) -> Sort:
    """The sort that stands for all that were unified with this one."""
    while sort.parent is not None:
        sort = sort.parent
    return sort
