"""What a reader sees of a proof about Torch's graph: which operation, on which condition, and the formula itself."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from sympy import Expr, Number, preorder_traversal

from gradproof.derivations.notation import NotDisplayableError, UnwritableNameError, text

from .comparison import Comparison
from .reading import Guard

#: Longer formulas are not shown, and larger ones are not even written.
_SHORT, _SMALL = 90, 60
#: Of conditions of one kind so many are named.
_NAMED = 3


def formula(comparison: Comparison) -> str:
    """What Torch computes at the first place, as a line of text.

    Empty where it is long or has cases, and where a size is 1, which hides what the formula looks like.
    """
    place = next(comparison.places(), None)
    if place is None or 1 in comparison.sizes.values():
        return ""
    if sum(1 for _ in itertools.islice(preorder_traversal(place.torch), _SMALL)) == _SMALL:
        return ""
    shown = written(place.torch)
    sizes = [f"{dim.name} = {size}" for dim, size in comparison.sizes.items()]
    where = ", ".join([*sizes, *(f"{index.name} = {at + 1}" for index, at in place.at.items())])
    return f"Torch: {shown}{f' at {where}' if where else ''}" if shown and len(shown) <= _SHORT else ""


def written(expression: Expr) -> str:
    """The expression as a line of text, or empty where notation has no form for it."""
    try:
        return text(expression)
    except (NotDisplayableError, UnwritableNameError):
        return ""


def where(guards: Iterable[Guard], excluded: Iterable[Expr]) -> list[str]:
    """The conditions of a proof in words."""
    inside = [
        f"{written(g.expression) or g.expression} {'>' if g.side > 0 else '<'} {_number(g.number)}" for g in guards
    ]
    away = sorted((f"{written(part) or part} ≠ 0" for part in excluded), key=lambda said: (len(said), said))
    return [f"where {_listed(parts)}" for parts in (inside, away) if parts]


def _number(number: Expr) -> str:
    return str(number) if isinstance(number, Number) and number.is_Integer else f"{float(number):g}"


def _listed(parts: Sequence[str]) -> str:
    rest = len(parts) - _NAMED
    return ", ".join(parts[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def subject(taken: Sequence[str], backward: bool) -> str:
    """What the proof is about: "the backward pass of torch.softmax"."""
    names = ", ".join(dict.fromkeys(taken)) or "Torch's operators"
    return f"the backward pass of {names}" if backward else names
