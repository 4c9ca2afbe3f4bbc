"""What a rubric is: items with points, what a wrong line costs, and whether credit goes on behind an error."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from gradproof.derivations.calculus import Text

from ..milestones import Milestone


@dataclass(frozen=True, slots=True)
class Item:
    """Points for what must be reached; `text` is what people read of it.

    formula  whether the text is the formula that must be reached, in LaTeX
    """

    text: Text
    points: Fraction
    milestone: Milestone
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Deductions:
    """What wrong lines cost.

    each    whether each wrong line costs points, not only the first
    points  what a wrong line costs
    slips   what it costs instead where a slip of this name is in it
    """

    points: Fraction
    each: bool = False
    slips: dict[str, Fraction] = field(default_factory=dict)

    def cost(self, slip: str) -> Fraction:
        return self.slips.get(slip, self.points)


@dataclass(frozen=True, slots=True)
class Rubric:
    """How points are given. Without deductions an error costs the item in which it stands, and no more."""

    title: Text
    items: tuple[Item, ...]
    deductions: Deductions | None = None
    carried_forward: bool = True

    @property
    def of(self) -> Fraction:
        """The points that there are."""
        return sum((item.points for item in self.items), Fraction(0))

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        return tuple(item.milestone for item in self.items)


def discreet(item: Item, place: int) -> Item:
    """The item as those who are graded may see it: with a number if its text is the formula that must be reached."""
    return replace(item, text=Text(f"item {place}", f"第 {place} 项"), formula=False) if item.formula else item


def text_json(text: Text) -> dict[str, Any]:
    return {"en": text.en, "zh": text.zh}
