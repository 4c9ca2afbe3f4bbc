"""Recursions such as S_k = S_{k−1} w + x_k, decided at small sizes: for n = 2 and 3 they are chains of definitions.

Each S_j, x_j is a name of its own then, sums are written out, and so is an ellipsis between two neighbours. What holds
at these sizes is no proof for all; what fails at one of them is refuted.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from gradproof.derivations.calculus import Domain
from gradproof.derivations.meaning import Glossary
from gradproof.derivations.meaning.glossary import Definition, Head
from gradproof.derivations.meaning.references import INDEX_LETTERS
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Name, Node, Scripts

from .expanding import at
from .places import Instance, NotExpanded, Outside, Places, Setting

SIZES = (2, 3)
#: Domains that say the same of each entry.
EACH = frozenset({Domain.REAL, Domain.POSITIVE, Domain.UNIT, Domain.BINARY})


def recursive(left: Node, right: Node, glossary: Glossary) -> bool:
    """Whether a relation speaks of what is defined by a recursion over one index."""
    heads = {key[0] for key, definition in glossary.definitions.items() if _is_recursion(key[0], definition)}
    return any(isinstance(node, Name) and node.text in heads for side in (left, right) for node in s.walk(side))


def _is_recursion(head: str, definition: Definition) -> bool:
    shifted = (node for node in s.walk(definition.formula) if isinstance(node, Scripts) and node.base == Name(head))
    return len(definition.indices) == 1 and any(isinstance(node.lower, s.Sum) for node in shifted)


def instances(left: Node, right: Node, glossary: Glossary) -> Iterator[Instance]:
    """The relation at each small size and place. Raises NotExpanded."""
    ranges = set(glossary.ranges.values())
    for size in SIZES:
        sizes = dict.fromkeys(ranges, size)
        known = _written_out(glossary, size, sizes)
        letters = sorted(_free_letters(left, right) - set(sizes))
        for values in product(range(1, size + 1), repeat=len(letters)):
            places = sizes | dict(zip(letters, values, strict=True))
            setting = Setting(places, _unknown)
            try:
                pair = at(left, setting), at(right, setting)
            except Outside:
                continue
            yield Instance(places, size, *pair, known)


def _unknown(_letter: str, _body: Node) -> None:
    """A sum beside a recursion says how far it runs."""


def _written_out(glossary: Glossary, size: int, sizes: Places) -> Glossary:
    result = Glossary(functions=dict(glossary.functions), layout=glossary.layout)
    result.heads = {key: head for key, head in glossary.heads.items() if not head.axes}
    for (head, font), shape in glossary.heads.items():
        if shape.axes > 1 or (shape.axes and shape.domain not in EACH):
            raise NotExpanded(f"{head} is more than a row of numbers")
        names = [f"{head}_{place}" for place in range(size + 1)] if shape.axes else []
        result.heads |= {(name, font): Head(domain=shape.domain) for name in names}
    for (head, font), definition in glossary.definitions.items():
        if definition.arguments is not None or len(definition.indices) > 1:
            raise NotExpanded(f"the definition of {head} beside a recursion")
        for place in range(1, size + 1) if definition.indices else (0,):
            name = f"{head}_{place}" if definition.indices else head
            places = {**sizes, **dict.fromkeys(definition.indices, place)}
            result.definitions[name, font] = Definition((), None, at(definition.formula, Setting(places, _unknown)))
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
