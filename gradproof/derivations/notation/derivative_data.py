"""Derivatives that are data, such as ∂L/∂p of an arbitrary loss: their axes, and their names in code."""

from __future__ import annotations

from sympy import Expr

from gradproof.derivations.calculus import Entry, Index, Partial

from .names import python_name
from .source import NoSourceError


def derivative_key(partial: Partial) -> Partial:
    """∂L/∂z_k and ∂L/∂z_i are entries of one array: the derivative with the indices in a standard naming."""
    axes = derivative_axes(partial)
    return partial.xreplace({index: Index(f"_{place}", index.dim) for place, index in enumerate(axes)})


def derivative_axes(partial: Partial) -> tuple[Index, ...]:
    """The axes of a derivative of one entry by another, or by two, that is given as data. Raises NoSourceError."""
    inner = partial.expression
    if isinstance(inner, Partial):
        return (*derivative_axes(inner), *partial.by.indices)
    if not isinstance(inner, Entry):
        raise NoSourceError(f"{partial} is not carried out, and not the derivative of an entry that could be data")
    return (*inner.indices, *partial.by.indices)


def derivative_name(partial: Partial) -> str:
    """The name in code of a derivative that is data: ∂L/∂p is dL_dp, and ∂²L/∂p∂q is d2L_dp_dq."""
    below: list[str] = []
    value: Expr = partial
    while isinstance(value, Partial):
        below.insert(0, f"d{python_name(value.by.tensor.name)}")
        value = value.expression
    return "_".join([f"d{len(below) if len(below) > 1 else ''}{python_name(value.tensor.name)}", *below])
