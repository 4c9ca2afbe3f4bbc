"""The conditions of an entry in prose."""

from __future__ import annotations

from gradproof.derivations.calculus import (
    At,
    Condition,
    Different,
    Downstream,
    Equal,
    Negative,
    NonZero,
    Positive,
    Untied,
)
from gradproof.derivations.notation import display, tree
from gradproof.derivations.notation.names import written

from .symbols import filled, joined, symbol_of
from .tree import Formula, Prose
from .wording import words


def condition_prose(condition: Condition, language: str) -> Prose:
    """Where a line is said: a relation, or a sentence."""
    match condition:
        case Equal(first=first, second=second):
            return (Formula(tree.Relation(written(first.name), "=", written(second.name))),)
        case Different(first=first, second=second):
            return (Formula(tree.Relation(written(first.name), "≠", written(second.name))),)
        case Positive(expression=expression):
            return (Formula(tree.Relation(display(expression), ">", tree.Number("0"))),)
        case Negative(expression=expression):
            return (Formula(tree.Relation(display(expression), "<", tree.Number("0"))),)
        case NonZero(expression=expression):
            return (Formula(tree.Relation(display(expression), "≠", tree.Number("0"))),)
        case At(entry=entry, value=value):
            return (Formula(tree.Relation(display(entry), "=", display(value))),)
        case Untied(expression=expression):
            return filled(words("untied", language), value=display(expression))
        case Downstream(value=value, through=through):
            names = joined([(Formula(symbol_of(tensor)),) for tensor in through], words("and", language))
            return filled(words("downstream", language), value=display(value), through=names)
