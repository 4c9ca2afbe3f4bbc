"""What lies downstream: a value of which only its derivatives are known, as free data.

A value V that depends on everything else through the tensors c only has dV = Σ_c Σ_k G_k dc_k, and its gradient G has
dG_k = Σ_d Σ_l H_kl dd_l. G and H are arbitrary, but H is symmetric, as the second derivatives of every function are
that has continuous ones. Beyond these nothing is described.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from typing import Any

from numpy.typing import NDArray
from sympy import Expr

from gradproof.derivations.calculus import Condition, Downstream, Entry, Partial, Tensor

from .arithmetic.protocol import Unsupported


@dataclass(frozen=True, slots=True)
class Described:
    """A value that lies downstream, or a derivative of it: `by` are the tensors by which it was differentiated."""

    value: Tensor
    through: tuple[Tensor, ...]
    by: tuple[Tensor, ...] = ()

    def slope(self, entry: Entry, by: Entry) -> Expr:
        """∂entry/∂by, for an entry of what is described and one of the tensors that it depends on: free data.

        Raises Unsupported for a third derivative of the value.
        """
        if not self.by:
            return Entry(downstream_gradient(self.value, by.tensor), *entry.indices, *by.indices)
        if len(self.by) > 1:
            raise Unsupported(f"a third derivative of {self.value.name}, of which only the first two are described")
        (first,) = self.by
        own, inner = entry.indices[: len(self.value.dims)], entry.indices[len(self.value.dims) :]
        if first == by.tensor:
            half = _curvature(self.value, first, first)
            return Entry(half, *own, *inner, *by.indices) + Entry(half, *own, *by.indices, *inner)
        if self.through.index(first) < self.through.index(by.tensor):
            return Entry(_curvature(self.value, first, by.tensor), *own, *inner, *by.indices)
        return Entry(_curvature(self.value, by.tensor, first), *own, *by.indices, *inner)


def described(given: Iterable[Condition]) -> dict[Tensor, Described]:
    """The values of the conditions with their derivatives, by the tensors that stand for them."""
    found: dict[Tensor, Described] = {}
    for condition in given:
        if isinstance(condition, Downstream):
            value, through = condition.value.tensor, condition.through
            found[value] = Described(value, through)
            found |= {downstream_gradient(value, part): Described(value, through, (part,)) for part in through}
            found |= {data: Described(value, through, pair) for data, pair in curvatures(value, through)}
    return found


def downstream_gradient(value: Tensor, through: Tensor) -> Tensor:
    """∂value/∂through as a tensor of free data: what `Partial(value, through[k])` is under a `Downstream` condition."""
    return Tensor(f"∂{value.name}/∂{through.name}", *value.dims, *through.dims)


def curvatures(value: Tensor, through: tuple[Tensor, ...]) -> tuple[tuple[Tensor, tuple[Tensor, Tensor]], ...]:
    """The free data from which second derivatives are made, and by which two tensors: K of ΣΣ K_kl dc_k dd_l."""
    pairs = combinations_with_replacement(through, 2)
    return tuple((_curvature(value, *pair), pair) for pair in pairs)


def _curvature(value: Tensor, first: Tensor, second: Tensor) -> Tensor:
    """By two tensors the second derivative itself; by one twice the half of it, to which its transpose is added."""
    name = f"½∂²{value.name}/∂{first.name}²" if first == second else f"∂²{value.name}/∂{first.name}∂{second.name}"
    return Tensor(name, *value.dims, *first.dims, *second.dims)


def as_read(tensor: Tensor, array: NDArray[Any], known: Mapping[Tensor, Described]) -> tuple[str, NDArray[Any]]:
    """The name and the array that a reader is shown of a tensor of data: of half a Hessian the whole one."""
    found = known.get(tensor)
    if found is None or len(set(found.by)) != 1 or len(found.by) != 2:
        return str(tensor.name), array
    value, axes = len(found.value.dims), len(found.by[0].dims)
    swapped = [*range(value), *range(value + axes, value + 2 * axes), *range(value, value + axes)]
    return f"∂²{found.value.name}/∂{found.by[0].name}²", array + array.transpose(swapped)


@lru_cache(maxsize=1 << 12)
def order(expression: Expr) -> int:
    """How many derivatives stand around each other at most, also within definitions: 2 for ∂²f/∂x²."""
    if isinstance(expression, Partial):
        return 1 + order(expression.expression)
    if isinstance(expression, Entry):
        return 0 if expression.tensor.definition is None else order(expression.tensor.definition[1])
    return max((order(part) for part in expression.args), default=0)
