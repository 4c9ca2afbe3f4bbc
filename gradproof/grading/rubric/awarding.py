"""Giving the points of a rubric to a submission that was graded.

An item is earned by a line that is right and has come as far as its milestone. Behind an error a line that follows from
the line before it earns what it reaches, as if the error had not been made. What nobody could compare is open: its
points are for a person to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..marks import Graded, Line, Mark, Reached
from ..milestones import Shows
from ..standing import Standing
from .items import Item, Rubric
from .points import Award, Awarded, Deduction, Points


def awarded(rubric: Rubric, graded: Graded) -> Graded:
    """The submission with its points under a rubric."""
    return replace(graded, awarded=award(rubric, graded))


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
