"""Functions that stand for opaque ones φ, ψ, … where a counterexample needs concrete ones.

A claim for every φ is false if it is false for one of them. Several functions of a claim get different ones: f(x),
f(x + 1), f(x + 2), …
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from gradproof.verify.evaluation import Opaque
from gradproof.verify.numeric import bounded, elementwise
from gradproof.verify.numeric.bounded import Bounded

from .balls import Balls


@dataclass(frozen=True, slots=True)
class StandIn:
    """A function with all its derivatives, as a reader sees it, in float64 with bounds, and enclosed.

    text     with a place for the argument
    names    of the opaque functions that it stands for, each with another shift of the argument
    """

    text: str
    in_floats: Callable[[Bounded, int], Bounded]
    enclosed: Callable[[Balls, Any, int], Any]
    names: tuple[str, ...] = ()

    def among(self, names: Iterable[str]) -> StandIn:
        """The same for functions of these names."""
        return replace(self, names=tuple(sorted(names)))

    def floats(self, argument: Bounded, function: Opaque) -> Bounded:
        shift = self._shift(function.name)
        if shift:
            argument = bounded.add(argument, bounded.exact(np.full((1,) * argument.ndim, float(shift))))
        return self.in_floats(argument, function.order)

    def enclosure(self, balls: Balls, argument: Any, function: Opaque) -> Any:
        shift = self._shift(function.name)
        return self.enclosed(balls, argument + balls.number(Fraction(shift)) if shift else argument, function.order)

    def said(self, name: str) -> str:
        """What stands for the function of this name, as a formula in x."""
        shift = self._shift(name)
        moved = f"x + {shift}" if "(" in self.text else f"(x + {shift})"
        return self.text.format(moved if shift else "x")

    def _shift(self, name: str) -> int:
        return self.names.index(name) if name in self.names else 0


def _monomial(degree: int) -> tuple[Callable[[Bounded, int], Bounded], Callable[[Balls, Any, int], Any]]:
    """x^degree: its derivative of order k is degree! / (degree − k)! · x^(degree − k)."""

    def factor(order: int) -> int:
        return int(np.prod([degree - place for place in range(order)], dtype=object))

    def in_floats(value: Bounded, order: int) -> Bounded:
        scale = bounded.exact(np.full((1,) * value.ndim, float(factor(order))))
        if order >= degree:
            return Bounded(np.broadcast_to(scale.value, value.value.shape), scale.bound)
        return bounded.multiply(scale, bounded.power(value, degree - order))

    def enclosed(balls: Balls, value: Any, order: int) -> Any:
        scale = balls.number(Fraction(factor(order)))
        return scale if order >= degree else scale * balls.power(value, Fraction(degree - order))

    return in_floats, enclosed


def _wave(balls: Balls, value: Any, order: int) -> Any:
    function = (balls.sin, balls.cos)[order % 2]
    return function(value) if order % 4 < 2 else balls.number(Fraction(-1)) * function(value)


#: Stays of moderate size wherever it is tried, so that agreement is tried with it.
WAVE = StandIn("sin({})", elementwise.wave, _wave)
#: What a person can follow: counterexamples are looked for with these.
STAND_INS = (
    StandIn("{}²", *_monomial(2)),
    StandIn("exp({})", lambda value, _: elementwise.exponential(value), lambda balls, value, _: balls.exp(value)),
    StandIn("{}³", *_monomial(3)),
)
