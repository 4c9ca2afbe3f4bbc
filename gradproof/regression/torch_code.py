"""Torch code in two ways: its graph as formulas, and what it computes in float64.

The forward pass and the backward pass are recorded below autograd, each by itself, so that a backward pass written by
hand (`torch.autograd.Function`) is what is read, and not what Torch would make of the forward pass.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradproof.verify.autograd.graph.reading import Guard, read
from gradproof.verify.autograd.graph.running import anywhere
from gradproof.verify.autograd.oracle import unavailable
from gradproof.verify.evaluation import Unsupported

from .calling import arranged, caller, name_of
from .settings import Setting
from .strategies import Description
from .tracing import Untraceable
from .tracing.maximum import Maximum

Array = NDArray[Any]


class InTorch:
    """A function of Torch tensors, marked as such."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.__name__ = name_of(function)


def in_torch(function: Callable[..., Any]) -> InTorch:
    """Marks a function as code of Torch: the assertions call it with tensors of float64, not with NumPy arrays.

    Returns what stands wherever an assertion takes a function. Raises ImportError where Torch is missing.
    """
    missing = unavailable("cpu")
    if missing:
        raise ImportError(f"{missing}, and {name_of(function)} is code of Torch")
    return InTorch(function)


def is_torch(thing: Any) -> bool:
    """Whether this is code of Torch: a module, an autograd.Function, a function of Torch's, or one that is marked.

    Nothing of this exists in a process that has not loaded Torch.
    """
    torch = sys.modules.get("torch")
    if isinstance(thing, InTorch):
        return True
    if torch is None or thing is None:
        return False
    if isinstance(thing, type):
        return issubclass(thing, torch.autograd.Function)
    if isinstance(thing, torch.nn.Module) or str(getattr(thing, "__module__", "")).split(".")[0] == "torch":
        return True
    return callable(thing) and getattr(torch, getattr(thing, "__name__", ""), None) is thing


def parameters_of(thing: Any) -> dict[str, Description]:
    """The parameters of a module by name, with the shapes that they have; empty for what is no module."""
    torch = sys.modules.get("torch")
    if torch is None or not isinstance(thing, torch.nn.Module):
        return {}
    return {name: Description(tuple(one.shape)) for name, one in thing.named_parameters() if one.requires_grad}


def callable_of(thing: Any, names: tuple[str, ...], dtype: Any = None) -> Callable[..., Any]:
    """The thing as a function of tensors by name, which are of float64 or another dtype of Torch."""
    import torch

    if isinstance(thing, InTorch):
        return caller(thing.function, names)
    if isinstance(thing, torch.nn.Module):
        module = copy.deepcopy(thing).to(dtype or torch.float64)
        parameters = dict(module.named_parameters())
        inputs = tuple(name for name in names if name not in parameters)
        arrange = arranged(module.forward, inputs)

        def run(**tensors: Any) -> Any:
            own = {name: tensor for name, tensor in tensors.items() if name in parameters}
            in_order, by_keyword = arrange(tensors)
            return torch.func.functional_call(module, own, in_order, by_keyword)

        return run
    if isinstance(thing, type):
        apply = thing.apply  # type: ignore[attr-defined]
        return lambda **tensors: apply(*(tensors[name] for name in names))
    return caller(thing, names)


@dataclass(slots=True)
class TorchForward:
    """What Torch code returns."""

    thing: Any
    names: tuple[str, ...]
    name: str = ""
    guards: dict[Guard, None] = field(default_factory=dict)
    call: Callable[..., Any] = field(init=False)

    def __post_init__(self) -> None:
        self.name = self.name or name_of(self.thing)
        self.call = callable_of(self.thing, self.names)

    def formulas(self, setting: Setting) -> Any:
        return self._read(self.call, setting)

    def numbers(self, arguments: Mapping[str, Array]) -> Any:
        import torch

        with torch.no_grad():
            found: Array = self.call(**tensors_of(arguments)).double().numpy()
        return found

    def _read(self, function: Callable[..., Any], setting: Setting) -> Array:
        from gradproof.verify.autograd.trace import trace

        fixed = tensors_of(setting.fixed)
        symbols = frozenset(symbol for array in setting.symbols.values() for symbol in array.flat)
        inputs = {
            name: anywhere(one.tensor(name), setting.every_size(name))
            for name, one in setting.descriptions.items()
            if name in setting.symbols
        }
        try:
            recorded = trace(lambda tensors: function(**tensors, **fixed), inputs, asking=True)
            reading = read(recorded, setting.symbols, symbols, largest=Maximum)
        except Unsupported as reason:
            raise Untraceable(str(reason)) from reason
        self.guards |= reading.guards
        return reading.output


@dataclass(slots=True)
class TorchBackward(TorchForward):
    """The gradients that Torch's autograd returns for some arguments, given that by the result (`upstream`)."""

    upstream: str = ""
    by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.name = self.name or f"backward of {name_of(self.thing)}"
        self.call = callable_of(self.thing, self.names)

    def formulas(self, setting: Setting) -> Any:
        return {by: self._read(partial(self._gradient, by), setting) for by in self.by}

    def numbers(self, arguments: Mapping[str, Array]) -> Any:
        tensors = tensors_of(arguments)
        return {by: self._gradient(by, **tensors).detach().double().numpy() for by in self.by}

    def _gradient(self, by: str, /, **tensors: Any) -> Any:
        import torch

        leaves = {name: tensor.detach().clone() for name, tensor in tensors.items() if name != self.upstream}
        leaves[by] = leaves[by].requires_grad_()
        value = self.call(**leaves)
        (found,) = torch.autograd.grad(value, leaves[by], tensors[self.upstream], allow_unused=True)
        return torch.zeros_like(leaves[by]) if found is None else found


def tensors_of(arguments: Mapping[str, Array]) -> dict[str, Any]:
    """Tensors of float64, and of whole numbers where the arrays are."""
    import torch

    return {
        name: torch.from_numpy(np.array(array, dtype=np.int64 if np.asarray(array).dtype.kind == "i" else np.float64))
        for name, array in arguments.items()
    }
