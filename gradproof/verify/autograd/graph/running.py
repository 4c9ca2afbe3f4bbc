"""What Torch is made to run for a claim: the operation that it names, and a backward pass for each derivative."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sympy import Expr

from gradproof.derivations.calculus import Dim, Downstream, Entry, Index, Partial, Tensor, free_indices
from gradproof.derivations.notation.names import UnwritableNameError, python_name
from gradproof.verify.claim import Claim
from gradproof.verify.downstream import downstream_gradient
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.numeric.points import expressions_of

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
        own = self.function.indices if isinstance(self.function, Entry) else by_name(self.function)
        return (*own, *(index for entry in self.by for index in entry.indices))


def by_name(expression: Expr) -> tuple[Index, ...]:
    return tuple(sorted(free_indices(expression), key=lambda index: str(index.name)))


def _tensors(claim: Claim) -> dict[str, Tensor]:
    """Every tensor that a claim reaches, by its name in code; of two with one name the one without a formula."""
    found = {tensor for part in expressions_of(claim) for tensor in part.atoms(Tensor)}
    named: dict[str, Tensor] = {}
    for tensor in sorted(found, key=lambda tensor: (str(tensor.name), tensor.definition is not None)):
        try:
            named.setdefault(python_name(str(tensor.name)), tensor)
        except UnwritableNameError:
            continue  # it cannot be the name of a parameter
    return named


def computation_of(claim: Claim, taken: list[str]) -> tuple[Callable[..., Any], dict[str, Tensor]]:
    """The function that Torch runs, from tensors by name, and these tensors.

    taken   gains the names of the functions of Torch that the operation takes
    Raises ValueError where the operation does not fit the claim, Unsupported where the claim is not understood.
    """
    import torch

    from ..computations import derivative

    assert claim.operation is not None
    tensors = _tensors(claim)
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


def anywhere(tensor: Tensor, sizes: Mapping[Dim, int]) -> Any:
    """An input at which the graph is recorded; which operations run does not depend on it."""
    import torch

    return torch.full([sizes[dim] for dim in tensor.dims], _ANYWHERE, dtype=torch.float64)
