"""An ellipsis between two neighbours that differ by one shift of all their places: a_1 + … + a_4, h_4 ⋯ h_1.

The neighbours stand at numbers already. Two of them before the ellipsis say which way it goes.
"""

from __future__ import annotations

from dataclasses import fields, replace

from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node, Number, Scripts


class NoEllipsis(Exception):  # noqa: N818 - an answer
    """An ellipsis that is not understood; the text says why."""


class Backwards(Exception):  # noqa: N818 - an answer
    """An ellipsis that would run against its direction: there are too few parts for it at this size."""


def in_product(node: s.Product) -> Node:
    """The product with its ellipsis written out. Raises NoEllipsis and Backwards."""
    every = _filled(node.factors, "product")
    return every[0] if len(every) == 1 else s.Product(tuple(every), ("·",) * (len(every) - 1), span=node.span)


def in_sum(node: s.Sum) -> Node:
    """The sum with its ellipsis written out. Raises NoEllipsis and Backwards."""
    if set(node.signs) != {"+"}:
        raise NoEllipsis("an ellipsis in a sum with other signs than +")
    every = _filled(node.terms, "sum")
    return every[0] if len(every) == 1 else s.Sum(tuple(every), ("+",) * len(every), span=node.span)


def _filled(parts: tuple[Node, ...], what: str) -> list[Node]:
    gaps = [place for place, part in enumerate(parts) if isinstance(part, s.Dots)]
    if len(gaps) != 1 or not 0 < gaps[0] < len(parts) - 1:
        raise NoEllipsis(f"an ellipsis at an end of a {what}, or two of them")
    (gap,) = gaps
    before, first, last = parts[gap - 2] if gap > 1 else None, parts[gap - 1], parts[gap + 1]
    shift = _shift(first, last)
    step = _step(before, first, last) or (-1 if shift < 0 else 1)
    if shift * step < 0 or shift % abs(step):
        raise Backwards
    between = [_shifted(first, by) for by in range(step, shift, step)]
    return [*parts[:gap], *between, *(parts[gap + 1 :] if shift else parts[gap + 2 :])]


def _step(before: Node | None, first: Node, last: Node) -> int:
    """How far the two neighbours before the ellipsis are apart; 0 if there is one only."""
    if before is None:
        return 0
    try:
        return _shift(before, first)
    except NoEllipsis:
        if len(_places(before)) == len(_places(last)):
            raise
        return 0


def _shift(first: Node, last: Node) -> int:
    """By how much all places differ. Raises NoEllipsis where they do not differ by one number."""
    places, later = _places(first), _places(last)
    shifts = {two - one for one, two in zip(places, later, strict=False)}
    if len(places) != len(later) or len(shifts) != 1 or _shifted(first, *shifts) != last:
        raise NoEllipsis("an ellipsis between parts that do not differ by one shift")
    return shifts.pop()


def _places(node: Node) -> list[int]:
    return [int(found.text) for part in s.walk(node) if isinstance(part, Scripts) for found in _numbers(part.lower)]


def _numbers(lower: Node | None) -> tuple[Number, ...]:
    items = lower.items if isinstance(lower, s.Listing) else (lower,)
    return tuple(item for item in items if isinstance(item, Number))


def _shifted(node: Node, by: int) -> Node:
    if isinstance(node, Scripts) and node.lower is not None and _numbers(node.lower):
        if isinstance(node.lower, Number):
            return replace(node, lower=_moved(node.lower, by))
        assert isinstance(node.lower, s.Listing)
        return replace(node, lower=replace(node.lower, items=tuple(_moved(item, by) for item in node.lower.items)))
    changed = {part.name: _shifted_each(getattr(node, part.name), by) for part in fields(node) if part.name != "span"}
    return replace(node, **changed) if changed else node  # type: ignore[arg-type]


def _moved(node: Node, by: int) -> Node:
    return Number(str(int(node.text) + by)) if isinstance(node, Number) else node


def _shifted_each(value: object, by: int) -> object:
    if isinstance(value, Node):
        return _shifted(value, by)
    return tuple(_shifted_each(part, by) for part in value) if isinstance(value, tuple) else value
