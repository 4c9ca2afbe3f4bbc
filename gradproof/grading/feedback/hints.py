"""Hints for a person who wants to find the mistake alone: less is said the lower the level.

1 says where to look and what kind of thing to check, 2 what to ask oneself, 3 what went wrong. Only the first wrong
line has a hint; of the others only the mark is left. What would be right is never said.
"""

from __future__ import annotations

from dataclasses import replace

from gradproof.derivations.calculus import Text
from gradproof.derivations.slips import SLIPS

from ..marks import Graded, Line, Mark
from ..rubric import Points
from ..rubric.items import discreet

LEVELS = (1, 2, 3)
_HINTS = {slip.name: slip.hints for slip in SLIPS}
_LATER = Text("It is wrong as well; look at the first wrong line first.", "这一行也有误；请先看首个错误行。")
#: Where no slip has a name.
_CHECK = Text("Check this line.", "检查这一行。")
_FOLLOWS = Text("Does it follow from the line before?", "它能由上一行推出吗？")
_TRY = Text("Both sides differ at {point}.", "两边在以下取值处不等：{point}。")
_DIFFERS = Text("It does not follow from the line before.", "它不能由上一行推出。")


def hinted(graded: Graded, level: int) -> Graded:
    """The submission as its author may see it: a hint at the first wrong line, and nothing that gives away more.

    Raises ValueError for a level that is none of 1, 2 and 3.
    """
    if level not in LEVELS:
        raise ValueError(f"the level of a hint is 1, 2 or 3, not {level}")
    first = graded.first_wrong
    lines = {id(line): _withheld(line, level if line is first else 0) for line in graded.lines}
    return replace(
        graded,
        lines=tuple(lines[id(line)] for line in graded.lines),
        awarded=None if graded.awarded is None else _discreet(graded.awarded, lines),
    )


def _discreet(points: Points, lines: dict[int, Line]) -> Points:
    """The points without formulas that must be reached, and with lines of which no more is said than above."""
    items = (
        replace(each, item=discreet(each.item, place), line=lines[id(each.line)] if each.line else None)
        for place, each in enumerate(points.items, start=1)
    )
    deductions = (replace(each, line=lines[id(each.line)]) for each in points.deductions)
    return replace(points, items=tuple(items), deductions=tuple(deductions))


def _withheld(line: Line, level: int) -> Line:
    if line.mark is not Mark.WRONG:
        return line
    hint = hint_of(line, level) if level else _LATER
    finding = replace(line.finding, reason="", counterexample=None, evidence=(), add=())
    return replace(line, finding=finding, reason="", slip="", point=None, hint=hint)


def hint_of(line: Line, level: int) -> Text:
    """What is said of a wrong line at a level."""
    if line.slip:
        return _HINTS[line.slip][level - 1]
    if level < 3:
        return (_CHECK, _FOLLOWS)[level - 1]
    if line.point is None:
        return _DIFFERS
    return Text(*(text.format(point=line.point) for text in (_TRY.en, _TRY.zh)))
