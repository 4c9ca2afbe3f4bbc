"""Points that refute: their numbers by argument, and whether rough constants could explain what they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Expr, Rational

from gradproof.derivations.calculus import Domain, Entry, Tensor
from gradproof.verify.autograd.graph.signs import Region
from gradproof.verify.intervals.balls import PRECISIONS, best_balls
from gradproof.verify.verdict import Counterexample

from .evaluating import enclosing
from .settings import Setting
from .tracing.constants import around, rough_numbers

Array = NDArray[Any]


def completed(point: Counterexample, region: Region) -> Counterexample:
    """The point with the scalars that were solved for at a boundary."""
    numbers = _numbers(point)
    for entry, value in region.solved:
        exact = value.xreplace({part: _value(part, numbers) for part in value.atoms(Entry)})
        numbers[str(entry.tensor.name)] = exact
    return replace(point, values={name: str(number) for name, number in numbers.items()})


def arguments_at(setting: Setting, point: Counterexample) -> dict[str, Array]:
    """The exact arguments at a point, by name: arrays of rationals, and the ordinary arrays of the setting."""
    numbers, free = _numbers(point), setting.free()
    found: dict[str, Array] = {}
    for name, array in setting.arguments.items():
        if name in setting.fixed:
            found[name] = array
            continue
        exact = np.empty(array.shape, dtype=object)
        for place in np.ndindex(array.shape):
            formula = free.get(array[place], array[place])
            exact[place] = formula.xreplace({part: _value(part, numbers) for part in formula.atoms(Entry)})
        found[name] = exact
    return found


def differ_anyway(left: Expr, right: Expr, point: Counterexample) -> bool:
    """Whether both sides differ at the point whatever the rough numbers are, near the floats that stand for them."""
    numbers, rough = _numbers(point), {entry.tensor: near for entry, near in rough_numbers((left, right)).items()}
    balls = best_balls()

    def data(tensor: Tensor) -> Array:
        if tensor in rough:
            ball = around(balls, rough[tensor])
        else:
            exact = _value(Entry(tensor), numbers)
            ball = balls.number(Fraction(int(exact.p), int(exact.q)))
        single = np.empty(1, dtype=object)
        single[0] = ball
        return single

    with balls.precision(PRECISIONS[2]):
        evaluator = enclosing(balls, data)
        first, second = (evaluator.value(side)[0] for side in (left, right))
        return balls.greater(first, second) or balls.greater(second, first)


def _numbers(point: Counterexample) -> dict[str, Rational]:
    return {name: Rational(text) for name, text in point.values.items()}


def _value(scalar: Expr, numbers: Mapping[str, Rational]) -> Rational:
    """The value of a scalar at a point; one that does not matter there gets a simple one of its domain."""
    domain = scalar.tensor.domain
    simple = Rational(1, 2) if domain is Domain.UNIT else Rational(int(domain.positive))
    return numbers.get(str(scalar.tensor.name), simple)
