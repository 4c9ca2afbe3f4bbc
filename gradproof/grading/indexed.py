"""Whether a relation is written in entries, with all indices, or speaks of whole arrays.

What is said of whole arrays (layouts, products entry by entry, an index that is left out) does not touch entries.
"""

from __future__ import annotations

from gradproof.derivations.meaning import Context, Glossary
from gradproof.derivations.meaning.glossary import Head, Key
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

from .said import formulas_of, key_of, names_in


def in_indices(glossary: Glossary, *sides: Node) -> bool:
    """Whether every array of a relation is written with all its indices."""
    context = Context(glossary)
    for side in sides:
        bases = {id(node.base) for node in s.walk(side) if isinstance(node, s.Scripts)}
        for name in names_in(side):
            key = key_of(context, name) if id(name) not in bases else None
            axes = axes_of(glossary, key) if key is not None else 0
            if axes and len(context.refer(name).indices) != axes:
                return False
    return True


def entries_only(glossary: Glossary, *sides: Node) -> bool:
    """Whether a relation and all definitions speak of entries and numbers alone, and of nothing that is undeclared."""
    formulas = formulas_of(glossary)
    context = Context(glossary.copy())
    for formula in (*formulas, *sides):
        context.observe(formula)
    whole = (s.Nabla, s.Array)
    return (
        not context.undeclared
        and not any(isinstance(node, whole) for formula in (*formulas, *sides) for node in s.walk(formula))
        and in_indices(glossary, *formulas, *sides)
    )


def axes_of(glossary: Glossary, key: Key) -> int:
    """How many axes a name has; 0 for a number, and for a name of which nothing is known."""
    definition = glossary.definitions.get(key)
    return len(definition.indices) if definition is not None else glossary.heads.get(key, Head()).axes
