"""Layouts: how the derivative of an array by an array is written as an array.

As long as derivatives are only multiplied with each other they are maps and compose by name, in either order, so that
the layout does not matter. The default is what most notes use: the gradient of a number has the shape of its variable,
and the derivative of a vector by a vector has a row for each entry of the vector that is differentiated.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from gradproof.derivations.calculus import Sum, fresh

from .problems import NotUnderstood
from .values import Map, Value


class Layout(Enum):
    """numerator: rows are what is differentiated; denominator: rows are the variable; mixed: see the module."""

    MIXED = "mixed"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


def as_array(value: Value, layout: Layout) -> Value:
    """A derivative as an array. Raises NotUnderstood for one that has no agreed form, such as ∂matrix/∂vector."""
    if value.map is None:
        return value
    outputs, inputs = value.axes[: value.map.outputs], value.axes[value.map.outputs :]
    plain = replace(value, map=None)
    if not outputs:
        if layout is Layout.NUMERATOR:
            return replace(plain, axes=inputs[::-1], row=len(inputs) == 1)
        return replace(plain, row=_lies(value))
    if not inputs:
        return replace(plain, row=layout is Layout.DENOMINATOR and len(outputs) == 1)
    if len(outputs) == 1 and len(inputs) == 1:
        return replace(plain, axes=(*inputs, *outputs) if layout is Layout.DENOMINATOR else value.axes)
    raise NotUnderstood(
        f"a derivative with {len(outputs)} axes above and {len(inputs)} below has no agreed form as an array; "
        "write it with indices",
        value.span,
    )


def _lies(value: Value) -> bool | None:
    """The gradient by a row is a row."""
    return value.row


def composed(first: Value, second: Value) -> Value | None:
    """The chain rule for maps, whichever stands first; None if neither ends where the other begins."""
    assert first.map is not None and second.map is not None
    if first.map.by == second.map.of:
        return _product(first, second)
    if second.map.by == first.map.of:
        return _product(second, first)
    return None


def _product(outer: Value, inner: Value) -> Value:
    """∂a/∂b ∂b/∂c = Σ over the entries of b."""
    assert outer.map is not None and inner.map is not None
    inner = inner.anew()
    kept, middle = outer.axes[: outer.map.outputs], outer.axes[outer.map.outputs :]
    own, rest = inner.axes[: inner.map.outputs], inner.axes[inner.map.outputs :]  # type: ignore[union-attr]
    if len(middle) != len(own):
        raise NotUnderstood(
            "one factor of a chain rule has indices, the other has none; write them at both, or at neither", outer.span
        )
    bound = tuple(fresh(axis) for axis in middle)
    one = outer.expression.xreplace(dict(zip(middle, bound, strict=True)))
    other = inner.expression.xreplace(dict(zip(own, bound, strict=True)))
    total = Sum(one * other, *bound) if bound else one * other
    assert inner.map is not None
    span = outer.span.to(inner.span)
    return Value(total, (*kept, *rest), inner.row, Map(outer.map.of, inner.map.by, len(kept)), span)
