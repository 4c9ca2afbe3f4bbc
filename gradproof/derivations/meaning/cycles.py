"""Arguments that are made of the function they are given to, which nobody means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Name, Node, Scripts

from .problems import Needs
from .references import Reference, is_name

if TYPE_CHECKING:
    from .translate import Translator


def require_acyclic(translator: Translator, reference: Reference, argument: Node) -> None:
    """B(m, f), where f is made of B: nobody means that."""
    if not isinstance(argument, (Name, Scripts)) or not is_name(argument):
        return
    context = translator.context
    other = context.refer(argument)
    waiting, seen = [context.glossary.key(other.head, other.font)], set()
    while waiting:
        key = waiting.pop()
        definition = context.glossary.definitions.get(key)
        if definition is None or key in seen:
            continue
        seen.add(key)
        for name in names_in(definition.formula):
            used = context.refer(name)
            waiting.append(context.glossary.key(used.head, used.font))
    if context.glossary.key(reference.head, reference.font) in seen:
        raise Needs(
            f"{other.head} stands as an argument of {reference.head}, of which it is made; which is meant?",
            argument.span,
        )


def names_in(formula: Node) -> list[Name | Scripts]:
    """The names of a formula, with their scripts."""
    if isinstance(formula, (Name, Scripts)) and is_name(formula):
        return [formula]
    return [name for part in s.children(formula) for name in names_in(part)]
