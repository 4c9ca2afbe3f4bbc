"""The largest of some numbers, the second largest, …, written out by the signs of their differences."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, S

from .signs import Sign, TooManyRegions

#: So many expressions are put in order in every way; there are 13 ways, with ties, for three.
_MOST = 3


def greater(first: Expr, second: Expr) -> Expr:
    return Sign(first - second, first, first, second)


def lesser(first: Expr, second: Expr) -> Expr:
    return Sign(first - second, second, first, first)


def ranked(numbers: Sequence[Expr], rank: int) -> Expr:
    """The largest number, or with a higher rank the second largest, …; undefined (nan) beyond the last.

    Raises TooManyRegions for more expressions than can be put in order in every way.
    """
    _require_few(numbers)
    best: list[Expr] = []
    for number in numbers:
        for place, other in enumerate(best):
            best[place], number = greater(other, number), lesser(other, number)
        if len(best) < rank:
            best.append(number)
    return best[rank - 1] if rank <= len(best) else S.NaN


def selected(numbers: Sequence[Expr], at: int, rank: int) -> Expr:
    """1 if the number at this place has this rank, else 0; undefined (nan) where it shares the rank with another.

    Raises TooManyRegions as `ranked` does.
    """
    _require_few(numbers)
    if rank > len(numbers):
        return S.NaN
    others = [number for place, number in enumerate(numbers) if place != at]
    return _selected(others, numbers[at], rank - 1, 0)


def _selected(others: Sequence[Expr], own: Expr, above: int, equal: int) -> Expr:
    """Whether `above` more of the others are greater, `equal` having been found equal so far."""
    if not others:
        shares = 0 <= above <= equal
        return (S.NaN if equal else S.One) if shares else S.Zero
    first, *rest = others
    greater, same, less = ((above - 1, equal), (above, equal + 1), (above, equal))
    return Sign(first - own, *[_selected(rest, own, *counts) for counts in (greater, same, less)])


def _require_few(numbers: Sequence[Expr]) -> None:
    if sum(not number.is_Number for number in numbers) > _MOST:
        raise TooManyRegions(f"more than {_MOST} expressions to be put in order")
