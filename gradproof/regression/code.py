"""Code in two ways: as formulas at a setting, and as numbers at a point."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from gradproof.verify.autograd.graph.reading import Guard
from gradproof.verify.failure import explained

from .calling import caller, in_numbers, name_of
from .checked import WrongShapeError
from .settings import Descriptions, Setting, settings
from .strategies import Description, Size
from .torch_code import TorchForward, is_torch
from .tracing import trace

Array = NDArray[Any]
#: Sizes that no product or sum of others hides.
_SIZES = (3, 5, 7, 11, 13, 17, 19, 23)


class Code(Protocol):
    """What an assertion is about: arrays, or tuples or dicts of arrays, that follow from arguments."""

    @property
    def name(self) -> str: ...

    @property
    def guards(self) -> Mapping[Guard, None]:
        """Where the formulas that were read so far hold: Torch's own limits, beyond which it computes another one."""

    def formulas(self, setting: Setting) -> Any:
        """Arrays of expressions. Raises Untraceable where the code cannot be read."""

    def numbers(self, arguments: Mapping[str, Array]) -> Any:
        """Arrays of float64."""


class Plain:
    """A function of NumPy arrays, called with arguments of these names. Raises TypeError if it does not take them.

    role    what a function without a name is called
    """

    guards: Mapping[Guard, None] = MappingProxyType({})

    def __init__(self, function: Callable[..., Any], names: tuple[str, ...], role: str = "the function") -> None:
        self.name = name_of(function, role)
        self._call = caller(function, names)

    def formulas(self, setting: Setting) -> Any:
        return trace(self._call, {name: array.copy() for name, array in setting.arguments.items()})

    def numbers(self, arguments: Mapping[str, Array]) -> Any:
        with np.errstate(all="ignore"):
            return in_numbers(self._call(**_copied(arguments)))


@dataclass(frozen=True, slots=True)
class Weighted:
    """Σ u f for the values f of some code and weights u: its gradient is what a backward pass makes of u."""

    forward: Code
    weights: str

    @property
    def name(self) -> str:
        return self.forward.name

    @property
    def guards(self) -> Mapping[Guard, None]:
        return self.forward.guards

    def formulas(self, setting: Setting) -> Any:
        return self._total(self.forward.formulas(without(setting, self.weights)), setting.arguments[self.weights])

    def numbers(self, arguments: Mapping[str, Array]) -> Any:
        rest = {name: array for name, array in arguments.items() if name != self.weights}
        return self._total(self.forward.numbers(rest), arguments[self.weights])

    def _total(self, values: Any, weights: Array) -> Array:
        return np.asarray((values * weights).sum())


def without(setting: Setting, name: str) -> Setting:
    """The setting of a function that does not take one of the arguments."""
    return Setting(
        setting.sizes,
        {other: array for other, array in setting.symbols.items() if other != name},
        setting.fixed,
        {other: one for other, one in setting.descriptions.items() if other != name},
        setting.of_all,
    )


def _copied(arguments: Mapping[str, Array]) -> dict[str, Any]:
    """Copies, so that code that writes into its arguments spoils nothing."""
    return {name: array.copy() if array.ndim else array[()] for name, array in arguments.items()}


def code_of(thing: Any, names: tuple[str, ...], role: str = "the function") -> Code:
    """Code with arguments of these names. Raises TypeError for what is no code, or does not take them."""
    if is_torch(thing):
        return TorchForward(thing, names)
    if callable(thing):
        return Plain(thing, names, role)
    raise TypeError(f"{role}: {thing!r} is no function; give a function of NumPy arrays, or code of Torch")


def shape_of_result(function: Code, descriptions: Descriptions) -> Description:
    """The shape of what a function returns, in the sizes of its arguments, found by running it.

    Raises WrongShapeError where a size of the result is not one of these, such as a product of two.
    """
    dims = tuple(dict.fromkeys(dim for one in descriptions.values() for dim in one.dims))
    runs = [dict(zip(dims, itertools.islice(_SIZES, first, None), strict=False)) for first in (0, 1)]
    shapes = []
    for sizes in runs:
        arguments = settings(descriptions, sizes)[0].drawn(np.random.default_rng(0))
        try:
            shapes.append(np.shape(function.numbers(arguments)))
        except Exception as problem:  # of code that is not made for any sizes
            said = ", ".join(f"{dim.name} = {size}" for dim, size in sizes.items())
            raise WrongShapeError(
                f"{function.name} does not run at {said} ({explained(problem)}); give sizes that belong together as "
                f"numbers, as in x=strategies.real(5), w=strategies.real(3), upstream=strategies.real(3)"
            ) from problem
    options = {tuple(sizes[dim] for sizes in runs): str(dim.name) for dim in dims}
    named: list[Size] = []
    for lengths in zip(*shapes, strict=True):
        if lengths not in options and (len(set(lengths)) > 1 or 0 in lengths):
            raise WrongShapeError(
                f"the shape {shapes[0]} of what {function.name} returns is not told by its arguments; "
                f"describe the gradient from above: upstream=strategies.real(…)"
            )
        named.append(options.get(lengths, lengths[0]))
    return Description(tuple(named))
