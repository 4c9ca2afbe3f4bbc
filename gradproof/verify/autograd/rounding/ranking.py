"""The largest, the k-th, the sorted: which entries they are, and what is read or written at places that they give.

The value of a rank moves no farther than the entry that moves farthest. Its place is unknown where rounding could
exchange it with a neighbour, and at ties, where Torch may take either.
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from .arithmetic import Arithmetic
from .enclosed import Discrete, Enclosed

#: What Torch gives for a rank: the values and their places.
Ranked = tuple[torch.Tensor, torch.Tensor]


def ranked(
    x: Enclosed, dim: int, take: Callable[[torch.Tensor], Ranked], count: int, largest: bool
) -> tuple[Enclosed, Discrete]:
    """The values and places that `take` gives, which are among the first `count` from the largest or the smallest."""
    values, places = take(x.value)
    farthest = x.radius.amax(dim, keepdim=True)
    inside = x.value.sort(dim, descending=largest).values
    gaps = inside.diff(dim=dim).abs().narrow(dim, 0, min(count, inside.shape[dim] - 1))
    unknown = ~(gaps > 4 * farthest).all(dim, keepdim=True)
    if values.ndim < x.value.ndim:
        farthest, unknown = farthest.squeeze(dim), unknown.squeeze(dim)
    return Enclosed(values, farthest.expand_as(values)), Discrete(places, unknown.expand_as(places))


def topk(a: Arithmetic, self: Enclosed, k: int, dim: int, largest: bool, sorted: bool) -> tuple[Enclosed, Discrete]:
    return ranked(self, dim, lambda x: torch.topk(x, k, dim, largest, sorted), k, largest)


def sort(a: Arithmetic, self: Enclosed, dim: int, descending: bool) -> tuple[Enclosed, Discrete]:
    return ranked(self, dim, lambda x: torch.sort(x, dim, descending), self.value.shape[dim], descending)


def kth_value(a: Arithmetic, self: Enclosed, k: int, dim: int, keepdim: bool) -> tuple[Enclosed, Discrete]:
    return ranked(self, dim, lambda x: torch.kthvalue(x, k, dim, keepdim), k, False)


def maximum(a: Arithmetic, self: Enclosed, dim: int, keepdim: bool) -> tuple[Enclosed, Discrete]:
    return ranked(self, dim, lambda x: torch.max(x, dim, keepdim), 1, True)


def minimum(a: Arithmetic, self: Enclosed, dim: int, keepdim: bool) -> tuple[Enclosed, Discrete]:
    return ranked(self, dim, lambda x: torch.min(x, dim, keepdim), 1, False)


def gather(
    a: Arithmetic, self: Enclosed, dim: int, index: Discrete | torch.Tensor, sparse_grad: bool = False
) -> Enclosed:
    """Reading at a place that is unknown gives any entry."""
    if isinstance(index, torch.Tensor):
        return Enclosed(self.value.gather(dim, index), self.radius.gather(dim, index))
    radius = self.radius.gather(dim, index.value)
    return Enclosed(self.value.gather(dim, index.value), radius.masked_fill(index.unknown, torch.inf))


def scatter(a: Arithmetic, self: Enclosed, dim: int, index: Discrete | torch.Tensor, src: Enclosed | float) -> Enclosed:
    """Writing at a place that is unknown may change every entry along the axis."""
    places = index if isinstance(index, torch.Tensor) else index.value
    source = a.enclosed(src)
    value = self.value.scatter(dim, places, source.value.expand(places.shape))
    radius = self.radius.scatter(dim, places, source.radius.expand(places.shape))
    if isinstance(index, Discrete):
        radius = radius.masked_fill(index.unknown.any(dim, keepdim=True).expand_as(radius), torch.inf)
    return Enclosed(value, radius)
