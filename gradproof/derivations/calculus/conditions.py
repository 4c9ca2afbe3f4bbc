"""What is assumed where a line is said: cases of indices, regions, and structure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sympy import Expr

from .extrema import Largest
from .indices import Index, ShapeError
from .tensors import Entry, Tensor


@dataclass(frozen=True, slots=True)
class Equal:
    """The case i = j."""

    first: Index
    second: Index

    def __post_init__(self) -> None:
        _same_sort(self.first, self.second)


@dataclass(frozen=True, slots=True)
class Different:
    """The case i ≠ j."""

    first: Index
    second: Index

    def __post_init__(self) -> None:
        _same_sort(self.first, self.second)


@dataclass(frozen=True, slots=True)
class Positive:
    """A region: the expression is positive."""

    expression: Expr


@dataclass(frozen=True, slots=True)
class Negative:
    """A region: the expression is negative."""

    expression: Expr


@dataclass(frozen=True, slots=True)
class NonZero:
    """A region: the expression is not zero (away from a kink, or a norm that has a gradient)."""

    expression: Expr


@dataclass(frozen=True, slots=True)
class Untied:
    """A region: one place alone attains this largest value (or the value of this rank), so that it has a derivative."""

    expression: Largest


@dataclass(frozen=True, slots=True)
class Downstream:
    """`value` depends on everything else only through the tensors `through`.

    So d value = Σ_c Σ_k (∂value/∂c_k) d c_k; what `value` is does not matter. This is the form in which one layer of a
    network is proved for every loss and every network above it.
    """

    value: Entry
    through: tuple[Tensor, ...]


Condition = Equal | Different | Positive | Negative | NonZero | Untied | Downstream


class Relation(Enum):
    """How the two sides of a claim are related."""

    EQUAL = "="
    AT_MOST = "≤"


def _same_sort(first: Index, second: Index) -> None:
    if first.dim != second.dim:
        raise ShapeError(f"{first.name} (over {first.dim}) is compared with {second.name} (over {second.dim})")
