"""Expressions as numbers: an arithmetic for the evaluator that writes a claim out, entry by entry, at given sizes.

Each entry of a tensor is a scalar of its own, z_1, z_2, …, in the domain of the tensor. What sums to one is ỹ_k / Σ ỹ
for free data ỹ, so that a formula can rely on the sum. Nothing is simplified here.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Add, Expr, Rational, S, Symbol

from gradproof.derivations.calculus import Applied, Dim, Domain, Scalar, Tensor
from gradproof.verify.evaluation import Function, Opaque, Seat, Unsupported, gather_axes

from .extrema import ranked, selected

Array = NDArray[Any]

#: One-hot tensors are written out for each choice of their places; so many choices are tried.
_MOST_PLACES = 9


class Expressions:
    """The arithmetic: arrays of SymPy expressions, with a batch axis of size 1."""

    def constant(self, value: Expr, ndim: int) -> Array:
        return filled((1,) * ndim, value)

    def identity(self, size: int) -> Array:
        return entrywise(S, np.eye(size, dtype=int)[None].astype(object))

    def add(self, first: Array, second: Array) -> Array:
        return first + second

    def multiply(self, first: Array, second: Array) -> Array:
        return first * second

    def power(self, base: Array, exponent: Rational) -> Array:
        return entrywise(lambda entry: entry**exponent, base)

    def apply(self, function: Function, argument: Array) -> Array:
        if isinstance(function, Opaque):
            name = Symbol(function.name)
            return entrywise(lambda entry: Applied(name, S(function.order), entry), argument)
        return entrywise(function, argument)

    def total(self, array: Array, axis: int, size: int) -> Array:
        if array.shape[axis] != size:
            return self.multiply(array, filled((), S(size)))
        return total(array, (axis,), keepdims=True)

    def largest(self, array: Array, axis: int, size: int, rank: int) -> Array:
        return reduced(lambda row: ranked(row, rank), _spread(array, axis, size), (axis,), keepdims=True)

    def selected(self, array: Array, axis: int, size: int, rank: int) -> Array:
        whole = _spread(array, axis, size)
        each = [partial(selected, at=at, rank=rank) for at in range(size)]
        return np.concatenate([reduced(function, whole, (axis,), keepdims=True) for function in each], axis)

    def gather(self, array: Array, seats: Sequence[Seat], ndim: int) -> Array:
        found: Array = gather_axes(array, seats, ndim)
        return found


def filled(shape: tuple[int, ...], value: Any) -> Array:
    array = np.empty(shape, dtype=object)
    array.fill(value)
    return array


def entrywise(function: Any, *arrays: Array) -> Array:
    """The function of each entry; the arrays are broadcast to one shape."""
    spread = np.broadcast_arrays(*arrays)
    result = np.empty(spread[0].shape, dtype=object)
    for place in np.ndindex(result.shape):
        result[place] = function(*(array[place] for array in spread))
    return result


def total(array: Array, axes: tuple[int, ...], keepdims: bool = False) -> Array:
    """The sum over some axes, each as one Add."""
    return reduced(lambda row: Add(*row), array, axes, keepdims)


def reduced(function: Callable[[Any], Expr], array: Array, axes: tuple[int, ...], keepdims: bool) -> Array:
    """The function of what lies along some axes, place by place. A number has one axis for Torch, and keeps none."""
    if not array.ndim:
        return filled((), function(array.reshape(1)))
    last = [axis % array.ndim for axis in axes]
    kept = [axis for axis in range(array.ndim) if axis not in last]
    rows = array.transpose([*kept, *last]).reshape([*(array.shape[axis] for axis in kept), -1])
    result = np.empty(rows.shape[:-1], dtype=object)
    for place in np.ndindex(result.shape):
        result[place] = function(rows[place])
    return np.expand_dims(result, tuple(last)) if keepdims else result


def _spread(array: Array, axis: int, size: int) -> Array:
    return np.broadcast_to(array, [size if place == axis else length for place, length in enumerate(array.shape)])


def entries(tensor: Tensor, sizes: Mapping[Dim, int]) -> Array:
    """The data behind a tensor as scalars, shape (*sizes of the tensor): its entries, or ỹ where they are ỹ_k / Σ ỹ.

    Raises KeyError for a size that is missing.
    """
    name, domain = str(tensor.name), tensor.domain
    if domain.sums_to_one:
        name, domain = f"{name}_tilde", Domain.POSITIVE if domain is Domain.SIMPLEX else Domain.REAL
    result = np.empty(tuple(sizes[dim] for dim in tensor.dims), dtype=object)
    for place in np.ndindex(result.shape):
        result[place] = Scalar(_name(name, place), domain)
    return result


def in_domain(tensor: Tensor, data: Array) -> Array:
    """The entries of a tensor, from the data behind it."""
    return data / total(data, (-1,), keepdims=True) if tensor.domain.sums_to_one else data


def one_hot_choices(tensors: Sequence[Tensor], sizes: Mapping[Dim, int]) -> Iterator[dict[Tensor, Array]]:
    """Every choice of places of the one-hot tensors. Raises Unsupported if there are too many."""
    hot = [tensor for tensor in tensors if tensor.domain is Domain.ONE_HOT]
    shapes = [tuple(sizes[dim] for dim in tensor.dims) for tensor in hot]
    rows = [range(shape[-1]) for shape in shapes for _ in range(int(np.prod(shape[:-1], dtype=int)))]
    if np.prod([len(row) for row in rows], dtype=int) > _MOST_PLACES:
        raise Unsupported("too many places for one-hot rows to be tried one by one")
    for chosen in itertools.product(*rows):
        left = list(chosen)
        found = {}
        for tensor, shape in zip(hot, shapes, strict=True):
            count = int(np.prod(shape[:-1], dtype=int))
            here, left = left[:count], left[count:]
            whole = np.eye(shape[-1], dtype=int)[here].reshape(shape).astype(object)
            found[tensor] = entrywise(S, whole)
        yield found


def _name(name: str, place: tuple[int, ...]) -> str:
    """z at (0,) is z_1, W^(1) at (0, 1) is W_12^(1)."""
    if not place:
        return name
    base, mark, label = name.partition("^(")
    separator = "" if max(place) < 9 else ","
    return f"{base}_{separator.join(str(at + 1) for at in place)}{mark}{label}"
