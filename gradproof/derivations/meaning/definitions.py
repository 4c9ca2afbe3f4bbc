"""Definitions: which left sides define something, and what."""

from __future__ import annotations

from dataclasses import replace

from gradproof.derivations.notation.reading.syntax import Attached, Chain, Listing, Name, Node, Number, Scripts

from .glossary import Definition, Glossary
from .references import Reference, Unindexable, is_name, refer, spelled


def add_definition(glossary: Glossary, left: Node, right: Node) -> str:
    """Adds `left = right` and gives the head that it defines. Raises ValueError where the left side is no name."""
    if isinstance(left, Attached):
        return _function(glossary, left, right)
    if not is_name(left):
        raise ValueError("the left side of a definition is a name, such as z_i or f(x)")
    reference = reference_of(glossary, left)
    key = (reference.head, reference.font)
    glossary.definitions[key] = Definition(reference.indices, None, right)
    return reference.head


def _function(glossary: Glossary, left: Attached, right: Node) -> str:
    """f(m, b) = …; an event such as P(t=1|z) is a pattern: a quantity of its own."""
    reference = reference_of(glossary, left.head)
    body = left.group.body
    arguments = body.items if isinstance(body, Listing) else (body,)
    bars = isinstance(body, Listing) and any(sign in "|‖" for sign in body.separators)
    if not bars and any(not isinstance(argument, (Number, Chain)) and not is_name(argument) for argument in arguments):
        raise ValueError("the arguments in a definition are names, numbers or events, as in f(x) = … or P(t=1) = …")
    if bars or not all(is_name(argument) for argument in arguments):
        glossary.patterns[pattern_of(left)] = right
        return reference.head
    glossary.definitions[reference.head, reference.font] = Definition(reference.indices, arguments, right)
    return reference.head


def reference_of(glossary: Glossary, node: Node) -> Reference:
    """What a name refers to. Raises ValueError."""
    if not isinstance(node, (Name, Scripts)) or not is_name(node):
        raise ValueError("the left side of a definition is a name, such as z_i or f(x)")
    try:
        return labelled(refer(node, glossary.knows, glossary.is_index, lambda name: name in glossary.sizes))
    except Unindexable as problem:
        raise ValueError(str(problem)) from problem


def labelled(reference: Reference) -> Reference:
    """What is declared or defined has no power: a letter above is a label, as in h^o. Raises ValueError for x^2."""
    if reference.power is None:
        return reference
    label = spelled(reference.power)
    if not label.isalpha():
        raise ValueError(f"a power of {reference.head} stands where a name is declared or defined")
    return replace(reference, head=f"{reference.head}^{label}", power=None)


def pattern_of(node: Attached) -> str:
    """A text that is the same for the same call, whatever the spacing."""
    return repr(node)
