"""The conditions of an entry in prose."""

from __future__ import annotations

from gradproof.derivations.calculus import Condition, Downstream, Untied
from gradproof.derivations.notation import condition_tree, display

from .symbols import filled, joined, symbol_of
from .tree import Formula, Prose
from .wording import words


def condition_prose(condition: Condition, language: str) -> Prose:
    """Where a line is said: a relation, or a sentence."""
    match condition:
        case Untied(expression=expression):
            return filled(words("untied", language), value=display(expression))
        case Downstream(value=value, through=through):
            names = joined([(Formula(symbol_of(tensor)),) for tensor in through], words("and", language))
            return filled(words("downstream", language), value=display(value), through=names)
        case _:
            return (Formula(condition_tree(condition, "en")),)  # a relation: it has no words
