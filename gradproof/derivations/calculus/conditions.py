"""What is assumed where a line is said: cases of indices, regions, and structure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sympy import Expr

from .extrema import Largest
from .indices import Index, ShapeError
from .tensors import Entry, Tensor


@dataclass(frozen=True, slots=True)
class Equal:
    """The case i = j, of the indices `first` and `second`. Raises ShapeError for indices over two sizes."""

    first: Index
    second: Index

    def __post_init__(self) -> None:
        _same_sort(self.first, self.second)


@dataclass(frozen=True, slots=True)
class Different:
    """The case i ≠ j, of the indices `first` and `second`. Raises ShapeError for indices over two sizes."""

    first: Index
    second: Index

    def __post_init__(self) -> None:
        _same_sort(self.first, self.second)


@dataclass(frozen=True, slots=True)
class Positive:
    """A region: the `expression` is positive."""

    expression: Expr


@dataclass(frozen=True, slots=True)
class Negative:
    """A region: the `expression` is negative."""

    expression: Expr


@dataclass(frozen=True, slots=True)
class NonZero:
    """A region: the `expression` is not zero (away from a kink, or a norm that has a gradient)."""

    expression: Expr


@dataclass(frozen=True, slots=True)
class Untied:
    """A region where `expression`, a `Largest`, has a derivative: one place alone attains this value."""

    expression: Largest


@dataclass(frozen=True, slots=True)
class Downstream:
    """`value` depends on everything else only through the tensors `through`.

    So d value = Σ_c Σ_k (∂value/∂c_k) d c_k; what `value` is does not matter, as long as it has continuous second
    derivatives where they are asked for. This is the form in which one layer of a network is proved for every loss and
    every network above it.
    """

    value: Entry
    through: tuple[Tensor, ...]


@dataclass(frozen=True, slots=True)
class At:
    """The point at which a line is said: the entries have this value, which is already written into the line."""

    entry: Entry
    value: Expr


Condition = Equal | Different | Positive | Negative | NonZero | Untied | Downstream | At


class Relation(Enum):
    """How the two sides of a claim are related."""

    EQUAL = "="
    AT_MOST = "≤"
    LESS = "<"
    AT_LEAST = "≥"
    MORE = ">"

    @property
    def strict(self) -> bool:
        """Whether equal sides break the relation."""
        return self in (Relation.LESS, Relation.MORE)

    @property
    def reversed(self) -> Relation:
        """The relation of the right side to the left one."""
        return _REVERSED.get(self, self)

    def then(self, following: Relation) -> Relation:
        """What a chain of two lines says of its ends: ≤ and then < is <. Raises ValueError for ≤ and then ≥."""
        if Relation.EQUAL in (self, following):
            return following if self is Relation.EQUAL else self
        if _WEAK.get(self, self) is not _WEAK.get(following, following):
            raise ValueError(f"nothing follows from {self.value} and then {following.value}")
        return self if self.strict else following

    def larger(self, left: Any, right: Any) -> tuple[Any, Any]:
        """The side that an inequality says is the larger one, and the other one."""
        return (left, right) if self in (Relation.AT_LEAST, Relation.MORE) else (right, left)


_REVERSED = {
    Relation.AT_MOST: Relation.AT_LEAST,
    Relation.LESS: Relation.MORE,
    Relation.AT_LEAST: Relation.AT_MOST,
    Relation.MORE: Relation.LESS,
}
_WEAK = {Relation.LESS: Relation.AT_MOST, Relation.MORE: Relation.AT_LEAST}


def _same_sort(first: Index, second: Index) -> None:
    if first.dim != second.dim:
        raise ShapeError(f"{first.name} (over {first.dim}) is compared with {second.name} (over {second.dim})")
