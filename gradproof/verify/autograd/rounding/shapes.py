"""The operations of ATen that compute nothing: they move entries about, or make tensors of given numbers.

What moves entries is done to values and radii alike, by Torch itself. What makes a tensor depends on no entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import torch

from gradproof.verify.autograd.trace import Value

from .arithmetic import Arithmetic
from .enclosed import Discrete, Enclosed

#: Operations that move entries.
MOVED = (
    "cat.default", "clone.default", "diagonal.default", "diagonal_backward.default", "embedding.default",
    "expand.default", "flip.default", "index.Tensor", "index_select.default", "permute.default", "repeat.default",
    "reshape.default", "select.int", "select_backward.default", "slice.Tensor", "slice_backward.default",
    "slice_scatter.default", "select_scatter.default", "split.Tensor", "split_with_sizes.default", "squeeze.default",
    "squeeze.dim", "squeeze.dims", "stack.default", "t.default", "transpose.int", "unbind.int", "unsqueeze.default",
    "constant_pad_nd.default", "triu.default", "tril.default",
)  # fmt: skip
#: What is done for each. Views become `reshape`: the memory of a radius may be laid out in another way.
MOVES = {
    **{f"aten.{name}": f"aten.{name}" for name in MOVED},
    "aten.view.default": "aten.reshape.default",
    "aten._unsafe_view.default": "aten.reshape.default",
}
#: Names of arguments of a view that `reshape` calls otherwise.
RENAMED = {"aten.view.default": {"size": "shape"}, "aten._unsafe_view.default": {"size": "shape"}}


def moved(target: str, arguments: Mapping[str, Any]) -> Any:
    """The result of an operation that moves entries: enclosed values if one of the arguments is, else what they are."""
    if target == "aten.clone.default":
        return arguments["self"]  # no tensor is changed here
    run = _operation(MOVES[target])
    names = RENAMED.get(target, {})
    given = {names.get(name, name): argument for name, argument in arguments.items()}
    parts = _parts(given.values())
    kinds = {type(part) for part in parts}
    if Enclosed in kinds:
        if all(part.exact for part in parts if isinstance(part, Enclosed)):
            return _exact(run(**_each(given, _value)))
        return _paired(Enclosed, run(**_each(given, _value)), run(**_each(given, _radius)))
    if Discrete in kinds:
        return _paired(Discrete, run(**_each(given, _value)), run(**_each(given, _unknown)))
    return run(**given)


def _exact(values: Any) -> Any:
    return Enclosed.exactly(values) if isinstance(values, torch.Tensor) else tuple(map(Enclosed.exactly, values))


def _paired(kind: type, values: Any, others: Any) -> Any:
    if isinstance(values, torch.Tensor):
        return kind(values, others)
    return tuple(kind(value, other) for value, other in zip(values, others, strict=True))


def _parts(arguments: Any) -> list[Any]:
    found: list[Any] = []
    for argument in arguments:
        found += _parts(argument) if isinstance(argument, tuple) else [argument]
    return found


def _each(arguments: Mapping[str, Any], part: Callable[[Any], Any]) -> dict[str, Any]:
    def picked(argument: Any) -> Any:
        return tuple(map(picked, argument)) if isinstance(argument, tuple) else part(argument)

    return {name: picked(argument) for name, argument in arguments.items()}


def _value(thing: Any) -> Any:
    if isinstance(thing, (Enclosed, Discrete)):
        return thing.value
    return thing


def _radius(thing: Any) -> Any:
    return thing.radius if isinstance(thing, Enclosed) else thing


def _unknown(thing: Any) -> Any:
    return thing.unknown if isinstance(thing, Discrete) else thing


@cache
def _operation(target: str) -> Callable[..., Any]:
    _, name, overload = target.split(".")
    found: Callable[..., Any] = getattr(getattr(torch.ops.aten, name), overload)
    return found


#: Operations that make a tensor of one number, and the name of the argument that holds it, or the number.
FILLED: dict[str, str | float] = {
    "aten.zeros.default": 0.0,
    "aten.zeros_like.default": 0.0,
    "aten.new_zeros.default": 0.0,
    "aten.ones.default": 1.0,
    "aten.ones_like.default": 1.0,
    "aten.new_ones.default": 1.0,
    "aten.full.default": "fill_value",
    "aten.full_like.default": "fill_value",
    "aten.new_full.default": "fill_value",
    "aten.fill.Scalar": "value",
    "aten.scalar_tensor.default": "s",
}


def filled(a: Arithmetic, target: str, arguments: Mapping[str, Any], made: Value) -> Any:
    """A tensor of one number, of the shape and the kind (numbers, truth values, whole numbers) that Torch made."""
    held = FILLED[target]
    number = arguments[held] if isinstance(held, str) else held
    dtype = getattr(torch, made.dtype)
    if dtype.is_floating_point:
        constant = a.constant(float(number))
        return Enclosed(constant.value.expand(made.shape), constant.radius.expand(made.shape), constant.exact)
    tensor = torch.full(made.shape, number, dtype=dtype, device=a.device)
    return Discrete(tensor, torch.zeros_like(tensor)) if dtype is torch.bool else tensor


#: Operations that make a tensor of several numbers, all of which are whole.
MADE: dict[str, Callable[..., torch.Tensor]] = {
    "aten.eye.default": lambda n: torch.eye(n),
    "aten.eye.m": lambda n, m: torch.eye(n, m),
    "aten.arange.default": lambda end: torch.arange(end),
    "aten.arange.start": lambda start, end: torch.arange(start, end),
    "aten.arange.start_step": lambda start, end, step: torch.arange(start, end, step),
}


def made_of_whole_numbers(a: Arithmetic, target: str, arguments: Mapping[str, Any], made: Value) -> Any:
    tensor = MADE[target](**{name: argument for name, argument in arguments.items() if name != "dtype"})
    tensor = tensor.to(device=a.device, dtype=getattr(torch, made.dtype))
    return a.exact(tensor) if tensor.dtype.is_floating_point else tensor
