"""The computations of Torch that are run and traced: functions from tensors by name to one tensor.

One is the left side of a claim, in which every derivative is Torch's; the other is the derivative of any function of
Torch, such as torch.softmax, once or several times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from sympy import Expr

from gradproof.derivations.calculus import Dim, Downstream, Tensor, definitions_in
from gradproof.verify.claim import Claim
from gradproof.verify.downstream import curvatures, downstream_gradient, order
from gradproof.verify.evaluation import Point
from gradproof.verify.numeric.points import functions_in
from gradproof.verify.structure import tensors_in

from .arithmetic import AutogradEvaluator, TorchArithmetic

#: A function from tensors by name to a tensor.
Computation = Callable[[Mapping[str, torch.Tensor]], torch.Tensor]


def statement(claim: Claim, sizes: Mapping[Dim, int], points: int, device: str, dtype: torch.dtype) -> Computation:
    """The left side of a claim, evaluated forward, with torch.autograd.grad for every derivative in it.

    The inputs are the tensors of `inputs_of` by their names, each of shape (points or 1, *sizes of the tensor), of the
    dtype and on the device; the output has shape (points or 1, one axis per index of the claim, of its size or 1).
    Raises Unsupported for what has no value in Torch.
    """

    def computed(inputs: Mapping[str, torch.Tensor]) -> torch.Tensor:
        def data(tensor: Tensor) -> torch.Tensor:
            return inputs[str(tensor.name)]

        arithmetic = TorchArithmetic(torch.device(device), dtype, functions_in(claim))
        evaluator = AutogradEvaluator(arithmetic, Point(sizes, data), points, claim.given, order(claim.lhs))
        return evaluator.value(claim.lhs, claim.indices)

    return computed


def inputs_of(claim: Claim) -> tuple[Tensor, ...]:
    """The free tensors that the left side of a claim is computed from, by name.

    Where a condition says through what a tensor depends on everything, its derivatives by those are among them.
    """
    reached, left = _reached(claim.lhs), [given for given in claim.given if isinstance(given, Downstream)]
    while found := [condition for condition in left if condition.value.tensor in reached]:
        left = [condition for condition in left if condition not in found]
        for condition in found:
            value, through = condition.value.tensor, condition.through
            for part in through:
                reached |= {downstream_gradient(value, part)} | _reached(part)
            if order(claim.lhs) > 1:
                reached |= {data for data, _ in curvatures(value, through)}
    return tuple(sorted((t for t in reached if t.definition is None), key=lambda tensor: str(tensor.name)))


def _reached(expression: Expr) -> frozenset[Tensor]:
    """The tensors in an expression and in the definitions that it reaches."""
    bodies = [tensor.definition[1] for tensor in definitions_in(expression)]
    return tensors_in(expression).union(*map(tensors_in, bodies))


def derivative(forward: Callable[..., torch.Tensor], *by: str) -> Computation:
    """The derivative of a function by some of its arguments, one after the other, as torch.autograd.grad finds it.

    The function takes its tensors by keyword. The output has the shape of the function's value, followed by the shape
    of each tensor in `by`: a Jacobian by one name, a Hessian (double backward) by two.
    """

    def computed(inputs: Mapping[str, torch.Tensor]) -> torch.Tensor:
        leaves = {name: tensor.detach().clone().requires_grad_() for name, tensor in inputs.items()}
        found = forward(**leaves)
        for number, name in enumerate(by):
            found = _by(found, leaves[name], again=number + 1 < len(by))
        return found

    return computed


def _by(value: torch.Tensor, leaf: torch.Tensor, again: bool) -> torch.Tensor:
    """The derivative of every place of a value by a leaf, of shape (*value, *leaf)."""
    slopes: list[Any] = []
    for place in value.reshape(-1):
        slope = None
        if place.requires_grad:
            (slope,) = torch.autograd.grad(place, leaf, create_graph=again, retain_graph=True, allow_unused=True)
        slopes.append(torch.zeros_like(leaf) if slope is None else slope)
    return torch.stack(slopes).reshape((*value.shape, *leaf.shape))
