"""Functions that stand for an opaque activation φ where a counterexample needs a concrete one.

A claim for every φ is false if it is false for one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from gradproof.verify.numeric import bounded, elementwise
from gradproof.verify.numeric.bounded import Bounded

from .balls import Balls


@dataclass(frozen=True, slots=True)
class StandIn:
    """A function with all its derivatives, as a reader sees it, in float64 with bounds, and enclosed."""

    text: str
    in_floats: Callable[[Bounded, int], Bounded]
    enclosed: Callable[[Balls, Any, int], Any]


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
WAVE = StandIn("sin(x)", elementwise.wave, _wave)
#: What a person can follow: counterexamples are looked for with these.
STAND_INS = (
    StandIn("x²", *_monomial(2)),
    StandIn("exp(x)", lambda value, _: elementwise.exponential(value), lambda balls, value, _: balls.exp(value)),
    StandIn("x³", *_monomial(3)),
)
