"""Formulas at given sizes: letters and sizes are numbers, a_{k+1} is a_3, and sums and products are written out.

What is written out: bounds of every kind, conditions such as j ≠ i, questions and cases of indices, and an ellipsis
between two neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import product

from gradproof.derivations.meaning.references import letters_of
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Name, Node, Number, Scripts

from .ellipses import Backwards, NoEllipsis, in_product, in_sum
from .places import COMPARED, NotExpanded, Outside, Setting, holds, number

#: The most terms of one operator.
_MOST = 400


def at(node: Node, setting: Setting) -> Node:
    """The formula at this setting. Raises NotExpanded and Outside."""
    values = setting.values
    match node:
        case Scripts():
            return _scripted(node, setting)
        case s.BigOperator(kind=("Σ" | "Π" | "max" | "min"), rank=None):
            return _written_out(node, setting)
        case s.BigOperator():
            raise NotExpanded(f"{node.kind} is not written out")
        case s.Indicator(condition=condition) if (found := holds(condition, values)) is not None:
            return Number(str(int(found)), span=node.span)
        case s.Cases(rows=rows):
            return _chosen(node, rows, setting)
        case Name(text=text, font="", accents=()) if text in values:
            return Number(str(values[text]), span=node.span)
        case s.Product(factors=parts) | s.Sum(terms=parts) if any(isinstance(part, s.Dots) for part in parts):
            return _filled(inside(node, setting))
    return inside(node, setting)


def _filled(node: Node) -> Node:
    try:
        return in_sum(node) if isinstance(node, s.Sum) else in_product(node)  # type: ignore[arg-type]
    except NoEllipsis as problem:
        raise NotExpanded(str(problem)) from problem
    except Backwards as problem:
        raise Outside from problem


def inside(node: Node, setting: Setting) -> Node:
    """The node with its parts at the setting."""
    changed = {part.name: _each(getattr(node, part.name), setting) for part in fields(node) if part.name != "span"}
    return replace(node, **changed) if changed else node  # type: ignore[arg-type]


def _each(value: object, setting: Setting) -> object:
    if isinstance(value, Node):
        return at(value, setting)
    return tuple(_each(part, setting) for part in value) if isinstance(value, tuple) else value


def _scripted(node: Scripts, setting: Setting) -> Node:
    upper = None if node.upper is None else at(node.upper, setting)
    base = node.base if isinstance(node.base, Name) else at(node.base, setting)
    found = replace(node, base=base, upper=upper)
    parts = [] if node.lower is None else letters_of(node.lower)
    places = [number(part, setting.values) for part in parts]
    if not any(place is not None for place in places):
        return found
    if any(place is None for place in places):
        raise NotExpanded("a subscript that is in part a place")
    if any(place < 0 for place in places if place is not None):
        raise Outside
    if node.base == Name("δ") and len(places) == 2:
        return Number(str(int(places[0] == places[1])), span=node.span)
    numbers = tuple(Number(str(place), span=part.span) for part, place in zip(parts, places, strict=True))
    lower: Node = numbers[0] if len(numbers) == 1 else s.Listing(numbers, (",",) * (len(numbers) - 1))
    return replace(found, lower=lower)


def _chosen(node: s.Cases, rows: tuple[s.Case, ...], setting: Setting) -> Node:
    """The first case that holds, where the cases are about places."""
    left: list[s.Case] = []
    for row in rows:
        found = None if row.condition is None else holds(row.condition, setting.values)
        if found is False:
            continue
        if (found or row.condition is None) and not left:
            return at(row.value, setting)
        left.append(row)
    return inside(replace(node, rows=tuple(left)), setting)


# Operators


def _written_out(node: s.BigOperator, setting: Setting) -> Node:
    terms = [at(node.body, setting.having(values)) for values in _runs(node, setting)]
    if len(terms) > _MOST:
        raise NotExpanded(f"more than {_MOST} terms")
    if node.kind == "Σ":
        return s.Sum(tuple(terms), ("+",) * len(terms), span=node.span) if terms else Number("0", span=node.span)
    if node.kind == "Π":
        if len(terms) < 2:
            return terms[0] if terms else Number("1", span=node.span)
        return s.Product(
            tuple(s.Group("(", term, span=term.span) for term in terms), ("·",) * (len(terms) - 1), span=node.span
        )
    if not terms:
        raise Outside
    found = terms[0]
    for term in terms[1:]:
        found = s.Apply(Name(node.kind, "roman"), s.Listing((found, term), (",",)), True, span=node.span)
    return found


def _runs(node: s.BigOperator, setting: Setting) -> Iterator[dict[str, int]]:
    """The values that the letters of an operator take, one set after the other."""
    bounds: dict[str, tuple[int, int]] = {}
    conditions: list[Node] = []
    if node.lower is None:
        raise NotExpanded("a sum without a letter")
    for part in letters_of(node.lower):
        _bound(part, node, setting, bounds, conditions)
    letters = list(bounds)
    for choice in product(*(range(low, high + 1) for low, high in bounds.values())):
        values = dict(zip(letters, choice, strict=True))
        found = [holds(condition, {**setting.values, **values}) for condition in conditions]
        if any(one is None for one in found):
            raise NotExpanded("a condition below a sum that is not about places")
        if all(found):
            yield values


def _bound(
    part: Node, node: s.BigOperator, setting: Setting, bounds: dict[str, tuple[int, int]], conditions: list[Node]
) -> None:
    """What one part of the lower side says: a letter with its first value, or a condition on letters."""

    def runs(letter: Node | None, low: int = 1, high: int | None = None) -> None:
        if not isinstance(letter, Name) or letter.accents:
            raise NotExpanded("the index of a sum is no letter; write \\sum_i or \\sum_{i=1}^n")
        end = high
        if end is None:
            end = number(node.upper, setting.values) if node.upper is not None else setting.last(letter.text, node.body)
        if end is None:
            raise NotExpanded(f"how far does {letter.text} run?")
        if end < low - 1:
            raise Outside
        bounds[letter.text] = low, end

    match part:
        case Name():
            runs(part)
        case s.Chain(members=(letter, first), signs=("=",)) if first is not None:
            low = number(first, setting.values)
            if low is None:
                raise NotExpanded("a sum begins at a number")
            runs(letter, low)
        case s.Chain(members=(letter, s.Group(bracket="{", body=s.Listing(items=(first, *_, last)))), signs=("∈",)):
            low, high = number(first, setting.values), number(last, setting.values)
            if low is None or high is None:
                raise NotExpanded("a sum over a set whose ends are no numbers")
            runs(letter, low, high)
        case s.Chain(members=(letter, _), signs=("∈",)):
            runs(letter)
        case s.Chain(members=members, signs=signs) if set(signs) <= COMPARED.keys():
            _conditioned(tuple(members), node, setting, bounds)
            conditions.append(part)
        case _:
            raise NotExpanded("the bounds of this sum")


def _conditioned(
    members: tuple[Node | None, ...], node: s.BigOperator, setting: Setting, bounds: dict[str, tuple[int, int]]
) -> None:
    """The letters that a condition brings: they run over all their places, and the condition is asked of each."""
    ends = [found for member in members if member is not None and (found := number(member, setting.values)) is not None]
    for letter in members:
        if isinstance(letter, Name) and letter.text not in bounds and letter.text not in setting.values:
            upper = number(node.upper, setting.values) if node.upper is not None else None
            last = upper if upper is not None else setting.last(letter.text, node.body)
            if last is None and len(members) == 3 and ends:
                last = max(ends)
            if last is None:
                raise NotExpanded(f"how far does {letter.text} run?")
            bounds[letter.text] = (0 if Number("0") in members else 1), last
