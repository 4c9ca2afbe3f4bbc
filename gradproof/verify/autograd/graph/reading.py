"""A trace of Torch, read as mathematics: arrays of expressions in the place of arrays of floating-point numbers.

A maximum becomes an arbitrary number, one for each maximum: what is proved is proved for any shift by it. Where this is
not enough it is read as the maximum that it is. A comparison
with one of Torch's guards, numbers that keep a computation in the range of floating point, takes the side on which the
guard does nothing, and is noted: the reading holds there only.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Expr, S

from gradproof.derivations.calculus import Scalar
from gradproof.verify.evaluation import Unsupported

from .constants import exact
from .extrema import ranked
from .operations import RULES, array
from .scalars import Array, entrywise, filled, reduced
from .signs import Sign

if TYPE_CHECKING:
    from ..trace import Operation, Trace

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
    maxima   whether each maximum is itself, and not an arbitrary number
    largest  how a maximum of some numbers is written, if it is to be neither
    output   the expressions that come out
    shifts   the arbitrary numbers
    guards   where the reading holds
    """

    taken: frozenset[Expr]
    maxima: bool = False
    largest: Callable[..., Expr] | None = None
    output: Array = field(default_factory=lambda: filled((), S.Zero))
    shifts: list[Expr] = field(default_factory=list)
    guards: dict[Guard, None] = field(default_factory=dict)

    def maximum(self, of: Array, axes: tuple[int, ...], keepdims: bool) -> Array:
        """An arbitrary number for each maximum over the axes, one that stands nowhere else; or the maximum itself."""
        largest = self.largest
        if largest is not None:
            return reduced(lambda row: largest(*row), of, axes, keepdims)
        return reduced(self._maximum_itself if self.maxima else self._arbitrary, of, axes, keepdims)

    def _maximum_itself(self, row: Sequence[Expr]) -> Expr:
        return ranked(row, 1)

    def _arbitrary(self, row: Sequence[Expr]) -> Expr:
        numbers = (Scalar(f"c_{number}") for number in itertools.count(1))
        self.shifts.append(next(number for number in numbers if number not in self.taken and number not in self.shifts))
        return self.shifts[-1]

    def by_sign(self, first: Expr, second: Expr, above: Expr, equal: Expr, below: Expr) -> Expr:
        """One of three expressions, by the sign of first − second."""
        if second in (S.Infinity, S.NegativeInfinity):
            return below if second is S.Infinity else above
        if first in GUARDS and not second.is_Number:
            return self.by_sign(second, first, below, equal, above)
        if second in GUARDS and not first.is_Number:
            self.guards[Guard(first, GUARDS[second], second)] = None
            return above if GUARDS[second] > 0 else below
        return Sign(first - second, above, equal, below)


def read(
    trace: Trace,
    inputs: Mapping[str, Array],
    taken: frozenset[Expr],
    maxima: bool = False,
    largest: Callable[..., Expr] | None = None,
) -> Reading:
    """The reading of a trace at these inputs. Raises Unsupported for an operation that has no rule, with its name, and
    where a truth value that the run asked for may be another one.

    taken   the scalars of the inputs, and of what the reading is compared with
    maxima  whether each maximum is itself, and not an arbitrary number
    largest how a maximum of some numbers is written, if it is to be neither
    """
    reading = Reading(taken, maxima, largest)
    values: dict[Any, Array] = {trace.inputs[name]: array for name, array in inputs.items()}
    for value, tensor in trace.constants.items():
        values[value] = entrywise(exact, np.array(tensor.tolist(), dtype=object).reshape(value.shape))

    def present(argument: Any) -> Any:
        if isinstance(argument, tuple):
            return tuple(present(part) for part in argument)
        return values.get(argument, argument) if hasattr(argument, "number") else argument

    for operation in trace.operations:
        rule = RULES.get(operation.target) or RULES.get(operation.target.replace("_.", ".", 1))  # in place: the same
        if rule is None:
            raise Unsupported(f"Torch's {operation.target} has no meaning here yet")
        _require_masks(operation)
        found = rule(reading, **{name: present(argument) for name, argument in operation.arguments.items()})
        for result, one in zip(operation.results, found if isinstance(found, tuple) else (found,), strict=True):
            values[result] = array(one)
            if values[result].shape != result.shape:
                raise RuntimeError(f"{operation.target} gives {result.shape} in Torch and {values[result].shape} here")
    for value, answer in trace.asked:
        if any(truth != S(int(answer)) for truth in values[value].flat):
            raise Unsupported("the path that Torch takes depends on the entries of a tensor")
    reading.output = values[trace.output]
    return reading


def _require_masks(operation: Operation) -> None:
    """Whole numbers as places would look like truth values here."""
    if operation.target.startswith("aten.index_put"):
        indices, accumulate = (operation.arguments[name] for name in ("indices", "accumulate"))
        if accumulate or any(index is None or index.dtype != "bool" for index in indices):
            raise Unsupported(f"Torch's {operation.target} has a meaning here with one mask only")
