"""A trace of Torch, read as mathematics: arrays of expressions in the place of arrays of floating-point numbers.

A maximum becomes an arbitrary number, one for each maximum: what is proved is proved for any shift by it. A comparison
with one of Torch's guards, numbers that keep a computation in the range of floating point, takes the side on which the
guard does nothing, and is noted: the reading holds there only.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Expr, S

from gradproof.derivations.calculus import Scalar
from gradproof.verify.evaluation import Unsupported

from .constants import exact
from .operations import RULES, array
from .scalars import Array, as_rows, entrywise, filled
from .signs import Sign

if TYPE_CHECKING:
    from ..trace import Trace

#: Numbers that Torch compares with to keep out of trouble, and the side on which nothing is done: 1 above, −1 below.
GUARDS: dict[Expr, int] = {
    exact(20):    -1,  # softplus returns x itself above this
    exact(-100):   1,  # binary_cross_entropy cuts logarithms off here
    exact(1e-12):  1,  # and the denominator p (1 − p) of its derivative here
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guard:
    """The reading holds where `expression` is above (`side` 1) or below (−1) a number of Torch's."""

    expression: Expr
    side: int
    number: Expr

    @property
    def positive(self) -> Expr:
        """What is positive there."""
        return self.side * (self.expression - self.number)


@dataclass(slots=True)
class Reading:
    """What a trace computes.

    taken    the scalars that have a meaning already
    output   the expressions that come out
    shifts   for each arbitrary number, the expressions whose maximum it is in Torch
    guards   where the reading holds
    """

    taken: frozenset[Expr]
    output: Array = field(default_factory=lambda: filled((), S.Zero))
    shifts: dict[Expr, tuple[Expr, ...]] = field(default_factory=dict)
    guards: dict[Guard, None] = field(default_factory=dict)

    def shift(self, of: Array, axes: tuple[int, ...], keepdims: bool) -> Array:
        """An arbitrary number for each maximum over the axes, one that stands nowhere else."""
        fresh = (number for number in map(_number, itertools.count(1)) if number not in self.taken | set(self.shifts))
        rows = as_rows(of, axes)
        result = np.empty(rows.shape[:-1], dtype=object)
        for place in np.ndindex(result.shape):
            result[place] = next(fresh)
            self.shifts[result[place]] = tuple(rows[place])
        return np.expand_dims(result, tuple(axis % of.ndim for axis in axes)) if keepdims else result

    def by_sign(self, first: Expr, second: Expr, above: Expr, equal: Expr, below: Expr) -> Expr:
        """One of three expressions, by the sign of first − second."""
        if second in (S.Infinity, S.NegativeInfinity):
            return below if second is S.Infinity else above
        if second in GUARDS and not first.is_Number:
            self.guards[Guard(first, GUARDS[second], second)] = None
            return above if GUARDS[second] > 0 else below
        return Sign(first - second, above, equal, below)


def _number(number: int) -> Expr:
    return Scalar(f"c_{number}")


def read(trace: Trace, inputs: Mapping[str, Array], taken: frozenset[Expr]) -> Reading:
    """The reading of a trace at these inputs. Raises Unsupported for an operation that has no rule, with its name.

    taken   the scalars of the inputs, and of what the reading is compared with
    """
    reading = Reading(taken)
    values: dict[Any, Array] = {trace.inputs[name]: array for name, array in inputs.items()}
    for value, tensor in trace.constants.items():
        values[value] = entrywise(exact, np.array(tensor.tolist(), dtype=object).reshape(value.shape))

    def present(argument: Any) -> Any:
        if isinstance(argument, tuple):
            return tuple(present(part) for part in argument)
        return values.get(argument, argument) if hasattr(argument, "number") else argument

    for operation in trace.operations:
        rule = RULES.get(operation.target)
        if rule is None:
            raise Unsupported(f"Torch's {operation.target} has no meaning here yet")
        (result,) = operation.results
        found = array(rule(reading, **{name: present(argument) for name, argument in operation.arguments.items()}))
        if found.shape != result.shape:
            raise RuntimeError(f"{operation.target} gives {result.shape} in Torch and {found.shape} here")
        values[result] = found
    reading.output = values[trace.output]
    return reading
