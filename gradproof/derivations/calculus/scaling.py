"""Normalised quantities folded back: with x̂_i := (x_i − μ) / s, every x_i − μ in a line can be written as s x̂_i."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sympy import Add, Expr, Mul, Pow, S

from .binding import Binder
from .indices import Index, free_indices
from .rewriting import distribute, rewrite
from .sums import Delta, Partial
from .tensors import Entry, Tensor


@dataclass(frozen=True, slots=True)
class _Scaled:
    """tensor[formal] = numerator / divisor, where the divisor has no index."""

    numerator: Expr
    divisor: Expr


def fold_scaled(expression: Expr, tensor: Tensor) -> Expr:
    """Write the numerator of the definition with the tensor, if the divisor is written less often afterwards."""
    scaled = _as_scaled(tensor)
    if scaled is None:
        return expression

    def go(part: Expr) -> Expr:
        for sign, candidate in _up_to_number(part):
            indices = _match(scaled.numerator, tensor.definition[0], candidate)
            if indices is not None:
                return sign * scaled.divisor * Entry(tensor, *indices)
        return part

    folded = rewrite(rewrite(expression, go), _spread)
    return folded if _written(folded, scaled.divisor) < _written(expression, scaled.divisor) else expression


@lru_cache(maxsize=1 << 10)
def _as_scaled(tensor: Tensor) -> _Scaled | None:
    formal, body = tensor.definition
    factors = Mul.make_args(body)
    moving = [factor for factor in factors if free_indices(factor)]
    others = [factor for factor in factors if not free_indices(factor)]
    if not formal or not others or len(moving) != 1 or not isinstance(moving[0], (Entry, Add)):
        return None
    divisor = 1 / Mul(*others)
    if moving[0].atoms(Binder) or not isinstance(divisor, (Entry, Pow)) or free_indices(moving[0]) != set(formal):
        return None
    return _Scaled(moving[0], divisor)


def _up_to_number(part: Expr) -> Iterator[tuple[Expr, Expr]]:
    """A part with the number before it taken out: 2μ − 2x is −2 (x − μ)."""
    if isinstance(part, Entry):
        yield S.One, part
    if isinstance(part, Add):
        number, inner = part.primitive()
        yield number, inner
        yield -number, -inner


def _match(pattern: Expr, formal: tuple[Index, ...], part: Expr) -> tuple[Index, ...] | None:
    """The indices at which `part` is the pattern, if it is."""
    if type(part) is not type(pattern) or len(part.args) != len(pattern.args):
        return None
    free = sorted(free_indices(part), key=lambda index: str(index.name))
    choices = itertools.product(*[[index for index in free if index.dim == name.dim] for name in formal])
    return next((c for c in choices if pattern.xreplace(dict(zip(formal, c, strict=True))) == part), None)


def _spread(part: Expr) -> Expr:
    """Multiply out what the fold brought, so that scales cancel."""
    return distribute(part) if isinstance(part, Mul) else part


def _written(expression: Expr, divisor: Expr) -> int:
    """How many factors of a line are the divisor; a power counts as often as it says."""
    base, unit = divisor.as_base_exp()
    if expression == base:
        return 1
    if isinstance(expression, Pow) and expression.base == base:
        return abs(expression.exp / unit)
    if isinstance(expression, (Entry, Delta, Partial)):
        return 0
    return sum(_written(part, divisor) for part in expression.args)
