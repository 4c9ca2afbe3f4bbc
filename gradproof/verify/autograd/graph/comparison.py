"""A claim about Torch, written out at given sizes: what Torch computes beside what is claimed, place by place."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from sympy import Expr

from gradproof.derivations.calculus import (
    Condition,
    Different,
    Dim,
    Downstream,
    Entry,
    Equal,
    Index,
    Negative,
    NonZero,
    Partial,
    Positive,
    Tensor,
    free_indices,
    fresh,
)
from gradproof.derivations.notation.names import UnwritableNameError, python_name
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Evaluator, Point, Unsupported
from gradproof.verify.numeric.points import expressions_of
from gradproof.verify.structure import downstream_gradient

from .decision import OnRegion
from .reading import Reading, read
from .scalars import Array, Expressions, entries, filled, in_domain, one_hot_choices
from .watching import Watched

#: Every entry of every input while the graph is recorded: a probability, positive, and no whole number.
_ANYWHERE = 0.5


@dataclass(frozen=True, slots=True)
class Statement:
    """The left side of a claim: a function, differentiated by some tensors in turn.

    function  what is differentiated, or computed where nothing is
    by        the entries by which it is differentiated, the innermost first
    """

    function: Expr
    by: tuple[Entry, ...]

    @classmethod
    def of(cls, expression: Expr) -> Statement:
        by: tuple[Entry, ...] = ()
        while isinstance(expression, Partial):
            expression, by = expression.expression, (expression.by, *by)
        return cls(expression, by)

    @property
    def axes(self) -> tuple[Index, ...]:
        """The axes of what Torch computes: those of the function (of a formula by name), then those of each tensor."""
        own = self.function.indices if isinstance(self.function, Entry) else _by_name(self.function)
        return (*own, *(index for entry in self.by for index in entry.indices))


def _by_name(expression: Expr) -> tuple[Index, ...]:
    return tuple(sorted(free_indices(expression), key=lambda index: str(index.name)))


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
    """One comparison for each choice of places of one-hot rows.

    taken   gains the names of the functions of Torch that the operation takes
    Raises Unsupported where the claim cannot be written out or the graph cannot be read, ValueError where the operation
    does not fit the claim.
    """
    from ..trace import trace

    recorded, names = _computation(claim, _tensors(claim), taken)
    graph = trace(recorded, {name: _recorded_at(tensor, sizes) for name, tensor in names.items()})
    for hot in one_hot_choices(sorted(names.values(), key=lambda tensor: str(tensor.name)), sizes):
        drawn = dict(hot)

        def data(tensor: Tensor, drawn: dict[Tensor, Array] = drawn) -> Array:
            if tensor not in drawn:
                drawn[tensor] = entries(tensor, sizes)
            return in_domain(tensor, drawn[tensor])[None]

        evaluator = Evaluator(Expressions(), Point(sizes, data), None, claim.given)
        whole = {name: _value(evaluator, tensor) for name, tensor in names.items()}
        claimed = _at_full_size(evaluator, claim.rhs, claim.indices)
        given = tuple(scalar for condition in claim.given for scalar in _scalars(evaluator, condition))
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
    if isinstance(condition, (Positive, Negative, NonZero)):
        axes = _by_name(condition.expression)
        for value in _at_full_size(evaluator, condition.expression, axes).flat:
            yield type(condition)(value)


def _tensors(claim: Claim) -> dict[str, Tensor]:
    """Every tensor that a claim reaches, by its name in code; of two with one name the one without a formula."""
    found = {tensor for part in expressions_of(claim) for tensor in part.atoms(Tensor)}
    by_name: dict[str, Tensor] = {}
    for tensor in sorted(found, key=lambda tensor: (str(tensor.name), tensor.definition is not None)):
        try:
            by_name.setdefault(python_name(str(tensor.name)), tensor)
        except UnwritableNameError:
            continue  # it cannot be the name of a parameter
    return by_name


def _computation(
    claim: Claim, tensors: Mapping[str, Tensor], taken: list[str]
) -> tuple[Callable[..., Any], dict[str, Tensor]]:
    """The function that Torch runs, from tensors by name, and these tensors."""
    import torch

    from ..computations import derivative

    assert claim.operation is not None
    _, *names = inspect.signature(claim.operation).parameters
    unknown = [name for name in names if name not in tensors]
    if unknown:
        raise ValueError(f"the operation of {claim.name} takes {unknown[0]}; the claim has {', '.join(tensors)}")
    inputs = {name: tensors[name] for name in names}
    statement = Statement.of(claim.lhs)
    forward = partial(claim.operation, Watched(torch, taken))
    above = _above(statement.function, claim)
    if above is not None:
        inputs[str(above.name)] = above
        forward = partial(_seeded, forward, str(above.name))
    by = [next((name for name in names if inputs[name] == entry.tensor), None) for entry in statement.by]
    if None in by:
        raise ValueError(f"the operation of {claim.name} does not take every tensor by which is differentiated")
    return derivative(forward, *(name for name in by if name)), inputs


def _seeded(forward: Callable[..., Any], seed: str, **tensors: Any) -> Any:
    """Σ g c, whose derivative by c is g: what lies above an output c is known by its gradient g only."""
    above = tensors.pop(seed)
    return (above * forward(**tensors)).sum()


def _above(function: Expr, claim: Claim) -> Tensor | None:
    """The gradient of an arbitrary loss by the tensor through which it depends on the rest; None for a loss that is
    given."""
    if not isinstance(function, Entry) or function.tensor.definition is not None:
        return None
    for condition in claim.given:
        if isinstance(condition, Downstream) and condition.value.tensor == function.tensor:
            if len(condition.through) > 1:
                raise Unsupported("a loss that depends on the rest through several tensors")
            return downstream_gradient(function.tensor, condition.through[0])
    return None


def _recorded_at(tensor: Tensor, sizes: Mapping[Dim, int]) -> Any:
    import torch

    return torch.full([sizes[dim] for dim in tensor.dims], _ANYWHERE, dtype=torch.float64)
