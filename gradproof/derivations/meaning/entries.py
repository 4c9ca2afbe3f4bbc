"""Tensors that carry a definition, and their entries: how a quantity stands in the expressions that use it."""

from __future__ import annotations

from sympy import Expr

from gradproof.derivations.calculus import Domain, Entry, Index, Tensor, free_indices, fresh
from gradproof.derivations.notation.reading import Span

from .values import Value


def held(name: str, expression: Expr, axes: tuple[Index, ...]) -> Entry:
    """A quantity that is given by an expression, at its axes and at the other indices that the expression has."""
    loose = sorted(free_indices(expression) - set(axes), key=lambda index: str(index.name))
    formal = (*axes, *loose)
    return Entry(defined_as(name, formal, expression), *formal)


def defined_as(name: str, axes: tuple[Index, ...], expression: Expr, domain: Domain = Domain.REAL) -> Tensor:
    """A tensor with this definition; its axes get names of their own, so that equal definitions are one."""
    formal = tuple(Index(f"~d{place}", axis.dim) for place, axis in enumerate(axes))
    body = expression.xreplace(dict(zip(axes, formal, strict=True)))
    return Tensor(name, *(axis.dim for axis in axes), domain=domain, definition=(formal, body))


def entry(tensor: Tensor, span: Span, row: bool | None = False) -> Value:
    """A whole tensor on fresh indices."""
    axes = tuple(fresh(Index("k", dim)) for dim in tensor.dims)
    return Value(Entry(tensor, *axes), axes, row if len(axes) == 1 else False, span=span)
