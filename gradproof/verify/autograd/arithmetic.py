"""Torch tensors as an arithmetic for the evaluator, and `Partial` as a call of torch.autograd.grad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from sympy import Abs, Expr, Rational

from gradproof.derivations.calculus import (
    Condition,
    Entry,
    Index,
    Partial,
    Tensor,
    erf,
    exp,
    expm1,
    log,
    log1p,
    relu,
    sigmoid,
    sign,
    softplus,
    step,
    tanh,
    xlogx,
)
from gradproof.verify.downstream import curvatures, downstream_gradient
from gradproof.verify.evaluation import (
    Evaluator,
    Function,
    Opaque,
    Point,
    Seat,
    Unsupported,
    gather_axes,
)

FUNCTIONS: dict[Any, Callable[[torch.Tensor], torch.Tensor]] = {
    exp: torch.exp,
    log: torch.log,
    log1p: torch.log1p,
    expm1: torch.expm1,
    erf: torch.erf,
    sigmoid: torch.sigmoid,
    tanh: torch.tanh,
    # torch's own softplus returns x above a threshold of 20, which is off by 2e-9; logaddexp is exact to rounding.
    softplus: lambda x: torch.logaddexp(x, torch.zeros_like(x)),
    xlogx: lambda x: torch.xlogy(x, x),
    relu: torch.relu,
    step: lambda x: (x > 0).to(x.dtype),
    sign: torch.sign,
    Abs: torch.abs,
}


class TorchArithmetic:
    """Tensors of one dtype on one device; opaque functions are sin(x + k) and its derivatives, as in float64.

    functions    the names of the opaque ones: the k-th, from 0, has the shift k, so that no two are the same
    """

    def __init__(
        self, device: torch.device, dtype: torch.dtype = torch.float64, functions: tuple[str, ...] = ()
    ) -> None:
        self.device = device
        self.dtype = dtype
        self.functions = functions

    def constant(self, value: Expr, ndim: int) -> torch.Tensor:
        number = int(value.p) / int(value.q) if value.is_Rational else float(value.evalf(30))
        return torch.full((1,) * ndim, number, dtype=self.dtype, device=self.device)

    def identity(self, size: int) -> torch.Tensor:
        return torch.eye(size, dtype=self.dtype, device=self.device)[None]

    def add(self, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        return first + second

    def multiply(self, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        return first * second

    def power(self, base: torch.Tensor, exponent: Rational) -> torch.Tensor:
        if exponent == -1:
            return torch.reciprocal(base)
        if exponent == Rational(1, 2):
            return torch.sqrt(base)
        return torch.pow(base, int(exponent) if exponent.is_Integer else float(exponent))

    def apply(self, function: Function, argument: torch.Tensor) -> torch.Tensor:
        if isinstance(function, Opaque):
            shift = self.functions.index(function.name) if function.name in self.functions else 0
            argument = argument + shift if shift else argument
            wave = torch.cos(argument) if function.order % 2 else torch.sin(argument)
            return -wave if function.order % 4 >= 2 else wave
        if function not in FUNCTIONS:
            raise Unsupported(f"{function.__name__} is not evaluated in Torch")
        return FUNCTIONS[function](argument)

    def total(self, array: torch.Tensor, axis: int, size: int) -> torch.Tensor:
        return array * float(size) if array.shape[axis] == 1 else array.sum(dim=axis, keepdim=True)

    def largest(self, array: torch.Tensor, axis: int, size: int, rank: int) -> torch.Tensor:
        """topk, which tells places apart by gaps; amax compares numbers that were rounded for equality."""
        if rank > size:
            return torch.full_like(array.narrow(axis, 0, 1), torch.nan)
        every = _repeated(array, axis, size)
        return torch.topk(every, rank, dim=axis).values.narrow(axis, rank - 1, 1)

    def selected(self, array: torch.Tensor, axis: int, size: int, rank: int) -> torch.Tensor:
        every = _repeated(array, axis, size).detach()
        attained = every == self.largest(every, axis, size, rank)
        tied = attained.sum(dim=axis, keepdim=True) != 1
        return torch.where(attained & tied, torch.nan, attained.to(array.dtype))

    def gather(self, array: torch.Tensor, seats: Sequence[Seat], ndim: int) -> torch.Tensor:
        gathered: torch.Tensor = gather_axes(array, seats, ndim)
        return gathered


def _repeated(array: torch.Tensor, axis: int, size: int) -> torch.Tensor:
    """Every place of an axis; of size 1 it stands for equal entries."""
    return array if array.shape[axis] == size else array.repeat_interleave(size, dim=axis)


class AutogradEvaluator(Evaluator[torch.Tensor]):
    """Evaluates forward in Torch; every `Partial` is what torch.autograd.grad says of the forward value.

    Each tensor is one node of Torch's graph, a defined one, too: the derivative by it takes it as a cut. A node has all
    points as its batch axis, so that Torch does not add up their gradients.

    order    the most derivatives that stand around each other: how many a value that lies downstream needs
    """

    def __init__(
        self,
        arithmetic: TorchArithmetic,
        point: Point[torch.Tensor],
        points: int,
        given: tuple[Condition, ...],
        order: int = 1,
    ) -> None:
        super().__init__(arithmetic, point, None, given)
        self.points = points
        self.order = order

    def _definition(self, tensor: Tensor) -> tuple[tuple[Index, ...], torch.Tensor]:
        formals, array = super()._definition(tensor)
        return formals, self._node(tensor, array)

    def _node(self, tensor: Tensor, array: torch.Tensor | None = None) -> torch.Tensor:
        """The whole tensor, at full size on every axis, as one node that can be differentiated by."""
        if tensor not in self._data:
            if array is None:
                array = self.point.data(tensor)
            sizes = [self.point.sizes[dim] for dim in tensor.dims]
            full = array.expand(self.points, *sizes)
            self._data[tensor] = full if full.requires_grad else full.clone().requires_grad_()
        return self._data[tensor]

    def _entry(self, entry: Entry, axes: tuple[Index, ...]) -> torch.Tensor:
        if not self.unfolds(entry.tensor):
            self._node(entry.tensor, self._described(entry.tensor))
        return super()._entry(entry, axes)

    def _described(self, tensor: Tensor) -> torch.Tensor | None:
        """The value of a tensor that a `Downstream` condition describes, with its derivatives; None for others."""
        condition = self.described.get(tensor)
        if condition is None or condition.by or tensor in self._data:
            return None
        if self.order > 2:
            raise Unsupported(f"a third derivative with {tensor.name} in it, of which only the first two are described")
        value, dims = self.point.data(tensor), len(tensor.dims)
        for part in condition.through:
            value = value + _contracted(self._whole(downstream_gradient(tensor, part)), dims, self._change(part, dims))
        if self.order > 1:
            for data, (first, second) in curvatures(tensor, condition.through):
                slope = _contracted(
                    self._whole(data), dims + len(first.dims), self._change(second, dims + len(first.dims))
                )
                value = value + _contracted(slope, dims, self._change(first, dims))
        return value

    def _change(self, part: Tensor, before: int) -> torch.Tensor:
        """c_k − its present value: zero, with the derivative of c. `before`: how many axes stand before those of c."""
        node = self._whole(part)
        return (node - node.detach()).reshape(node.shape[0], *[1] * before, *node.shape[1:])

    def _whole(self, tensor: Tensor) -> torch.Tensor:
        return self._definition(tensor)[1] if self.unfolds(tensor) else self._node(tensor, self._described(tensor))

    def _raised(self, base: torch.Tensor, exponent: torch.Tensor) -> torch.Tensor:
        return torch.pow(base, exponent)

    def _partial(self, partial: Partial, axes: tuple[Index, ...]) -> torch.Tensor:
        own = tuple(axis for axis in axes if axis in self.needs(partial.expression))
        node = self._whole(partial.by.tensor)
        forward = self.value(partial.expression, own)
        seats: list[Seat] = [1 + axes.index(axis) for axis in own]
        seats += self.seats(partial.by.indices, axes)
        return self.arithmetic.gather(_gradients(forward, node), seats, 1 + len(axes))


def _contracted(slope: torch.Tensor, kept: int, change: torch.Tensor) -> torch.Tensor:
    """Σ_k slope_k change_k over the axes after the batch axis and `kept` others."""
    product = slope * change
    return product.sum(dim=tuple(range(1 + kept, product.ndim))) if product.ndim > 1 + kept else product


def _gradients(forward: torch.Tensor, node: torch.Tensor) -> torch.Tensor:
    """The gradient of every place of `forward` by `node`, shape (points, *places, *node); point by point."""
    found = []
    for one in forward.reshape(forward.shape[0], -1).sum(dim=0):
        gradient = None
        if one.requires_grad:
            (gradient,) = torch.autograd.grad(one, node, create_graph=True, allow_unused=True)
        found.append(torch.zeros_like(node) if gradient is None else gradient)
    stacked = torch.stack(found, dim=1) if len(found) > 1 else found[0].unsqueeze(1)
    return stacked.reshape(node.shape[0], *forward.shape[1:], *node.shape[1:])
