"""Mistakes with fractions: upside down, the quotient rule the wrong way round, another index in the numerator."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, Mul, Pow

from gradproof.derivations.calculus import Delta, Dim, Selected, Sum, relu, sign, step

from .mistakes import wrong_index
from .slip import Scope, everywhere


def inverted(part: Expr, scope: Scope) -> Iterator[Expr]:
    """b/a for a/b; sizes and numbers stay, and so does a numerator that is 0 in places."""
    if isinstance(part, Mul):
        below = [factor for factor in part.args if _divides(factor) and not isinstance(factor.base, Dim)]
        above = [factor for factor in part.args if not _divides(factor) and not factor.is_Number]
        if below and above and not any(factor.has(Delta, Selected, relu, sign, step) for factor in above):
            rest = [factor for factor in part.args if factor not in (*below, *above)]
            yield Mul(*rest, *[1 / factor for factor in (*below, *above)])


def quotient_order(part: Expr, scope: Scope) -> Iterator[Expr]:
    """(f g′ − f′ g)/g² for (f′ g − f g′)/g²."""
    squares = [factor for factor in part.args if isinstance(factor, Pow) and factor.exp == -2]
    if isinstance(part, Mul) and squares:
        for place, factor in enumerate(part.args):
            if _difference(factor):
                yield Mul(*part.args[:place], -factor, *part.args[place + 1 :])


def numerator_index(part: Expr, scope: Scope) -> Iterator[Expr]:
    """e^(z_j)/Σ_k e^(z_k) for e^(z_i)/Σ_k e^(z_k)."""
    if isinstance(part, Mul) and any(_divides(factor) and factor.base.has(Sum) for factor in part.args):
        for place, factor in enumerate(part.args):
            if not _divides(factor):
                for wrong in everywhere(wrong_index)(factor, scope):
                    yield Mul(*part.args[:place], wrong, *part.args[place + 1 :])


def difference_turned(part: Expr, scope: Scope) -> Iterator[Expr]:
    """t − o for o − t; not o − 1 for 1 − o, which is the sign of a derivative."""
    if _difference(part) and not any(term.is_Number for term in part.args):
        yield -part


def _divides(factor: Expr) -> bool:
    return isinstance(factor, Pow) and bool(factor.exp.is_negative)


def _difference(part: Expr) -> bool:
    """Whether this is a − b."""
    negative = [term.as_coeff_Mul()[0].is_negative for term in part.args] if isinstance(part, Add) else []
    return sorted(map(bool, negative)) == [False, True]
