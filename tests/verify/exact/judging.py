"""The oracle's judgement on raw claims with conditions, at points of both signs."""

from __future__ import annotations

import itertools
from typing import Any

import mpmath
from sympy import Expr

from gradproof.derivations.calculus import (
    Condition,
    Different,
    Dim,
    Equal,
    Index,
    Negative,
    NonZero,
    Positive,
    free_indices,
)

from .oracle import NEGLIGIBLE, Oracle


def disagreement(
    lhs: Expr, rhs: Expr, given: tuple[Condition, ...], sizes: dict[Dim, int], seeds: int = 6
) -> tuple[Any, int]:
    """The largest |lhs − rhs| where the conditions hold and both sides are real, and at how many places they are.

    It is sought no further once it is no rounding.
    """
    worst, places = mpmath.mpf(0), 0
    indices = sorted(free_indices(lhs) | free_indices(rhs), key=str)
    for seed in range(seeds):
        if worst > NEGLIGIBLE:
            break
        oracle = Oracle(sizes, seed, given, signed=bool(seed % 3))
        for choice in itertools.product(*[range(sizes[index.dim]) for index in indices]):
            at = dict(zip(indices, choice, strict=True))
            if not all(_holds(condition, oracle, at) for condition in given):
                continue
            try:
                difference = oracle.value(lhs, at) - oracle.value(rhs, at)
            except (ZeroDivisionError, ValueError):
                continue
            if mpmath.im(difference) == 0 and mpmath.isfinite(difference):
                worst, places = max(worst, abs(difference)), places + 1
    return worst, places


def _holds(condition: Condition, oracle: Oracle, at: dict[Index, int]) -> bool:
    if isinstance(condition, (Equal, Different)):
        return (at[condition.first] == at[condition.second]) is isinstance(condition, Equal)
    if not isinstance(condition, (Positive, Negative, NonZero)):
        return True
    others = sorted(free_indices(condition.expression) - set(at), key=str)
    for choice in itertools.product(*[range(oracle.sizes[index.dim]) for index in others]):
        value = oracle.value(condition.expression, at | dict(zip(others, choice, strict=True)))
        wrong_side = {Positive: value < 0, Negative: value > 0, NonZero: False}[type(condition)]
        if value == 0 or wrong_side:
            return False
    return True
