"""The largest of some numbers, the second largest, …, written out by the signs of their differences."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, S

from .signs import Sign


def greater(first: Expr, second: Expr) -> Expr:
    return Sign(first - second, first, first, second)


def lesser(first: Expr, second: Expr) -> Expr:
    return Sign(first - second, second, first, first)


def ranked(numbers: Sequence[Expr], rank: int) -> Expr:
    """The largest number, or with a higher rank the second largest, …; undefined (nan) beyond the last."""
    best: list[Expr] = []
    for number in numbers:
        for place, other in enumerate(best):
            best[place], number = greater(other, number), lesser(other, number)
        if len(best) < rank:
            best.append(number)
    return best[rank - 1] if rank <= len(best) else S.NaN


def selected(numbers: Sequence[Expr], at: int, rank: int) -> Expr:
    """1 if the number at this place has this rank, else 0; undefined (nan) where another one is equal to it."""
    if rank > len(numbers):
        return S.NaN
    own = numbers[at]
    return _with_above([number for place, number in enumerate(numbers) if place != at], own, rank - 1)


def _with_above(others: Sequence[Expr], own: Expr, count: int) -> Expr:
    """1 if exactly `count` of the others are greater."""
    if not others:
        return S.One if count == 0 else S.Zero
    first, *rest = others
    return Sign(first - own, _with_above(rest, own, count - 1), S.NaN, _with_above(rest, own, count))
