"""The points at which a claim is tried: sizes, a mode, and values of tensors that follow from one seed."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from sympy import Expr

from gradproof.derivations.calculus import (
    Applied,
    Binder,
    Dim,
    Downstream,
    Index,
    Partial,
    Tensor,
    definitions_in,
    free_indices,
)
from gradproof.verify.claim import Claim
from gradproof.verify.strategies import Mode, assignments, values

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A batch of points of one size assignment and one mode.

    The values of a tensor follow from the seed and the tensor alone: they do not depend on which other tensors are
    asked for, or in which order, so that several oracles can be shown the same points.

    whole    the sample of which this is a part, and the number of its first point there
    """

    sizes: dict[Dim, int]
    mode: Mode
    points: int
    seed: tuple[int, ...]
    drawn: dict[Tensor, Array] = field(default_factory=dict, compare=False)
    whole: tuple[Sample, int] | None = field(default=None, compare=False)

    def values(self, tensor: Tensor) -> Array:
        """Shape (points, *sizes of the tensor); raises KeyError for a dim without a size."""
        if self.whole is not None and tensor not in self.drawn:
            sample, first = self.whole
            self.drawn[tensor] = sample.values(tensor)[first : first + self.points]
        if tensor not in self.drawn:
            rng = np.random.default_rng([*self.seed, zlib.crc32(str(tensor.name).encode())])
            shape = (self.points, *(self.sizes[dim] for dim in tensor.dims))
            self.drawn[tensor] = points_last(values(tensor.domain, shape, self.mode, rng))
        return self.drawn[tensor]

    def parts(self, most: int) -> Iterator[Sample]:
        """The same points, at most so many at a time."""
        if self.points <= most:
            yield self
            return
        for first in range(0, self.points, most):
            count = min(most, self.points - first)
            yield Sample(self.sizes, self.mode, count, self.seed, whole=(self, first))


def points_last(array: Array) -> Array:
    """The same array, with neighbouring points beside each other in memory: NumPy loops over what lies together, and
    points are many where sizes are few."""
    return np.moveaxis(np.ascontiguousarray(np.moveaxis(array, 0, -1)), -1, 0)


def samples(claim: Claim, seed: int, points: int, work: int, modes: Sequence[Mode], count: int = 4) -> Iterator[Sample]:
    """For each mode about `points` points, spread over several size assignments.

    `work` bounds the number of entries of the largest array: where sizes multiply there are fewer points.
    """
    dims = dims_of(claim)
    name = zlib.crc32(claim.name.encode())
    for number, mode in enumerate(modes):
        chosen = assignments(dims, count, np.random.default_rng([seed, name, number]))
        for place, sizes in enumerate(chosen):
            each = max(1, min(-(-points // len(chosen)), work // largest_array(claim, sizes)))
            yield Sample(sizes, mode, each, (seed, name, number, place))


def expressions_of(claim: Claim) -> tuple[Expr, ...]:
    """Both sides, the regions of the conditions, and the formulas of all defined tensors that they reach.

    The tensors through which a loss depends on everything are reached by every derivative of it, also where no side
    names them.
    """
    regions = [condition.expression for condition in claim.given if hasattr(condition, "expression")]
    through = [tensor for condition in claim.given if isinstance(condition, Downstream) for tensor in condition.through]
    found = [claim.lhs, claim.rhs, *regions, *through]
    return (*found, *dict.fromkeys(t.definition[1] for side in found for t in definitions_in(side)))


def functions_in(claim: Claim) -> tuple[str, ...]:
    """The names of the opaque functions that a claim is about."""
    return tuple(sorted({name for expression in expressions_of(claim) for name in _functions(expression)}))


@lru_cache(1 << 11)
def _functions(expression: Expr) -> frozenset[str]:
    return frozenset(part.name for part in expression.atoms(Applied))


def dims_of(claim: Claim) -> tuple[Dim, ...]:
    """All sizes on which the claim depends, by name."""
    found: set[Dim] = set()
    for expression in expressions_of(claim):
        found |= _dims(expression)
    for condition in claim.given:
        if isinstance(condition, Downstream):
            found |= {dim for tensor in (condition.value.tensor, *condition.through) for dim in tensor.dims}
    return tuple(sorted(found, key=lambda dim: str(dim.name)))


@lru_cache(1 << 11)
def _dims(expression: Expr) -> frozenset[Dim]:
    """The sizes in one expression: many claims use the same definitions."""
    of_indices = {index.dim for index in expression.atoms(Index)}
    of_tensors = {dim for tensor in expression.atoms(Tensor) for dim in tensor.dims}
    return frozenset(expression.atoms(Dim) | of_indices | of_tensors)


def largest_array(claim: Claim, sizes: dict[Dim, int]) -> int:
    """About the most entries per point that an array of the evaluation has."""
    return max(math.prod(sizes[dim] for dim in axes) for axes in _axes(claim))


@lru_cache(maxsize=256)
def _axes(claim: Claim) -> frozenset[tuple[Dim, ...]]:
    """The axes of the arrays of an evaluation: those of free and bound indices, and of the derivatives around them."""
    found: set[tuple[Dim, ...]] = {()}
    for expression in expressions_of(claim):
        directions = [index.dim for partial in expression.atoms(Partial) for index in partial.by.indices]
        for body in (expression, *[total.body for total in expression.atoms(Binder)]):
            axes = [index.dim for index in free_indices(body)] + directions
            found.add(tuple(sorted(axes, key=lambda dim: str(dim.name))))
    return frozenset(found)
