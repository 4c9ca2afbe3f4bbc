"""Central finite differences in float64, of the forward expression only."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from sympy import Expr

from gradproof.derivations.calculus import Dim, Entry, Index, Partial, Tensor, definitions_in, free_indices
from gradproof.verify.evaluation import Evaluator, Point
from gradproof.verify.numeric import bounded
from gradproof.verify.numeric.bounded import Bounded
from gradproof.verify.numeric.floats import BoundedFloats

Array = NDArray[np.float64]

#: A power of two near the cube root of the rounding unit: there, rounding and the curvature of the function err alike.
STEP = 2.0**-17
#: Of a difference of differences, near its fourth root.
SECOND_STEP = 2.0**-12


def central(
    expression: Expr, indices: tuple[Index, ...], sizes: Mapping[Dim, int], values: Mapping[Tensor, Array]
) -> Array | None:
    """(f(t + h) − f(t − h)) / 2h for ∂f/∂t, an axis for each index; None where f has other derivatives in it.

    A second derivative is a difference of differences. What t is defined by is not used: it is moved as data.
    """
    if not isinstance(expression, Partial):
        return None
    by: list[Entry] = []
    inside = expression
    while isinstance(inside, Partial):
        by.append(inside.by)
        inside = inside.expression
    if inside.atoms(Partial) or len(by) > 2:
        return None
    free = free_indices(inside)
    axes = tuple(index for index in indices if index in free)
    moved = _Moved(inside, axes, sizes, dict(values), STEP if len(by) == 1 else SECOND_STEP)
    result = np.empty(tuple(sizes[index.dim] for index in indices))
    for place in np.ndindex(result.shape):
        at = dict(zip(indices, place, strict=True))
        spots = [(entry.tensor, tuple(at[index] for index in entry.indices)) for entry in by]
        result[place] = moved.difference(spots)[tuple(at[index] for index in axes)]
    return result


class _Moved:
    """A forward expression whose tensors can be moved by the step, one entry at a time."""

    def __init__(
        self, inside: Expr, axes: tuple[Index, ...], sizes: Mapping[Dim, int], values: dict[Tensor, Array], step: float
    ) -> None:
        self.inside, self.axes, self.sizes, self.values, self.step = inside, axes, sizes, values, step

    def difference(self, spots: list[tuple[Tensor, tuple[int, ...]]]) -> Array:
        for tensor, _ in spots:
            if tensor not in self.values:  # a tensor with a definition is moved from the value that this gives
                self.values[tensor] = self._value({}, tensor)
        return self._difference(spots, {})

    def _difference(self, spots: list[tuple[Tensor, tuple[int, ...]]], at: dict[Tensor, Array]) -> Array:
        if not spots:
            return self._value(at)
        (tensor, place), *others = spots
        sides = []
        for step in (self.step, -self.step):
            array = np.array(at.get(tensor, self.values[tensor]))
            array[place] += step
            sides.append(self._difference(others, at | {tensor: array}))
        return np.asarray((sides[0] - sides[1]) / (2 * self.step))

    def _value(self, at: dict[Tensor, Array], tensor: Tensor | None = None) -> Array:
        """The expression where these tensors have been moved; or the whole of a defined tensor."""

        def data(asked: Tensor) -> Bounded:
            return bounded.exact((at[asked] if asked in at else self.values[asked])[None])

        formal = tuple(tensor.definition[0]) if tensor is not None else ()
        expression = tensor.body(*formal) if tensor is not None else self.inside
        axes = formal if tensor is not None else self.axes
        uses = tuple(t for t in definitions_in(expression) if t not in at)
        point: Point[Bounded] = Point(self.sizes, data)
        with np.errstate(all="ignore"):
            found = Evaluator(BoundedFloats(), point, uses).value(expression, axes).value
        return np.array(np.broadcast_to(found, (1, *(self.sizes[index.dim] for index in axes)))[0])
