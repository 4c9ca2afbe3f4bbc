"""The choices that split a claim into regions: signs at kinks, orders, places of one-hot vectors, 0 or 1.

A run makes choices as it meets them; `advance` goes on to the next leaf of the tree of choices, until all are visited.
A choice is known again by what it is about (a value, a name), not by when it is met, so that the leaves cover every
assignment whatever the order of evaluation: all options of a choice are visited while the choices before it stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

About = TypeVar("About")


@dataclass(slots=True)
class _Choice(Generic[About]):
    about: About
    options: int
    chosen: int


class Choices(Generic[About]):
    """The choices of one leaf. With `lucky`, new choices are drawn at random, for a look at one leaf only."""

    def __init__(self, lucky: np.random.Generator | None = None) -> None:
        self._made: list[_Choice[About]] = []
        self._lucky = lucky

    def made(self) -> list[tuple[About, int]]:
        """What was chosen so far, in the order in which the choices were met."""
        return [(choice.about, choice.chosen) for choice in self._made]

    def choose(self, about: About, options: int) -> int:
        """One of the options for what was not chosen about before."""
        chosen = 0 if self._lucky is None else int(self._lucky.integers(options))
        self._made.append(_Choice(about, options, chosen))
        return chosen

    def advance(self) -> bool:
        """On to the next leaf; False when there is none."""
        while self._made:
            last = self._made[-1]
            if last.chosen + 1 < last.options:
                last.chosen += 1
                return True
            self._made.pop()
        return False
