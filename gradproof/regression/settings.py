"""Arguments at given sizes: symbols where they are real, every choice of values where they are 0, 1 or labels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Expr

from gradproof.derivations.calculus import Dim, Domain
from gradproof.verify.autograd.graph.scalars import entries, in_domain
from gradproof.verify.autograd.graph.shapes import shapes
from gradproof.verify.strategies import Mode, values

from .strategies import Description

Array = NDArray[Any]
Descriptions = Mapping[str, Description]

#: One-hot rows, labels and bits are gone through one by one; with more choices than these, so many are tried.
MOST_CHOICES = 16


@dataclass(frozen=True, slots=True)
class Setting:
    """The arguments of a function at one choice of sizes.

    symbols   arrays of scalars by argument
    fixed     ordinary arrays by argument
    of_all    how many settings there are at these sizes: all that were possible, or fewer
    """

    sizes: dict[Dim, int]
    symbols: dict[str, Array]
    fixed: dict[str, Array]
    descriptions: Descriptions
    of_all: tuple[int, int] = (1, 1)

    @property
    def arguments(self) -> dict[str, Array]:
        """In the order of the descriptions."""
        return {name: self.symbols.get(name, self.fixed.get(name)) for name in self.descriptions}  # type: ignore[misc]

    def free(self) -> dict[Expr, Expr]:
        """Each symbol that is tied to others, as a formula of symbols that are not: p_k is p̃_k / Σ p̃."""
        found: dict[Expr, Expr] = {}
        for name, array in self.symbols.items():
            tensor = self.descriptions[name].tensor(name)
            if tensor.domain.sums_to_one:
                free = in_domain(tensor, entries(tensor, self.every_size(name)))
                found |= dict(zip(array.flat, free.flat, strict=True))
        return found

    def drawn(self, rng: np.random.Generator, mode: Mode = Mode.NORMAL) -> dict[str, Array]:
        """Ordinary arrays for all arguments: real ones in this mode, the others as they are fixed."""
        found = dict(self.fixed)
        for name in self.symbols:
            description = self.descriptions[name]
            found[name] = values(description.domain, (1, *description.at(self.sizes)), mode, rng)[0]
        return {name: found[name] for name in self.descriptions}

    def every_size(self, name: str) -> dict[Dim, int]:
        """The sizes, and those of an argument that are numbers."""
        return self.sizes | _numbers(self.descriptions[name])


def settings(descriptions: Descriptions, sizes: dict[Dim, int]) -> tuple[Setting, ...]:
    """The settings at these sizes. Raises ValueError where two arguments share a symbol, such as x at 1 and x_1."""
    symbols = {}
    choices: dict[str, Sequence[Array]] = {}
    for name, description in descriptions.items():
        if description.classes is not None or description.domain in (Domain.ONE_HOT, Domain.BINARY):
            choices[name] = _Choices(description, sizes)
        else:
            symbols[name] = _symbols(name, description, sizes)
    _require_different(symbols)
    possible = math.prod(len(choice) for choice in choices.values())
    picked = _picked(possible)
    found = []
    for number in picked:
        fixed = {}
        for name, choice in choices.items():
            number, at = divmod(number, len(choice))
            fixed[name] = choice[at]
        found.append(Setting(sizes, symbols, fixed, descriptions, (len(picked), possible)))
    return tuple(found)


def sizes_of(descriptions: Descriptions) -> tuple[dict[Dim, int], ...]:
    """The sizes at which a function is tried, the smallest first.

    Up to three sizes are pairwise distinct. More of them are 2 with one 1 each time, so that every two differ somewhere
    and are more than 1 together somewhere: arrays would be too large otherwise.
    """
    named = tuple(dict.fromkeys(dim for one in descriptions.values() for dim in one.dims))
    if len(named) < 4:
        return shapes(named)
    return tuple({dim: 1 if dim is alone else 2 for dim in named} for alone in named)


class _Choices(Sequence[Array]):
    """Every array of 0 and 1, one-hot rows or labels of a shape; made when it is asked for."""

    def __init__(self, description: Description, sizes: dict[Dim, int]) -> None:
        self.description = description
        self.shape = description.at(sizes)
        if description.classes is not None:
            classes = description.classes
            self.options = classes if isinstance(classes, int) else sizes[Dim(classes)]
            self.places = self.shape
        elif description.domain is Domain.ONE_HOT:
            self.options, self.places = self.shape[-1], self.shape[:-1]
        else:
            self.options, self.places = 2, self.shape

    def __len__(self) -> int:
        return int(self.options ** math.prod(self.places))

    def __getitem__(self, number: Any) -> Any:
        digits = []
        for _ in range(math.prod(self.places)):
            number, digit = divmod(number, self.options)
            digits.append(digit)
        whole = np.array(digits, dtype=np.int64).reshape(self.places)
        if self.description.classes is not None:
            return whole
        return np.eye(self.options)[whole] if self.description.domain is Domain.ONE_HOT else whole.astype(np.float64)


def _picked(possible: int) -> list[int]:
    """All numbers, or as many as are tried of them, evenly spread, the first and the last among them."""
    if possible <= MOST_CHOICES:
        return list(range(possible))
    return [turn * (possible - 1) // (MOST_CHOICES - 1) for turn in range(MOST_CHOICES)]


def _symbols(name: str, description: Description, sizes: dict[Dim, int]) -> Array:
    tensor = description.tensor(name)
    every = sizes | _numbers(description)
    if not tensor.domain.sums_to_one:
        return entries(tensor, every)
    own = Domain.POSITIVE if tensor.domain is Domain.SIMPLEX else Domain.REAL
    return entries(Description(description.shape, own).tensor(name), every)


def _numbers(description: Description) -> dict[Dim, int]:
    return {Dim(str(size)): size for size in description.shape if isinstance(size, int)}


def _require_different(symbols: Mapping[str, Array]) -> None:
    seen: dict[Expr, str] = {}
    for name, array in symbols.items():
        for symbol in array.flat:
            if symbol in seen:
                raise ValueError(f"{name} and {seen[symbol]} have an entry of one name, {symbol}; rename one of them")
            seen[symbol] = name


def tied(expression: Expr, free: Mapping[Expr, Expr]) -> Expr:
    """The expression with what is tied written by what is free."""
    return expression.xreplace(dict(free)) if free else expression
