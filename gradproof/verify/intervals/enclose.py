"""Both sides of a claim, enclosed at several points at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Dim, Tensor
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Evaluator, Point

from .arithmetic import BallArithmetic, Objects
from .balls import Balls
from .standins import StandIn

Values = Callable[[Tensor], NDArray[np.float64]]


@dataclass(slots=True)
class Sides:
    """Both sides with all their places, shape (points, *sizes of the claim's indices), and what they were made from.

    asked    the free tensors that were needed, with their values
    """

    left: Objects
    right: Objects
    evaluator: Evaluator[Objects]
    asked: dict[Tensor, NDArray[np.float64]] = field(default_factory=dict)


def enclose(
    claim: Claim, sizes: Mapping[Dim, int], values: Values, points: int, standin: StandIn | None, balls: Balls
) -> Sides:
    """The sides at the precision that is set, with every definition inserted. Raises Unsupported like the evaluator.

    values    of a free tensor as exact binary fractions, shape (points, *sizes of the tensor)
    """
    arithmetic = BallArithmetic(balls, standin)
    asked: dict[Tensor, NDArray[np.float64]] = {}

    def data(tensor: Tensor) -> Objects:
        asked[tensor] = values(tensor)
        return arithmetic.exact(asked[tensor])

    evaluator: Evaluator[Objects] = Evaluator(arithmetic, Point(sizes, data), None, claim.given)
    left, right = (evaluator.value(side, claim.indices) for side in (claim.lhs, claim.rhs))
    shape = tuple(sizes[index.dim] for index in claim.indices)
    first, second = (np.broadcast_to(side, (points, *shape)) for side in (left, right))
    return Sides(first, second, evaluator, asked)
