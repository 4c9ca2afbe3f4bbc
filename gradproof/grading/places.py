"""Places: what letters and sizes are at a size, what a bound or a subscript is there, and which conditions hold."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from gradproof.derivations.meaning import Glossary
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Name, Node, Number

Places = Mapping[str, int]
#: How far a letter runs in a body if nothing says so; None if that is not known.
Last = Callable[[str, Node], int | None]
COMPARED = {
    "=": operator.eq, "≠": operator.ne, "<": operator.lt, ">": operator.gt, "≤": operator.le, "≥": operator.ge,
}  # fmt: skip


class NotExpanded(Exception):  # noqa: N818 - an answer
    """What cannot be written out at a size; the text says why."""


class Outside(Exception):  # noqa: N818 - an answer
    """A place that is none, or a sum that runs backwards: nothing is said there."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A relation at one size and place, such as n = 3 and k = 2, and what is known there."""

    places: Places
    size: int
    left: Node
    right: Node
    glossary: Glossary

    @property
    def words(self) -> str:
        return ", ".join(f"{name} = {value}" for name, value in self.places.items())


@dataclass(frozen=True, slots=True)
class Setting:
    """What letters and sizes are, and how far letters run."""

    values: Places
    last: Last

    def having(self, values: Places) -> Setting:
        return replace(self, values={**self.values, **values})


def number(node: Node, values: Places) -> int | None:
    """What a bound or a subscript is; None if it is no number here."""
    match node:
        case Number(text=text) if text.isdigit():
            return int(text)
        case Name(text=text, font="", accents=()):
            return values.get(text)
        case s.Group(body=body):
            return number(body, values)
        case s.Sum(terms=terms, signs=signs) if set(signs) <= {"+", "-"}:
            numbers = [number(term, values) for term in terms]
            if any(found is None for found in numbers):
                return None
            return sum((found or 0) * (-1 if sign == "-" else 1) for sign, found in zip(signs, numbers, strict=True))
    return None


def holds(condition: Node, values: Places) -> bool | None:
    """Whether a relation between places holds; None if it is about anything else."""
    while isinstance(condition, s.Group):
        condition = condition.body
    if not isinstance(condition, s.Chain) or not set(condition.signs) <= COMPARED.keys():
        return None
    found = [None if member is None else number(member, values) for member in condition.members]
    numbers = [each for each in found if each is not None]
    if len(numbers) < len(found):
        return None
    pairs = zip(numbers, condition.signs, numbers[1:], strict=False)
    return all(COMPARED[sign](one, other) for one, sign, other in pairs)
