"""Operations of Torch that it does not decompose into core operations, most of them backward passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import S

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
