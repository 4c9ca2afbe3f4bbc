"""Over which declared size a letter runs, seen before a formula is translated.

A letter is given a size when it is first used, and if that turns out to be another one, the translation starts again.
What stands at a declared axis tells its size beforehand; where nothing tells it, it is found out on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gradproof.derivations.notation.reading.syntax import Attached, BigOperator, Name, Node, Scripts, children, walk

from .context import Context
from .definitions import pattern_of
from .glossary import Key
from .references import Unindexable, is_name
from .sorts import Sort, root


def foresee(context: Context, letters: Mapping[str, Sort], formula: Node) -> None:
    """Gives the letters of a formula the declared sizes that they run over in it, as far as these are seen."""
    for letter, sort in letters.items():
        if not root(sort).declared and context.foresees:
            size = _size(context, letter, formula, ())
            if size:
                sorts = context.glossary.sorts
                sorts.unify(sort, sorts.of_name(size))


def _size(context: Context, letter: str, formula: Node, inside: tuple[Key, ...]) -> str:
    """The declared size over which a letter runs in a formula, where it stands free; empty if it is not seen."""
    for node in _outside(context, letter, formula):
        try:
            reference = context.refer(node)
        except Unindexable:
            continue
        key = context.glossary.key(reference.head, reference.font)
        for place, index in enumerate(reference.indices):
            size = _along(context, key, place, inside) if index == letter else ""
            if size:
                return size
    return ""


def _along(context: Context, key: Key, place: int, inside: tuple[Key, ...]) -> str:
    """The declared size of an axis of a name."""
    glossary = context.glossary
    head, definition = glossary.heads.get(key), glossary.definitions.get(key)
    if key in context.scope:
        return ""
    if head is not None:
        return head.sizes[place] if place < head.axes else ""
    if definition is None or definition.arguments is not None or key in inside or place >= len(definition.indices):
        return ""
    letter = definition.indices[place]
    return glossary.ranges.get(letter) or _size(context, letter, definition.formula, (*inside, key))


def _outside(context: Context, letter: str, node: Node) -> Iterator[Name | Scripts]:
    """The names of a formula, but for what stands below a sum of its own over the letter, or is no formula at all."""
    if isinstance(node, BigOperator) and (node.lower is None or Name(letter) in walk(node.lower)):
        return
    if isinstance(node, Attached) and pattern_of(node) in context.glossary.patterns:
        return
    if isinstance(node, (Name, Scripts)) and is_name(node):
        yield node
    for part in children(node):
        yield from _outside(context, letter, part)
