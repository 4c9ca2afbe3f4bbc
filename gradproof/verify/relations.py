"""What a relation says of two numbers that are known only roughly: by a gap of arrays, or by exact ends."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from gradproof.derivations.calculus import Relation

Ends = tuple[Fraction, Fraction]


def gap(relation: Relation, left: Any, right: Any) -> Any:
    """By how much arrays of values break the relation; for an inequality negative where it holds with room to spare."""
    if relation is Relation.EQUAL:
        return np.abs(left - right)
    upper, lower = relation.larger(left, right)
    return lower - upper


def holds(relation: Relation, left: Ends, right: Ends) -> bool | None:
    """Whether the relation holds between two numbers that lie between these ends; None where the ends leave it open."""
    if relation is Relation.EQUAL:
        apart = left[0] > right[1] or left[1] < right[0]
        return False if apart else True if left == right and left[0] == left[1] else None
    upper, lower = relation.larger(left, right)
    if relation.strict:
        return True if lower[1] < upper[0] else False if lower[0] >= upper[1] else None
    return True if lower[1] <= upper[0] else False if lower[0] > upper[1] else None
