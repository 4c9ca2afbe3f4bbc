"""Values of Torch in any format, with bounds of what rounding has done to them so far.

An `Enclosed` is about three numbers: the exact one, the one that Torch has in its format, and `value`, a float64 that
this module computes. Torch's and `value` are both within `radius` of the exact one. Nothing is assumed about the order
in which Torch adds, or about how `value` was computed, only that each rounding is as small as the format promises.

Torch's number is therefore within two radii of `value`, which is where the factors 2 below come from. Where nothing is
known (a domain may be left, a number may overflow) the radius is infinite; where something is undefined it is nan.
Source of the method: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., sections 2.2, 3.1 and 3.3.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

#: Pays for the roundings within the bound itself, which are float64, relative to the bound.
SLACK = 2.0**-40
#: An axis with no more entries than these is short.
FEW = 4


@dataclass(frozen=True, slots=True, eq=False)
class Enclosed:
    """Float64 tensors of the same shape.

    exact    whether every radius is known to be 0, so that no rule needs to look; it may be 0 without that
    """

    value: torch.Tensor
    radius: torch.Tensor
    exact: bool = False

    @classmethod
    def exactly(cls, value: torch.Tensor) -> Enclosed:
        """Numbers that no rounding has moved; their radii take no memory."""
        return cls(value, value.new_zeros(()).expand(value.shape), True)


@dataclass(frozen=True, slots=True, eq=False)
class Discrete:
    """Discrete values, tensors of the same shape; where `unknown`, rounding decides what Torch takes."""

    value: torch.Tensor
    unknown: torch.Tensor


def all_below(tensor: torch.Tensor, limit: float) -> bool:
    """Whether all entries are below a limit. On a GPU nobody looks, since that would wait for it: the answer is no."""
    return not tensor.is_cuda and bool(tensor.numel()) and bool(tensor.amax() < limit)


def summed(tensor: torch.Tensor, dims: tuple[int, ...], keep: bool) -> torch.Tensor:
    """The sum over some axes; over a short one slice by slice, where Torch's own takes up to ten times as long."""
    if len(dims) != 1 or not 0 < tensor.shape[dims[0]] <= FEW:
        return tensor.sum(dim=dims, keepdim=keep)
    first, *rest = tensor.unbind(dims[0])
    total = first.clone(memory_format=torch.contiguous_format)
    for part in rest:
        total.add_(part)
    return total.unsqueeze(dims[0]) if keep else total


def times(own: torch.Tensor, factor: torch.Tensor, shape: torch.Size) -> torch.Tensor:
    """A product of this shape, in the memory of its first factor if it fits there; nobody else may need that one."""
    return own.mul_(factor) if own.shape == shape else own * factor


def largest_size(array: Enclosed) -> torch.Tensor:
    """The largest size that the exact number can have; a tensor of its own."""
    size = array.value.abs()
    return size if array.exact else size.add_(array.radius)


def both_radii(first: Enclosed, second: Enclosed) -> torch.Tensor | None:
    """The sum of two radii; None if both numbers are exact."""
    if first.exact:
        return None if second.exact else second.radius
    return first.radius if second.exact else first.radius + second.radius


def is_unit(array: Enclosed) -> bool:
    """Whether all entries are one number in memory, exactly 1 or −1, as where a backward pass starts."""
    tensor = array.value
    if not array.exact or not tensor.numel():
        return False
    one = all(not step or size == 1 for step, size in zip(tensor.stride(), tensor.shape, strict=True))
    return one and abs(float(tensor[(0,) * tensor.ndim])) == 1
