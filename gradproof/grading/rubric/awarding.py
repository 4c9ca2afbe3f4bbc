"""Giving the points of a rubric to a submission that was graded.

An item is earned by a line that is right and has come as far as its milestone. Behind an error a line that follows from
the line before it earns what it reaches, as if the error had not been made. What nobody could compare is open: its
points are for a person to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from ..marks import Graded, Line, Mark, Reached
from ..milestones import Shows
from ..standing import Standing
from .items import Item, Rubric, number, text_json


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


def award(rubric: Rubric, graded: Graded) -> Points:
    """The points of a submission that was graded against an exercise with the milestones of the rubric."""
    chains = list(_chains(graded.lines))
    items = tuple(_awarded(rubric, place, item, chains, graded) for place, item in enumerate(rubric.items))
    return Points(items, tuple(_deductions(rubric, graded)), rubric.of)


def _chains(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """The lines of each chain of relations."""
    found: list[Line] = []
    for line in lines:
        if found and (line.finding.step <= found[-1].finding.step or line.mark is Mark.NONE):
            yield found
            found = []
        if line.mark is not Mark.NONE:
            found.append(line)
    if found:
        yield found


def _awarded(rubric: Rubric, place: int, item: Item, chains: list[list[Line]], graded: Graded) -> Awarded:
    found = Awarded(item, Award.MISSING)
    for chain in chains:
        for each in _in_chain(rubric, place, item, chain):
            if _ORDER[each.award] < _ORDER[found.award]:
                found = each
    if _ORDER[found.award] <= _ORDER[Award.OPEN]:
        return found
    if graded.reached is Reached.RIGHT and graded.first_wrong is None and not item.milestone.written:
        return Awarded(item, Award.EARNED, found.line)
    return Awarded(item, Award.OPEN, found.line) if _unsure(found, place, chains, graded) else found


def _in_chain(rubric: Rubric, place: int, item: Item, chain: list[Line]) -> Iterator[Awarded]:
    """What each line of a chain is worth for an item."""
    lost = False
    for line in chain:
        reach = (line.reaches or {}).get(place)
        if reach is None or reach.shows is Shows.NO:
            continue
        if line.mark is Mark.WRONG:
            lost = True
            yield Awarded(item, Award.LOST, line)
            if rubric.deductions and rubric.carried_forward and reach.shows is Shows.YES:
                yield Awarded(item, Award.CARRIED, line)  # the error is paid for already
        elif line.mark is Mark.OPEN or reach.shows is Shows.MAYBE or reach.standing is Standing.UNKNOWN:
            yield Awarded(item, Award.OPEN, line)
        elif reach.standing is Standing.RIGHT:
            yield Awarded(item, Award.EARNED, line)
        elif rubric.carried_forward and not lost:
            yield Awarded(item, Award.CARRIED, line)


_ORDER = {each: place for place, each in enumerate(Award)}


def _unsure(found: Awarded, place: int, chains: list[list[Line]], graded: Graded) -> bool:
    """Whether an item that no line reaches may have been reached in a way that was not compared."""
    if graded.problem:
        return True
    every = [line for chain in chains for line in chain]
    apart = [line for line in every if not line.reaches]
    if any(line.mark is Mark.OPEN for line in apart):
        return True
    if found.award is Award.LOST:
        return False
    used = found.item.milestone.beside and any(  # a line of the main chain may use what is not stated
        line.mark is Mark.RIGHT and place not in (line.reaches or {}) for line in every
    )
    return bool(apart) or used


def _deductions(rubric: Rubric, graded: Graded) -> Iterator[Deduction]:
    if rubric.deductions is None:
        return
    for line in graded.lines:
        if line.mark is Mark.WRONG:
            cost = rubric.deductions.cost(line.slip)
            if cost:
                yield Deduction(line, cost)
            if not rubric.deductions.each:
                return
