"""Random functions with kinks inside each other: their derivatives are never refuted, wrong ones never proved.

The derivative is computed beside the value by forward mode, in plain NumPy. It is made wrong by a thousandth in a
region that a random function picks, so that no region may be left out.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import numpy as np
import pytest

from gradproof import assert_gradient, strategies
from gradproof.regression.checked import RefutedError, UndecidedError

Tree = Any
SHAPES = {"x": strategies.real(), "y": strategies.real()}
LEAVES = ("x", "y", "x", "y", "1", "-0.5")
ARITY = {
    **dict.fromkeys(("add", "multiply", "divide", "largest", "smallest"), 2),
    **dict.fromkeys(("relu", "size", "clip", "tanh", "sigmoid", "square", "logarithm"), 1),
    **dict.fromkeys(("by sign", "by order"), 3),
}


def tree(source: random.Random, depth: int) -> Tree:
    if not depth:
        return source.choice(LEAVES)
    kind = source.choice(sorted(ARITY))
    return (kind, *(tree(source, depth - 1) for _ in range(ARITY[kind])))


class Dual:
    """A value and its two derivatives."""

    def __init__(self, value: Any, *slopes: Any) -> None:
        self.value, self.slopes = value, slopes

    def times(self, value: Any, factor: Any) -> Dual:
        return Dual(value, *(factor * slope for slope in self.slopes))


def picked(condition: Any, yes: Dual, no: Dual) -> Dual:
    slopes = (np.where(condition, one, other) for one, other in zip(yes.slopes, no.slopes, strict=True))
    return Dual(np.where(condition, yes.value, no.value), *slopes)


def evaluated(part: Tree, x: Any, y: Any) -> Dual:
    if isinstance(part, str):
        leaves = {"x": Dual(x, 1.0, 0.0), "y": Dual(y, 0.0, 1.0)}
        return leaves[part] if part in leaves else Dual(float(part) + 0 * x, 0.0, 0.0)
    kind, *parts = part
    a, *others = (evaluated(one, x, y) for one in parts)
    zero = Dual(0.0, 0.0, 0.0)
    match kind, others:
        case "add", [b]:
            return Dual(a.value + b.value, *(u + v for u, v in zip(a.slopes, b.slopes, strict=True)))
        case "multiply", [b]:
            pairs = zip(a.slopes, b.slopes, strict=True)
            return Dual(a.value * b.value, *(u * b.value + v * a.value for u, v in pairs))
        case "divide", [b]:
            below = 1 + b.value**2
            pairs = zip(a.slopes, b.slopes, strict=True)
            return Dual(a.value / below, *(u / below - 2 * a.value * b.value * v / below**2 for u, v in pairs))
        case "largest", [b]:
            return Dual(np.maximum(a.value, b.value), *picked(a.value > b.value, a, b).slopes)
        case "smallest", [b]:
            return Dual(np.minimum(a.value, b.value), *picked(a.value < b.value, a, b).slopes)
        case "relu", _:
            return picked(a.value > 0, a, zero)
        case "size", _:
            return a.times(np.abs(a.value), np.sign(a.value))
        case "clip", _:
            return a.times(np.clip(a.value, -1, 1), np.where((a.value > -1) & (a.value < 1), 1.0, 0.0))
        case "tanh", _:
            return a.times(np.tanh(a.value), 1 - np.tanh(a.value) ** 2)
        case "sigmoid", _:
            s = 1 / (1 + np.exp(-a.value))
            return a.times(s, s * (1 - s))
        case "square", _:
            return a.times(a.value**2, 2 * a.value)
        case "logarithm", _:
            return a.times(np.log(1 + a.value**2), 2 * a.value / (1 + a.value**2))
        case "by sign", [b, c]:
            return picked(a.value > 0, b, c)
        case "by order", [b, c]:
            return picked(a.value >= b.value, c, a)
    raise AssertionError(kind)


@pytest.mark.parametrize("first", range(0, 36, 12))
def test_right_derivatives_and_wrong_ones(first: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(first, first + 12):
        source = random.Random(seed)
        function, region = tree(source, source.choice([2, 3])), tree(source, 2)

        def value(x: Any, y: Any, function: Tree = function) -> Any:
            return evaluated(function, x, y).value + 0 * x

        def slopes(x: Any, y: Any, function: Tree = function) -> Any:
            return tuple(slope + 0 * x for slope in evaluated(function, x, y).slopes)

        def inside(x: Any, y: Any, region: Tree = region) -> Any:
            return evaluated(region, x, y).value > 0

        def wrong(x: Any, y: Any, slopes: Any = slopes, inside: Any = inside) -> Any:
            first, second = slopes(x, y)
            return first + np.where(inside(x, y), 1e-3, 0.0), second

        try:
            seen[f"right {assert_gradient(value, slopes, by=('x', 'y'), **SHAPES).verdict.name}"] += 1
        except UndecidedError:
            seen["right UNDECIDED"] += 1
        points = 2 * np.random.default_rng(0).standard_normal((300, 2))
        if sum(bool(inside(x, y)) for x, y in points) > 3:
            with pytest.raises((RefutedError, UndecidedError)) as caught:
                assert_gradient(value, wrong, by=("x", "y"), **SHAPES)
            seen[f"wrong {caught.type.__name__}"] += 1
    assert seen["right PROVED"] >= 10 and seen["wrong RefutedError"] >= 5
