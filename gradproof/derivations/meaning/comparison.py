"""Two members of a chain as claims: their axes matched, their layouts settled."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, S

from gradproof.derivations.calculus import free_indices
from gradproof.derivations.notation.reading import Span

from .context import Context
from .problems import Needs, NotUnderstood, RankClash, ShapeClash
from .values import Meaning, Rows, Value


@dataclass(frozen=True, slots=True)
class Pair:
    """Two scalars with common free indices, and the axes among these that the arrays brought."""

    left: Expr
    right: Expr


def pairs(context: Context, left: Meaning, right: Meaning, span: Span) -> list[Pair]:
    """What must be equal for the two to be equal. Raises ShapeClash where their shapes differ."""
    if isinstance(left, Rows) or isinstance(right, Rows):
        return _entries(context, left, right, span)
    arrays = context.arrays
    same_map = left.map and right.map and (left.map.by, left.map.outputs) == (right.map.by, right.map.outputs)
    if not same_map:
        left, right = arrays.array(left), arrays.array(right)
    zero = right.expression is S.Zero or left.expression is S.Zero
    if left.rank != right.rank and not zero:
        if _is_entry(left, right) or _is_entry(right, left):
            raise Needs("one side is an array and the other one entry of it; write the indices on both sides", span)
        raise RankClash(_unlike(left, right), span)
    turned = None not in (left.row, right.row) and left.row != right.row
    if left.rank == right.rank == 1 and turned and not same_map:
        raise ShapeClash(_unlike(left, right), span)
    if left.rank == right.rank:
        for one, other in zip(left.axes, right.axes, strict=True):
            arrays.fit(one, other, _unlike(left, right), span)
        right = right.on(left.axes)
    return [Pair(left.expression, right.expression)]


def _is_entry(one: Value, other: Value) -> bool:
    """Whether one side has a letter for each axis that only the other has: ∂p/∂z = p_i (δ_ij − p_j) means entries."""
    letters = free_indices(one.expression) - set(one.axes) - free_indices(other.expression)
    return one.rank < other.rank and len(letters) == other.rank - one.rank


def _unlike(left: Value, right: Value) -> str:
    return f"the left side is {_shape(left)}, the right side {_shape(right)}; what is missing on one of them?"


def _shape(value: Value) -> str:
    return "a number" if not value.rank else f"of shape {value.shape()}"


def _entries(context: Context, left: Meaning, right: Meaning, span: Span) -> list[Pair]:
    if isinstance(left, Rows) and isinstance(right, Rows):
        if left.size != right.size and left.size == right.size[::-1] and 1 in left.size:
            raise ShapeClash("a column stands against a row; a transpose may be missing", span)
        if left.size != right.size:
            raise ShapeClash(
                f"the left side has {left.size[0]} × {left.size[1]} entries, the right side "
                f"{right.size[0]} × {right.size[1]}; what is missing on one of them?",
                span,
            )
        together = zip(
            [entry for row in left.rows for entry in row], [entry for row in right.rows for entry in row], strict=True
        )
        return [pair for one, other in together for pair in pairs(context, one, other, span)]
    raise NotUnderstood(
        "a matrix that is written out stands against an array of any size; write its entry, with indices", span
    )
