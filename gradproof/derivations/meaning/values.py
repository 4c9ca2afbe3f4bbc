"""What a formula is worth: an expression with free indices, one for each axis, in their order.

Matrix notation becomes index notation here: X w is Σ_k X_ik w_k with the one axis i. A derivative of an array by an
array stays a map between the named spaces (`Map`) until it meets an ordinary array; only then does the layout matter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sympy import Expr

from gradproof.derivations.calculus import Index, Tensor, fresh
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading.unreadable import NOWHERE


@dataclass(frozen=True, slots=True)
class Map:
    """That a value is ∂of/∂by: its first `outputs` axes are those of `of`, the others those of `by`."""

    of: Tensor | None
    by: Tensor
    outputs: int


@dataclass(frozen=True, slots=True)
class Value:
    """An array of any number of axes.

    axes   the free indices of its axes, all different
    row    a vector that lies: its transpose is a column; None if it may lie or stand, as a row of a matrix does
    map    what it is a derivative of and by
    """

    expression: Expr
    axes: tuple[Index, ...] = ()
    row: bool | None = False
    map: Map | None = None
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def rank(self) -> int:
        return len(self.axes)

    def shape(self) -> str:
        """As a reader sees it: "scalar", "n", "1 × n" or "m × n"."""
        if not self.axes:
            return "scalar"
        sizes = " × ".join(str(axis.dim.name) for axis in self.axes)
        return f"1 × {sizes}" if self.row else sizes

    def on(self, axes: tuple[Index, ...]) -> Value:
        """The same value with these indices for its axes; they have the same sizes."""
        renamed = self.expression.xreplace(dict(zip(self.axes, axes, strict=True)))
        return replace(self, expression=renamed, axes=axes)

    def anew(self) -> Value:
        """The same value on fresh indices."""
        return self.on(tuple(fresh(axis) for axis in self.axes))

    def each(self, function: Callable[[Expr], Expr]) -> Value:
        """The function of every entry."""
        return replace(self, expression=function(self.expression), map=None)

    def transposed(self) -> Value:
        """Rows and columns exchanged; a scalar stays what it is."""
        if self.rank == 1:
            return replace(self, row=None if self.row is None else not self.row, map=None)
        return replace(self, axes=self.axes[::-1], map=None)


@dataclass(frozen=True, slots=True)
class Rows:
    """A matrix that is written out: rows of scalars."""

    rows: tuple[tuple[Value, ...], ...]
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def size(self) -> tuple[int, int]:
        return len(self.rows), len(self.rows[0])

    def transposed(self) -> Rows:
        return replace(self, rows=tuple(zip(*self.rows, strict=True)))

    def each(self, function: Callable[[Value], Value]) -> Rows:
        return replace(self, rows=tuple(tuple(map(function, row)) for row in self.rows))


Meaning = Value | Rows
