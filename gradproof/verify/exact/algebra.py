"""Algebra on expressions whose parts (entries, sums, functions) stay whole."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sympy import (
    Abs,
    Add,
    Expr,
    Integer,
    Mul,
    Pow,
    Rational,
    S,
    Symbol,
    Tuple,
    cancel,
    factor_list,
    factor_terms,
    fraction,
    together,
)

from gradproof.derivations.calculus import Applied, Binder, Delta, Elementwise, Entry, Partial

from ..evaluation import Unsupported
from .positivity import positive

_MOST_TERMS = 4000
_MOST_TO_CANCEL = 150
_MOST_TO_FACTOR = 12
_WHOLE = (Entry, Binder, Elementwise, Applied, Delta, Partial, Abs)


def terms(expression: Expr) -> list[Expr]:
    """The terms after multiplying out, numerators only. Raises Unsupported beyond some thousands."""
    if isinstance(expression, Add):
        return [term for part in expression.args for term in terms(part)]
    if isinstance(expression, Mul):
        if not any(_is_spread(factor) for factor in expression.args):
            return [expression]
        return _product([terms(factor) for factor in expression.args])
    if isinstance(expression, Pow) and _is_spread(expression):
        return _product([terms(expression.base)] * int(expression.exp))
    return [expression]


def _is_spread(factor: Expr) -> bool:
    """Whether there is something to multiply out."""
    if isinstance(factor, Pow):
        exponent = factor.exp
        return isinstance(exponent, Integer) and 2 <= exponent <= 8 and isinstance(factor.base, (Add, Mul))
    return isinstance(factor, (Add, Mul))


def _product(factors: list[list[Expr]]) -> list[Expr]:
    found: list[Expr] = [S.One]
    for factor in factors:
        if len(found) * len(factor) > _MOST_TERMS:
            raise Unsupported("too many terms to multiply out")
        if len(factor) == 1:
            found = [first * factor[0] for first in found]
        else:
            found = list(Add.make_args(Add(*[first * second for first in found for second in factor])))
    return found


@lru_cache(maxsize=1 << 12)
def as_fraction(expression: Expr) -> tuple[Expr, Expr]:
    """Numerator and denominator over one common denominator, common factors of the terms taken out."""
    top, bottom = _masked(expression, lambda plain: Tuple(*fraction(factor_terms(together(plain)))))
    return top, bottom


@lru_cache(maxsize=1 << 12)
def cancelled(expression: Expr) -> Expr:
    """Common factors of numerator and denominator cancelled, as a rational function of its parts.

    What would have too many terms is left as it is.
    """
    if max(spread_size(expression)) > _MOST_TO_CANCEL:
        return expression
    return _masked(expression, lambda plain: cancel(together(plain)))


@lru_cache(maxsize=1 << 12)
def factors(expression: Expr) -> tuple[Rational, tuple[tuple[Expr, int], ...]]:
    """The expression as a number and powers of factors, negative powers included.

    Sums of terms are factored as polynomials in their parts, if they are short.
    """
    if isinstance(expression, _WHOLE) or not expression.args:
        return (expression, ()) if expression.is_Rational else (S.One, ((expression, 1),))
    number: Rational = S.One
    found: dict[Expr, int] = {}
    for sign, side in zip((1, -1), as_fraction(expression), strict=True):
        for part in Mul.make_args(side):
            base, exponent = part.as_base_exp()
            if not exponent.is_Integer:
                base, exponent = part, S.One
            content, parts = _factored(base) if isinstance(base, Add) else (S.One, ((base, 1),))
            if base.is_Rational:
                content, parts = base, ()
            number *= content ** (sign * exponent)
            for factor, power in parts:
                found[factor] = found.get(factor, 0) + sign * int(exponent) * power
    return number, tuple((factor, power) for factor, power in found.items() if power)


def _factored(expression: Add) -> tuple[Rational, tuple[tuple[Expr, int], ...]]:
    content, rest = expression.primitive()
    if all(len(Mul.make_args(term.as_coeff_Mul()[1])) == 1 and not term.atoms(Pow) for term in rest.args):
        return content, ((rest, 1),)  # linear
    if len(rest.args) > _MOST_TO_FACTOR or any(not power.exp.is_Integer for power in rest.atoms(Pow)):
        return content, ((rest, 1),)
    found = _masked(rest, lambda plain: Tuple(*_flat(factor_list(plain))))
    return content * found[0], tuple(zip(found[1::2], map(int, found[2::2]), strict=True))


def _flat(listed: Any) -> list[Any]:
    number, parts = listed
    return [number, *(item for part in parts for item in part)]


def spread_size(expression: Expr) -> tuple[float, float]:
    """How many terms numerator and denominator would have, at most."""
    if isinstance(expression, Mul):
        sizes = [spread_size(factor) for factor in expression.args]
        return math.prod(top for top, _ in sizes), math.prod(bottom for _, bottom in sizes)
    if isinstance(expression, Add):
        sizes = [spread_size(term) for term in expression.args]
        common = math.prod(bottom for _, bottom in sizes)
        return sum(top * common / bottom for top, bottom in sizes), common
    if isinstance(expression, Pow) and expression.exp.is_Integer:
        top, bottom = (min(size, 1e9) ** min(abs(int(expression.exp)), 9) for size in spread_size(expression.base))
        return (top, bottom) if expression.exp > 0 else (bottom, top)
    return 1.0, 1.0


def _masked(expression: Expr, change: Callable[[Expr], Any]) -> Any:
    """`change` applied while every part that must stay whole is a plain symbol."""
    masks: dict[Expr, Expr] = {}

    def hide(part: Expr) -> Expr:
        if isinstance(part, _WHOLE):
            if part not in masks:
                masks[part] = _mask(len(masks), positive(part))
            return masks[part]
        return part.func(*[hide(a) for a in part.args]) if part.args else part

    changed = change(hide(expression))
    return changed.xreplace({mask: part for part, mask in masks.items()})


@lru_cache(maxsize=1 << 10)
def _mask(number: int, is_positive: bool) -> Expr:
    return Symbol(f"~mask{number}", positive=True) if is_positive else Symbol(f"~mask{number}", real=True)
