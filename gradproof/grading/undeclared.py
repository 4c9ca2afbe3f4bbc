"""Whether a relation names anything of which nothing is said, itself or by the definitions that it reaches."""

from __future__ import annotations

from gradproof.derivations.meaning import Context, Glossary
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

from .said import key_of, names_in


def undeclared_in(left: Node, right: Node, glossary: Glossary) -> bool:
    """Whether a relation, or a definition that it reaches, names anything undeclared."""
    context = Context(glossary)
    waiting, seen = [left, right], set()
    while waiting:
        formula = waiting.pop()
        context.observe(formula)
        for name in names_in(formula):
            key = key_of(context, name)
            definition = glossary.definitions.get(key) if key is not None else None
            if definition is not None and key not in seen:
                seen.add(key)
                waiting.append(definition.formula)
        bounds = (node.upper for node in s.walk(formula) if isinstance(node, s.BigOperator))
        if any(isinstance(upper, s.Name) and upper.text in glossary.met for upper in bounds):
            return True
    return bool(context.undeclared)
