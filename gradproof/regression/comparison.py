"""Two pieces of code compared: a claimed derivative with the function, or two functions with each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradproof.verify.autograd.graph.reading import Guard

from .calling import by_argument
from .checked import WrongShapeError
from .code import Code
from .deciding import Place
from .settings import Descriptions, Setting

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """That `claimed` is `function`, differentiated `order` times by each argument of `by`.

    subject   in words: "the gradient of loss by logits"
    single    whether the function must return one number
    """

    subject: str
    claimed: Code
    function: Code
    descriptions: Descriptions
    by: tuple[str, ...] = ()
    order: int = 0
    single: bool = False

    @property
    def guards(self) -> tuple[Guard, ...]:
        """Where the formulas that were read so far hold."""
        return tuple({**self.function.guards, **self.claimed.guards})

    def formulas(self, setting: Setting) -> tuple[Array, dict[str, Array]]:
        """The function, and what is claimed by argument, as expressions. Raises Untraceable, WrongShapeError."""
        function = self._single(self.function.formulas(setting), setting)
        return function, self._parts(self.claimed.formulas(setting), function.shape, setting)

    def values(self, arguments: Mapping[str, Array], setting: Setting) -> Array:
        """The values of the function at a point. Raises WrongShapeError."""
        return self._single(self.function.numbers(arguments), setting)

    def claims(self, arguments: Mapping[str, Array], setting: Setting, shape: tuple[int, ...]) -> dict[str, Array]:
        """What is claimed at a point, by argument, of a function with values of this shape. Raises WrongShapeError."""
        return self._parts(self.claimed.numbers(arguments), shape, setting)

    def places(self, setting: Setting, function: Array, claimed: Mapping[str, Array]) -> Iterator[Place]:
        """Every number that is claimed, from the formulas."""
        for name, array in claimed.items():
            for at in np.ndindex(array.shape):
                by = tuple(setting.symbols[name][step] for step in self.steps(at[function.ndim :]))
                yield Place(self.place(name, at), array[at], function[at[: function.ndim]], by)

    def place(self, name: str, at: tuple[int, ...]) -> str:
        """A place as a reader sees it: "gradient[2]", "backward[0, 1] by X"."""
        index = f"[{', '.join(map(str, at))}]" if at else ""
        return f"{self.claimed.name}{index}{f' by {name}' if len(self.by) > 1 else ''}"

    def steps(self, outer: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """The entries by which is differentiated, from what comes after the place in the function."""
        ndim = len(outer) // self.order if self.order else 0
        return (outer[turn * ndim : (turn + 1) * ndim] for turn in range(self.order))

    def _single(self, function: Any, setting: Setting) -> Array:
        """The values of the function; one number where it must be one, also of shape (1,)."""
        if not isinstance(function, np.ndarray):
            raise WrongShapeError(f"{self.function.name} returns {_kind(function)}; it must return one array")
        if not self.single:
            return function
        if function.size != 1:
            raise WrongShapeError(
                f"{self.function.name} returns shape {function.shape}{_at(setting)}; this asks for one number. "
                f"For arrays there are assert_jacobian and assert_backward"
            )
        return function.reshape(())

    def _parts(self, claimed: Any, shape: tuple[int, ...], setting: Setting) -> dict[str, Array]:
        where = _at(setting)
        if not self.order:
            self._require_shape(self.claimed.name, claimed, shape, where)
            return {"": claimed}
        parts = by_argument(claimed, self.by, self.claimed.name)
        for name, array in parts.items():
            wanted = shape + setting.arguments[name].shape * self.order
            self._require_shape(f"{self.claimed.name} by {name}", array, wanted, where)
        return parts

    def _require_shape(self, name: str, found: Any, wanted: tuple[int, ...], where: str) -> None:
        if not isinstance(found, np.ndarray):
            raise WrongShapeError(f"{name}: this is {_kind(found)}{where}; it must be one array of shape {wanted}")
        if found.shape != wanted:
            raise WrongShapeError(f"{name} has shape {found.shape}{where}; it must be {wanted}")


def _at(setting: Setting) -> str:
    sizes = ", ".join(f"{dim.name} = {size}" for dim, size in setting.sizes.items())
    return f" at {sizes}" if sizes else ""


def _kind(found: Any) -> str:
    return f"{len(found)} arrays" if isinstance(found, (tuple, dict)) else type(found).__name__
