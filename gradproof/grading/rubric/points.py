"""The points of a submission under a rubric: item by item, with the line that decided each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from ..marks import Line
from ..numbers import number
from .items import Item, text_json


class Award(Enum):
    """What became of an item; each value is the sentence that a reader sees. The strongest comes first."""

    EARNED = "reached by a right line"
    CARRIED = "reached behind an error, by a line that follows from the line before it"
    OPEN = "for you to decide"
    LOST = "the line that reaches it is wrong"
    MISSING = "no line reaches it"


@dataclass(frozen=True, slots=True)
class Awarded:
    """An item with what became of it, and the line that decided that."""

    item: Item
    award: Award
    line: Line | None = None

    @property
    def points(self) -> Fraction:
        """The points that are certain."""
        return self.item.points if self.award in (Award.EARNED, Award.CARRIED) else Fraction(0)

    @property
    def open(self) -> Fraction:
        """The points that a person decides."""
        return self.item.points if self.award is Award.OPEN else Fraction(0)

    def to_json(self) -> dict[str, Any]:
        return {
            "text": text_json(self.item.text),
            "points": number(self.points),
            "open": number(self.open),
            "of": number(self.item.points),
            "award": self.award.name,
            "sentence": self.award.value,
            "line": self.line.finding.place.line if self.line else None,
        }


@dataclass(frozen=True, slots=True)
class Deduction:
    """What a wrong line costs."""

    line: Line
    points: Fraction

    def to_json(self) -> dict[str, Any]:
        return {"line": self.line.finding.place.line, "points": number(self.points), "slip": self.line.slip}


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a submission: those that are certain, and the range that a person decides within."""

    items: tuple[Awarded, ...]
    deductions: tuple[Deduction, ...]
    of: Fraction

    @property
    def certain(self) -> Fraction:
        """Never less than 0."""
        return max(self._sum - sum((each.points for each in self.deductions), Fraction(0)), Fraction(0))

    @property
    def most(self) -> Fraction:
        """The points if all that is open is given."""
        more = self._sum + sum((each.open for each in self.items), Fraction(0))
        return max(more - sum((each.points for each in self.deductions), Fraction(0)), Fraction(0))

    @property
    def _sum(self) -> Fraction:
        return sum((each.points for each in self.items), Fraction(0))

    def to_json(self) -> dict[str, Any]:
        return {
            "points": number(self.certain),
            "most": number(self.most),
            "of": number(self.of),
            "items": [each.to_json() for each in self.items],
            "deductions": [each.to_json() for each in self.deductions],
        }
