"""Recursions such as S_k = S_{k−1} w + x_k, decided at small sizes: for n = 2 and 3 they are chains of definitions.

Each S_j, x_j is a name of its own then, sums are written out, and so is an ellipsis between two neighbours. What holds
at these sizes is no proof for all; what fails at one of them is refuted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from itertools import product

from gradproof.derivations.calculus import Domain
from gradproof.derivations.meaning import Glossary
from gradproof.derivations.meaning.glossary import Definition, Head
from gradproof.derivations.meaning.references import INDEX_LETTERS
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Name, Node, Number, Scripts

SIZES = (2, 3)
#: Domains that say the same of each entry.
_EACH = frozenset({Domain.REAL, Domain.POSITIVE, Domain.UNIT, Domain.BINARY})
Places = Mapping[str, int]


class NotExpanded(Exception):  # noqa: N818 - an answer
    """What cannot be written out at a size; the text says why."""


def recursive(left: Node, right: Node, glossary: Glossary) -> bool:
    """Whether a relation speaks of what is defined by a recursion over one index."""
    heads = {key[0] for key, definition in glossary.definitions.items() if _is_recursion(key[0], definition)}
    return any(isinstance(node, Name) and node.text in heads for side in (left, right) for node in s.walk(side))


def _is_recursion(head: str, definition: Definition) -> bool:
    shifted = (node for node in s.walk(definition.formula) if isinstance(node, Scripts) and node.base == Name(head))
    return len(definition.indices) == 1 and any(isinstance(node.lower, s.Sum) for node in shifted)


def instances(left: Node, right: Node, glossary: Glossary) -> Iterator[tuple[str, Node, Node, Glossary]]:
    """The relation at each small size and place, with what it says ("n = 3, k = 2") and what is known there.

    Raises NotExpanded.
    """
    ranges = set(glossary.ranges.values())
    for size in SIZES:
        sizes = dict.fromkeys(ranges, size)
        known = _written_out(glossary, size, sizes)
        letters = sorted(_free_letters(left, right) - set(sizes))
        for values in product(range(1, size + 1), repeat=len(letters)):
            places = sizes | dict(zip(letters, values, strict=True))
            try:
                pair = at(left, places), at(right, places)
            except _Outside:
                continue
            yield ", ".join(f"{name} = {value}" for name, value in places.items()), *pair, known


class _Outside(Exception):  # noqa: N818 - an answer
    """A place before 0 or an ellipsis that runs backwards: nothing is said there."""


def _written_out(glossary: Glossary, size: int, sizes: Places) -> Glossary:
    result = Glossary(functions=dict(glossary.functions), layout=glossary.layout)
    result.heads = {key: head for key, head in glossary.heads.items() if not head.axes}
    for (head, font), shape in glossary.heads.items():
        if shape.axes > 1 or (shape.axes and shape.domain not in _EACH):
            raise NotExpanded(f"{head} is more than a row of numbers")
        names = [f"{head}_{place}" for place in range(size + 1)] if shape.axes else []
        result.heads |= {(name, font): Head(domain=shape.domain) for name in names}
    for (head, font), definition in glossary.definitions.items():
        if definition.arguments is not None or len(definition.indices) > 1:
            raise NotExpanded(f"the definition of {head} beside a recursion")
        for place in range(1, size + 1) if definition.indices else (0,):
            name = f"{head}_{place}" if definition.indices else head
            places = {**sizes, **dict.fromkeys(definition.indices, place)}
            result.definitions[name, font] = Definition((), None, at(definition.formula, places))
    return result


def _free_letters(*sides: Node) -> set[str]:
    """The letters of subscripts that no sum binds."""
    found: set[str] = set()
    for side in sides:
        bound = {
            part.text
            for node in s.walk(side)
            if isinstance(node, s.BigOperator) and node.lower is not None
            for part in s.walk(node.lower)
            if isinstance(part, Name)
        }
        below = (node.lower for node in s.walk(side) if isinstance(node, Scripts) and _is_place(node.lower))
        letters = {
            part.text for lower in below if lower is not None for part in s.walk(lower) if isinstance(part, Name)
        }
        found |= {letter for letter in letters - bound if letter in INDEX_LETTERS}
    return found


def unordered(left: Node, right: Node, glossary: Glossary) -> bool:
    """Whether two free letters stand as places, so that which of them comes first is not said."""
    letters = _free_letters(left, right) - set(glossary.ranges.values())
    alone = {
        node.lower.text
        for side in (left, right)
        for node in s.walk(side)
        if isinstance(node, Scripts) and isinstance(node.lower, Name) and node.lower.text in letters
    }
    return len(alone) > 1


def _is_place(lower: Node | None) -> bool:
    return (isinstance(lower, Name) and lower.text in INDEX_LETTERS) or isinstance(lower, s.Sum)


def at(node: Node, places: Places) -> Node:
    """The formula where letters are numbers: S_{k−1} is S_1 for k = 2, Σ is written out."""
    match node:
        case Scripts(lower=lower) if lower is not None and (place := _number(lower, places)) is not None:
            if place < 0:
                raise _Outside
            upper = None if node.upper is None else at(node.upper, places)
            return replace(node, lower=Number(str(place)), upper=upper)
        case s.BigOperator(kind="Σ", lower=s.Chain(members=(Name(text=letter), Number(text="1")), signs=("=",))):
            last = None if node.upper is None else _number(node.upper, places)
            if last is None:
                raise NotExpanded("the bounds of a sum beside a recursion")
            terms = tuple(at(node.body, {**places, letter: value}) for value in range(1, last + 1))
            return s.Sum(terms, ("+",) * len(terms), span=node.span)
        case s.BigOperator():
            raise NotExpanded("a sum beside a recursion that does not run from 1")
        case Name(text=text, font="", accents=()) if text in places:
            return Number(str(places[text]), span=node.span)
        case s.Product(factors=factors) if any(isinstance(factor, s.Dots) for factor in factors):
            return _ellipsis(node, places)
    changed = {part.name: _each(getattr(node, part.name), places) for part in fields(node) if part.name != "span"}
    return replace(node, **changed) if changed else node  # type: ignore[arg-type]


def _each(value: object, places: Places) -> object:
    if isinstance(value, Node):
        return at(value, places)
    return tuple(_each(part, places) for part in value) if isinstance(value, tuple) else value


def _number(node: Node, places: Places) -> int | None:
    match node:
        case Number(text=text) if text.isdigit():
            return int(text)
        case Name(text=text, font="", accents=()):
            return places.get(text)
        case s.Sum(terms=terms, signs=signs):
            values = [_number(term, places) for term in terms]
            if any(value is None for value in values):
                return None
            return sum((value or 0) * (-1 if sign == "-" else 1) for sign, value in zip(signs, values, strict=True))
    return None


def _ellipsis(node: s.Product, places: Places) -> Node:
    """a_4 ⋯ a_1 as a_4 a_3 a_2 a_1: the neighbours differ by one constant shift of all their places."""
    (gap,) = (place for place, factor in enumerate(node.factors) if isinstance(factor, s.Dots))
    if not 0 < gap < len(node.factors) - 1:
        raise NotExpanded("an ellipsis at an end of a product")
    factors = [at(factor, places) for factor in node.factors if not isinstance(factor, s.Dots)]
    first, last = factors[gap - 1], factors[gap]
    shifts = {later - earlier for earlier, later in zip(_places(first), _places(last), strict=True)}
    if len(shifts) != 1 or _shifted(first, *shifts) != last:
        raise NotExpanded("an ellipsis between factors that do not differ by one shift")
    (shift,) = shifts
    step = -1 if shift < 0 else 1
    between = [_shifted(first, by) for by in range(step, shift, step)]
    every = [*factors[:gap], *between, *(factors[gap:] if shift else factors[gap + 1 :])]
    return every[0] if len(every) == 1 else s.Product(tuple(every), ("·",) * (len(every) - 1), span=node.span)


def _places(node: Node) -> list[int]:
    return [
        int(part.lower.text) for part in s.walk(node) if isinstance(part, Scripts) and isinstance(part.lower, Number)
    ]


def _shifted(node: Node, by: int) -> Node:
    if isinstance(node, Scripts) and isinstance(node.lower, Number):
        return replace(node, lower=Number(str(int(node.lower.text) + by)))
    changed = {part.name: _shifted_each(getattr(node, part.name), by) for part in fields(node) if part.name != "span"}
    return replace(node, **changed) if changed else node  # type: ignore[arg-type]


def _shifted_each(value: object, by: int) -> object:
    if isinstance(value, Node):
        return _shifted(value, by)
    return tuple(_shifted_each(part, by) for part in value) if isinstance(value, tuple) else value
