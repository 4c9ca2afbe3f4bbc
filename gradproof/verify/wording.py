"""Conditions in the words of the reports."""

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


def condition_words(condition: Condition) -> str:
    """A condition under which a claim is said, e.g. "i ≠ j"."""
    match condition:
        case Equal(first, second):
            return f"{first.name} = {second.name}"
        case Different(first, second):
            return f"{first.name} ≠ {second.name}"
        case Positive(expression):
            return f"{expression} > 0"
        case Negative(expression):
            return f"{expression} < 0"
        case NonZero(expression):
            return f"{expression} ≠ 0"
        case Untied(expression):
            return f"{expression} is attained at one place only"
        case At(entry, value):
            return f"{entry} = {value}"
        case Downstream(value, through):
            return f"{value} depends on everything only through {', '.join(str(tensor.name) for tensor in through)}"
