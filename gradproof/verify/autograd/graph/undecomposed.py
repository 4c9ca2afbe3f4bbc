"""Operations of Torch that it does not decompose into core operations, most of them backward passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sympy import Add, Expr, Rational, S

from gradproof.verify.evaluation import Unsupported

from .constants import exact
from .scalars import Array, entrywise

if TYPE_CHECKING:
    from .reading import Reading


def outside(r: Reading, slope: Array, of: Array, width: float) -> Array:
    """The slope where |x| is greater than a width, else 0: of hardshrink and of softshrink."""
    most = exact(width)
    return entrywise(lambda g, x: r.by_sign(x, most, g, S.Zero, r.by_sign(x, -most, S.Zero, S.Zero, g)), slope, of)


def sloped(r: Reading, of: Array, lower: float, upper: float, training: bool) -> Array:
    """x above 0, and below it x times the mean of two slopes: RReLU where it draws no slope."""
    if training:
        raise Unsupported("a slope that is drawn at random")
    slope = (exact(lower) + exact(upper)) / 2
    return entrywise(lambda x: r.by_sign(x, S.Zero, x, S.Zero, slope * x), of)


def hinge_slopes(
    r: Reading, grad_output: Array, self: Array, target: Array, p: int, margin: float, weight: Array | None,
    reduction: int,
) -> Array:  # fmt: skip
    """The backward pass of Σ_{c≠y} w_y max(0, margin − x_y + x_c)^p / C: of a row, or of each of several."""
    if not all(S(entry).is_Integer for entry in target.flat):
        raise Unsupported("labels that depend on the data")
    rows, labels = self.reshape(-1, self.shape[-1]), target.reshape(-1).astype(int)
    slopes = np.broadcast_to(grad_output, labels.shape)
    share = Rational(1, self.shape[-1] * (len(rows) if reduction == _MEAN else 1))
    result = np.empty(rows.shape, dtype=object)
    for number, (row, label) in enumerate(zip(rows, labels, strict=True)):
        scale = share * slopes[number] * (1 if weight is None else weight[label])
        each = [_hinge_slope(r, exact(margin) - row[label] + other, int(p)) * scale for other in row]
        result[number] = each
        result[number, label] = -Add(*(slope for place, slope in enumerate(each) if place != label))
    return result.reshape(self.shape)


#: How Torch numbers the reduction to a mean.
_MEAN = 1


def _hinge_slope(r: Reading, gap: Expr, power: int) -> Expr:
    return r.by_sign(gap, S.Zero, S.One if power == 1 else 2 * gap, S.Zero, S.Zero)
