"""Signs of numbers such as log 2 − 1, by enclosing them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from sympy import Expr

from ..evaluation import Point, Unsupported, evaluate
from ..intervals.arithmetic import BallArithmetic
from ..intervals.balls import PRECISIONS, Ends, best_balls


@lru_cache(maxsize=1 << 10)
def sign(number: Expr) -> int:
    """−1, 0 or 1. Raises Unsupported where no enclosure is sharp enough: nothing but 0 itself is called 0."""
    if number.is_Rational:
        return (int(number.p) > 0) - (int(number.p) < 0)
    for bits in PRECISIONS:
        ends = enclosed(number, bits)
        if ends is not None and (ends[0] > 0 or ends[1] < 0):
            return 1 if ends[0] > 0 else -1
    raise Unsupported(f"whether {number} is 0 is not known here")


def enclosed(number: Expr, bits: int) -> Ends | None:
    """Exact ends of an enclosure of a number."""
    balls = best_balls()

    def no_data(tensor: Any) -> Any:
        raise Unsupported(f"{tensor} is no number")

    with balls.precision(bits):
        value = evaluate(number, BallArithmetic(balls), Point({}, no_data))
        return balls.ends(np.ravel(value)[0])
