"""A claim about Torch, written out at given sizes: what Torch computes beside what is claimed, place by place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from sympy import Expr, S

from gradproof.derivations.calculus import (
    Condition,
    Different,
    Dim,
    Entry,
    Equal,
    Index,
    Negative,
    NonZero,
    Positive,
    Tensor,
    Untied,
    fresh,
)
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Evaluator, Point, Unsupported

from .decision import Defined, OnRegion
from .reading import Reading, read
from .running import Statement, anywhere, by_name, computation_of
from .scalars import Array, Expressions, entries, filled, in_domain, one_hot_choices


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the free indices, counted from 0: what Torch computes there and what is claimed."""

    at: dict[Index, int]
    torch: Expr
    claimed: Expr


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim at given sizes, and for given places of one-hot rows.

    given    the conditions on regions, on scalars
    data     the scalars behind each tensor, or the numbers of a one-hot one
    read     reads the graph again
    """

    claim: Claim
    sizes: dict[Dim, int]
    read: Callable[..., Reading]
    reading: Reading
    claimed: Array
    given: tuple[OnRegion, ...]
    data: dict[Tensor, Array]

    def with_maxima(self) -> Comparison:
        """The same, with each maximum as it is, and not an arbitrary number."""
        return replace(self, reading=self.read(maxima=True))

    def places(self) -> Iterator[Place]:
        """The places at which the claim is said."""
        axes = Statement.of(self.claim.lhs).axes
        for place in np.ndindex(self.claimed.shape):
            at = dict(zip(self.claim.indices, place, strict=True))
            if all(_allows(condition, at) for condition in self.claim.given):
                yield Place(at, self.reading.output[tuple(at[axis] for axis in axes)], self.claimed[place])


def _allows(condition: Condition, at: Mapping[Index, int]) -> bool:
    if isinstance(condition, (Equal, Different)) and {condition.first, condition.second} <= set(at):
        return (at[condition.first] == at[condition.second]) is isinstance(condition, Equal)
    return True


def comparisons(claim: Claim, sizes: dict[Dim, int], taken: list[str]) -> Iterator[Comparison]:
    """One comparison for each choice of places of one-hot rows; none where the claim is not defined at these sizes.

    taken   gains the names of the functions of Torch that the operation takes
    Raises Unsupported where the claim cannot be written out or the graph cannot be read, ValueError where the operation
    does not fit the claim.
    """
    from ..trace import trace

    recorded, names = computation_of(claim, taken)
    graph = None
    for hot in one_hot_choices(sorted(names.values(), key=lambda tensor: str(tensor.name)), sizes):
        drawn = dict(hot)

        def data(tensor: Tensor, drawn: dict[Tensor, Array] = drawn) -> Array:
            if tensor not in drawn:
                drawn[tensor] = entries(tensor, sizes)
            return in_domain(tensor, drawn[tensor])[None]

        evaluator = Evaluator(Expressions(), Point(sizes, data), None, claim.given)
        claimed = _at_full_size(evaluator, claim.rhs, claim.indices)
        if all(entry is S.NaN for entry in claimed.flat):
            continue  # such as the second largest of one number
        whole = {name: _value(evaluator, tensor) for name, tensor in names.items()}
        given = tuple(scalar for condition in claim.given for scalar in _scalars(evaluator, condition))
        if graph is None:
            try:
                inputs = {name: anywhere(tensor, sizes) for name, tensor in names.items()}
                graph = trace(recorded, inputs, asking=True)
            except (RuntimeError, ValueError) as problem:  # of Torch: no second largest of one number, shapes
                raise Unsupported(f"Torch does not run at these sizes: {problem}") from problem
        again = partial(read, graph, whole, _scalars_of(drawn))
        reading = again()
        shape = tuple(sizes[axis.dim] for axis in Statement.of(claim.lhs).axes)
        if reading.output.shape != shape:
            raise ValueError(
                f"the operation of {claim.name} gives shape {reading.output.shape}, and {shape} is claimed"
            )
        yield Comparison(claim, sizes, again, reading, claimed, given, drawn)


def _scalars_of(drawn: Mapping[Tensor, Array]) -> frozenset[Expr]:
    """All scalars. Raises Unsupported if two tensors share one: z at 1 and a number that is called z_1."""
    owners: dict[Expr, Tensor] = {}
    for tensor, array in drawn.items():
        for scalar in array.flat:
            if owners.setdefault(scalar, tensor) is not tensor and not scalar.is_Number:
                raise Unsupported(f"an entry of {tensor.name} and one of {owners[scalar].name} have the name {scalar}")
    return frozenset(owners)


def _value(evaluator: Evaluator[Array], tensor: Tensor) -> Array:
    """All entries of a tensor, by its definition if it has one."""
    formal = tuple(fresh(Index("i", dim)) for dim in tensor.dims)
    return _at_full_size(evaluator, Entry(tensor, *formal), formal)


def _at_full_size(evaluator: Evaluator[Array], expression: Expr, axes: tuple[Index, ...]) -> Array:
    shape = tuple(evaluator.point.sizes[index.dim] for index in axes)
    found = np.broadcast_to(evaluator.value(expression, axes), (1, *shape))[0]
    return found if isinstance(found, np.ndarray) else filled((), found)


def _scalars(evaluator: Evaluator[Array], condition: Condition) -> Iterator[OnRegion]:
    """A condition on a region, at each place of its indices."""
    if isinstance(condition, Untied):
        at = fresh(condition.expression.bound[0])
        selected = condition.expression.selected(at)
        yield from map(Defined, _at_full_size(evaluator, selected, by_name(selected)).flat)
    if isinstance(condition, (Positive, Negative, NonZero)):
        axes = by_name(condition.expression)
        for value in _at_full_size(evaluator, condition.expression, axes).flat:
            yield type(condition)(value)
