"""A derivation in other symbols: the same lines with other names of tensors, indices, sizes and activations.

What a line says depends on no name, so that a proof of one is a proof of the other. Nothing rests on that here: the
renamed lines are lines like any others, and are proved as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from sympy import Basic, Symbol

from .derivation import Derivation, Rule, Text
from .functions import Applied, Elementwise
from .indices import Dim, Index
from .tensors import Tensor

T = TypeVar("T")
#: How the names of bound indices begin; what they are written as is chosen when they are printed.
_BOUND = "_~"


def names_in(derivation: Derivation) -> frozenset[str]:
    """The names of tensors, indices, sizes and activations in lines and definitions; bound indices have none."""
    return frozenset(_found(derivation).names)


def functions_in(derivation: Derivation) -> frozenset[str]:
    """The names of the elementwise functions in lines and definitions, such as "sigmoid"."""
    return frozenset(_found(derivation).functions)


def renamed(value: T, names: Mapping[str, str]) -> T:
    """A derivation, or what else holds expressions, with these names, old to new, all at once: a swap is two of them.

    Whatever has an old name gets the new one. The functions written by hand (`reference`, `operation`) speak of the old
    names, and are left out. That no two things get the same name is the caller's duty.
    """
    return _Renaming(names).visit(value)


class _Renaming:
    """The new objects by the old ones: equal tensors and indices stay equal in all lines."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.known: dict[Basic, Basic] = {}

    def visit(self, value: T) -> T:
        """A value in the new names: an expression, or a tuple or a dataclass that holds some."""
        result: Any = value
        if isinstance(value, Derivation):
            result = self.derivation(value)
        elif isinstance(value, Basic):
            result = self.expression(value)
        elif isinstance(value, tuple):
            result = tuple(map(self.visit, value))
        elif is_dataclass(value) and not isinstance(value, (type, Rule, Text)):
            result = replace(value, **self.parts(value))
        found: T = result
        return found

    def derivation(self, derivation: Derivation) -> Derivation:
        explicit = derivation.explicit
        parts = self.parts(derivation) | {"reference": None, "operation": None}
        return replace(derivation, **parts | {"explicit": (lambda: self.expression(explicit())) if explicit else None})

    def parts(self, value: Any) -> dict[str, Any]:
        return {part.name: self.visit(getattr(value, part.name)) for part in fields(value)}

    def expression(self, expression: Basic) -> Any:
        return expression.xreplace({part: self.atom(part) for part in expression.atoms(Symbol)})

    def atom(self, part: Basic) -> Basic:
        if part not in self.known:
            self.known[part] = self.made(part)
        return self.known[part]

    def made(self, part: Any) -> Basic:
        name = self.names.get(part.name, part.name)
        match part:
            case Tensor():
                definition = self.visit(part.definition) if part.definition else None
                return Tensor(name, *map(self.atom, part.dims), domain=part.domain, definition=definition)
            case Index():
                make = Index._made if part.name.startswith("~") else Index  # a fresh index is like no other one
                return make(name, self.atom(part.dim))
            case Dim():
                return Dim(name, " ".join(part.letters))
        return Symbol(name) if name != part.name else part  # the name of an activation


class _Names:
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.functions: set[str] = set()
        self.seen: set[Basic] = set()

    def visit(self, value: Any) -> None:
        if isinstance(value, Basic):
            for part in value.atoms(Tensor, Index, Dim) - self.seen:
                self.seen.add(part)
                self.names |= set() if part.name[0] in _BOUND else {str(part.name)}
                self.visit((*getattr(part, "dims", ()), getattr(part, "dim", None), getattr(part, "definition", None)))
            self.names |= {str(applied.name) for applied in value.atoms(Applied)}
            self.functions |= {type(function).__name__ for function in value.atoms(Elementwise)}
        elif isinstance(value, tuple):
            for part in value:
                self.visit(part)
        elif is_dataclass(value) and not isinstance(value, type):
            for field in fields(value):
                self.visit(getattr(value, field.name))


@lru_cache(maxsize=1024)
def _found(derivation: Derivation) -> _Names:
    found = _Names()
    found.visit(derivation)
    return found
