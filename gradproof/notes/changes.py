"""What a step changed: the parts of the new line that the old line does not have, as `Marked` nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import groupby
from typing import Any

from gradproof.derivations.notation import tree as t
from gradproof.derivations.notation.tree import Tree


def changed(before: Tree, after: Tree) -> Tree:
    """`after` with its changed parts marked; nothing is marked where the whole line is new."""
    marked = _compared(before, after)
    return after if isinstance(marked, t.Marked) else marked


def _compared(before: Any, after: Any) -> Any:
    if before == after or (isinstance(before, t.Product) and after in before.factors):
        return after
    if type(before) is not type(after):
        return t.Marked(after)
    match after:
        case t.Product(factors=factors):
            return _joined(replace(after, factors=_row(before.factors, factors)))
        case t.SignedSum(terms=terms):
            return replace(after, terms=_row(before.terms, terms))
        case t.Term():
            same_sign = before.negative == after.negative
            return replace(after, body=_compared(before.body, after.body) if same_sign else t.Marked(after.body))
        case t.Fraction():
            return replace(
                after,
                numerator=_compared(before.numerator, after.numerator),
                denominator=_compared(before.denominator, after.denominator),
            )
        case t.Brackets() | t.Root():
            return replace(after, body=_compared(before.body, after.body))
        case t.BigSum() if before.bounds == after.bounds:
            return replace(after, body=_compared(before.body, after.body))
        case t.MaximumOf() if (before.index, before.rank) == (after.index, after.rank):
            return replace(after, body=_compared(before.body, after.body))
        case t.PartialDerivative(operand=operand) if operand is not None and before.by == after.by:
            if before.operand is not None:
                return replace(after, operand=_compared(before.operand, operand))
    return t.Marked(after)


def _row(before: Sequence[Any], after: Sequence[Any]) -> tuple[Any, ...]:
    """Terms or factors: those that stay are matched wherever they stand, one that is left on both sides is compared."""
    left = list(before)
    new = []
    for place, part in enumerate(after):
        if part in left:
            left.remove(part)
        else:
            new.append(place)
    result = list(after)
    for position, place in enumerate(new):
        partner = left[position] if len(left) == len(new) else None
        result[place] = _compared(partner, after[place]) if partner is not None else _marked(after[place])
    return tuple(result)


def _joined(product: t.Product) -> t.Product | t.Marked:
    """Marked factors side by side under one mark."""
    factors: list[Tree] = []
    dots: set[int] = set()
    for marked, run in groupby(enumerate(product.factors), key=lambda pair: isinstance(pair[1], t.Marked)):
        places = [place for place, _ in run]
        first = places[0]
        dots |= {len(factors)} if first in product.dots else set()
        parts = tuple(product.factors[place] for place in places)
        if marked and len(parts) > 1:
            inside = frozenset(place - first for place in places[1:] if place in product.dots)
            factors.append(
                t.Marked(t.Product(tuple(part.body for part in parts if isinstance(part, t.Marked)), inside))
            )
        else:
            dots |= {len(factors) + place - first for place in places[1:] if place in product.dots}
            factors += parts
    only = factors[0]
    return only if len(factors) == 1 and isinstance(only, t.Marked) else t.Product(tuple(factors), frozenset(dots))


def _marked(part: Any) -> Any:
    return replace(part, body=t.Marked(part.body)) if isinstance(part, t.Term) else t.Marked(part)


def unmarked(tree: Any) -> Any:
    """The tree without any marks."""
    if isinstance(tree, t.Marked):
        return unmarked(tree.body)
    if isinstance(tree, tuple):
        return tuple(map(unmarked, tree))
    if not is_dataclass(tree) or isinstance(tree, type):
        return tree
    return replace(tree, **{field.name: unmarked(getattr(tree, field.name)) for field in fields(tree)})
