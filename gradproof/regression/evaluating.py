"""Traced formulas evaluated at a point: in a dtype, or in enclosures.

A branch that is not taken may be undefined there; only the one that is taken counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Expr, S

from gradproof.derivations.calculus import Entry, Index
from gradproof.verify.autograd.graph.signs import Sign
from gradproof.verify.evaluation import Arithmetic, Point
from gradproof.verify.intervals.arithmetic import BallArithmetic
from gradproof.verify.intervals.balls import Balls
from gradproof.verify.stability.arithmetic import AsWritten, Floats

from .differentiation import AtZero
from .tracing.maximum import Maximum

Array = NDArray[Any]


class WithSigns(AsWritten):
    """Evaluates formulas in scalars; `side` tells the sign of a number: 1, 0 or −1, or None where it is not known.

    undefined    stands for what has no value, and for infinities
    """

    def __init__(
        self,
        arithmetic: Arithmetic[Any],
        data: Callable[[Any], Array],
        side: Callable[[Any], int | None],
        undefined: Any,
    ) -> None:
        super().__init__(arithmetic, Point({}, data))
        self.side = side
        self.undefined = np.array([undefined])

    def _compute(self, expression: Expr, axes: tuple[Index, ...]) -> Any:
        if isinstance(expression, AtZero) or expression in (S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity):
            return self.undefined
        if isinstance(expression, Maximum):
            row = np.stack(np.broadcast_arrays(*[self.value(part) for part in expression.args]), axis=1)
            return self.arithmetic.largest(row, 1, row.shape[1], 1)[:, 0]
        if isinstance(expression, Sign):
            argument, *parts = np.broadcast_arrays(*[self.value(part) for part in expression.args])
            return np.array([self._taken(*numbers) for numbers in zip(argument, *parts, strict=True)], parts[0].dtype)
        return super()._compute(expression, axes)

    def _taken(self, argument: Any, above: Any, at_zero: Any, below: Any) -> Any:
        side = self.side(argument)
        return self.undefined[0] if side is None else {1: above, 0: at_zero, -1: below}[side]


def in_floats(expressions: Array, values: Mapping[Expr, float]) -> NDArray[np.float64]:
    """The values of some expressions in float64; nan where they have none."""
    data = {entry.tensor: np.array([value]) for entry, value in values.items() if isinstance(entry, Entry)}
    evaluator = WithSigns(Floats("float64"), data.__getitem__, _side_of_float, np.nan)
    found = np.empty(expressions.shape)
    with np.errstate(all="ignore"):
        for place in np.ndindex(found.shape):
            found[place] = evaluator.value(expressions[place])[0]
    return found


def enclosing(balls: Balls, data: Callable[[Any], Array]) -> WithSigns:
    """An evaluator in enclosures, at the precision that is set; `data` gives arrays of enclosures, points first."""

    def side(value: Any) -> int | None:
        ends = balls.ends(value)
        if ends is None:
            return None
        low, high = ends
        return 1 if low > 0 else -1 if high < 0 else 0 if low == high else None

    return WithSigns(BallArithmetic(balls), data, side, balls.undefined())


def _side_of_float(value: float) -> int | None:
    return None if np.isnan(value) else int(np.sign(value))
