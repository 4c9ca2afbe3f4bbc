"""Values of expressions along an axis or over a plane, from the one evaluator: what is drawn is what is proved."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from sympy import Expr

from gradproof.derivations.calculus import Dim, Index, Tensor
from gradproof.verify.evaluation import Evaluator, Point
from gradproof.verify.numeric import bounded
from gradproof.verify.numeric.bounded import Bounded
from gradproof.verify.numeric.floats import BoundedFloats

Array = NDArray[np.float64]


def values_of(
    expression: Expr,
    values: Mapping[Tensor, Array],
    sizes: Mapping[Dim, int] | None = None,
    axes: tuple[Index, ...] = (),
) -> Array:
    """The expression at many points: an array of shape (points, one axis per index).

    values    of each free tensor, of shape (points or 1, *sizes of the tensor)
    """
    point: Point[Bounded] = Point(sizes or {}, lambda tensor: bounded.exact(np.asarray(values[tensor], dtype=float)))
    with np.errstate(all="ignore"):
        found = Evaluator(BoundedFloats(), point).value(expression, axes).value
    points = max(len(array) for array in values.values())
    return np.array(np.broadcast_to(found, (points, *((sizes or {})[index.dim] for index in axes))))
