"""Conditions as they are written: i = j, z_i > 0, or a sentence."""

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
    Text,
    Untied,
)

from . import tree as t
from .display import display
from .names import written
from .tree import Tree


def condition_tree(condition: Condition, language: str) -> Tree:
    """The display tree of a condition; a sentence about structure is in `language`, "en" or "zh"."""
    match condition:
        case Equal(first=first, second=second):
            return t.Relation(written(first.name), "=", written(second.name))
        case Different(first=first, second=second):
            return t.Relation(written(first.name), "≠", written(second.name))
        case Positive(expression=expression):
            return t.Relation(display(expression), ">", t.Number("0"))
        case Negative(expression=expression):
            return t.Relation(display(expression), "<", t.Number("0"))
        case NonZero(expression=expression):
            return t.Relation(display(expression), "≠", t.Number("0"))
        case At(entry=entry, value=value):
            return t.Relation(display(entry), "=", display(value))
        case Untied(expression=expression):
            words = Text(" is attained at one place only", " 仅在一处取到")
            return t.Sequence((display(expression), t.Words(words.in_language(language))))
        case Downstream(value=value, through=through):
            names = tuple(written(tensor.name) for tensor in through)
            words = Text(" depends on everything before only through ", " 仅通过以下各量依赖于此前的一切：")
            return t.Sequence((display(value), t.Words(words.in_language(language)), t.Sequence(names, ", ")))
