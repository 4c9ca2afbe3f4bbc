"""Arrays of a traced run: NumPy arrays of `Number`s that answer NumPy's own functions with formulas.

NumPy does what is arrangement (reshape, transpose, indexing, concatenate) and what is sums and products (dot, einsum,
cumsum). What it would do by looking at values is done here: functions of numbers by the table of `ufuncs`, and
functions of arrays that decide (where, clip, a mask) by the table at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy import asarray, empty, ndarray  # not as np.asarray, which keeps traced arrays while a function runs
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray
from sympy import Expr

from gradproof.verify.autograd.graph.signs import chosen

from .number import Number, Untraceable, expression_of, is_truth, is_whole
from .statistics import clipped, mean, norm, variance
from .ufuncs import REDUCED, UFUNCS

Objects = NDArray[np.object_]


class Traced(ndarray[Any, Any]):
    """An array of `Number`s. Its dtype is object; `astype` leaves it as it is."""

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        return applied(ufunc, method, inputs, options)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        own = FUNCTIONS.get(function.__name__) if function.__module__.startswith("numpy") else None
        if own is not None:
            return own(*args, **kwargs)
        if function.__module__.startswith("numpy.linalg") or function.__name__ in _BY_VALUE:
            raise Untraceable(f"np.{function.__name__} has no formula here")
        return wrapped(super().__array_function__(function, types, args, kwargs))

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Any:
        """The same numbers. Raises Untraceable where they would be rounded to whole ones."""
        if np.dtype(dtype).kind not in "fO" and not all(map(is_whole, self.flat)):
            raise Untraceable(f"it rounds values to {np.dtype(dtype)}")
        return self.copy()

    def __getitem__(self, key: Any) -> Any:
        return Chosen(self, key) if isinstance(key, Traced) else super().__getitem__(key)

    def __setitem__(self, key: Any, value: Any) -> None:
        if not isinstance(key, Traced):
            super().__setitem__(key, value)
        elif isinstance(value, Chosen):
            value.require(key)
            self[...] = where(value.mask, value.values, self)
        elif np.ndim(value) == 0:
            self[...] = where(_mask(key, self), value, self)
        else:
            raise Untraceable("where it writes several values at once depends on the values of an argument")

    def mean(self, *args: Any, **options: Any) -> Any:
        return mean(self, *args, **options)

    def var(self, *args: Any, **options: Any) -> Any:
        return variance(self, *args, **options)

    def std(self, *args: Any, **options: Any) -> Any:
        return np.sqrt(variance(self, *args, **options))

    def clip(self, *args: Any, **options: Any) -> Any:
        return clipped(self, *args, **options)

    def dot(self, *args: Any, **options: Any) -> Any:
        return np.dot(self, *args, **options)


class Chosen(NDArrayOperatorsMixin):
    """x[mask] for a mask that depends on the data: good for arithmetic place by place, and to be written back.

    values are those of the whole array, and count at the places of the mask.
    """

    def __init__(self, values: Traced, mask: Traced) -> None:
        self.values = values
        self.mask = _mask(mask, values)

    def require(self, mask: Traced) -> None:
        """Raises Untraceable unless these are the places of a mask."""
        other = _mask(mask, self.values)
        if other.shape != self.mask.shape or any(
            one.expression != two.expression for one, two in zip(other.flat, self.mask.flat, strict=True)
        ):
            raise Untraceable("it writes values from the places of one mask to those of another")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if method != "__call__" or any(np.ndim(part) for part in inputs if not isinstance(part, Chosen)):
            raise Untraceable("how many values it computes with depends on the values of an argument")
        options.pop("out", None)
        for part in inputs:
            if isinstance(part, Chosen):
                part.require(self.mask)
        whole = [part.values if isinstance(part, Chosen) else part for part in inputs]
        return Chosen(applied(ufunc, method, tuple(whole), options), self.mask)


def _mask(mask: Any, of: Any) -> Any:
    """A mask with the axes of what it chooses from."""
    if mask.shape != of.shape[: mask.ndim] or not all(map(is_truth, mask.flat)):
        raise Untraceable("the places of an array depend on the values of an argument")
    return np.reshape(mask, mask.shape + (1,) * (of.ndim - mask.ndim))


def traced(array: Any) -> Traced:
    """An array of expressions, numbers or `Number`s as a traced one."""
    source = asarray(array, dtype=object)
    result = empty(source.shape, dtype=object)
    for place in np.ndindex(source.shape):
        entry = source[place]
        result[place] = Number(entry if isinstance(entry, Expr) else expression_of(entry))
    return result.view(Traced)


def with_arrays(arguments: Any) -> Any:
    """Arguments of a function with an array without axes for each number, so that the function asks the array."""
    if isinstance(arguments, (tuple, list)):
        return type(arguments)(map(with_arrays, arguments))
    return traced(arguments) if isinstance(arguments, Number) else arguments


def wrapped(result: Any) -> Any:
    """What NumPy made of traced arrays: arrays of objects are traced ones."""
    if isinstance(result, (tuple, list)):
        return type(result)(map(wrapped, result))
    if not (isinstance(result, np.ndarray) and result.dtype == object):
        return result
    for place in np.ndindex(result.shape):
        if not isinstance(ndarray.__getitem__(result, place), Number):  # of zeros_like and empty_like
            ndarray.__setitem__(result, place, Number(expression_of(ndarray.__getitem__(result, place) or 0)))
    return result.view(Traced) if result.ndim else result.item()


def applied(ufunc: Any, method: str, inputs: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """What a function of NumPy (or SciPy) gives. Raises Untraceable for one that has no formula here."""
    out = options.pop("out", (None,))[0]
    options.pop("dtype", None)
    options.pop("casting", None)
    if options.get("where", True) is not True:
        raise Untraceable(f"np.{ufunc.__name__} with where= has no formula here")
    options.pop("where", None)
    if method == "at" and ufunc.__name__ in UFUNCS:
        return _at(UFUNCS[ufunc.__name__], *inputs)
    found = _applied(ufunc, method, [_plain(part) for part in inputs], options)
    if out is None:
        return found
    out[...] = found
    return out


def _applied(ufunc: Any, method: str, inputs: list[Any], options: dict[str, Any]) -> Any:
    name = ufunc.__name__
    if name in ("matmul", "vecdot", "matvec", "vecmat") and method == "__call__":
        return wrapped(ufunc(*inputs, **options))
    if name not in UFUNCS:
        raise Untraceable(f"np.{name} has no formula here")
    function = UFUNCS[name]
    if method == "__call__":
        return wrapped(asarray(np.frompyfunc(_on_numbers(function), len(inputs), 1)(*inputs), dtype=object))
    if method == "outer":
        first, second = map(asarray, inputs)
        return _applied(ufunc, "__call__", [first.reshape(first.shape + (1,) * second.ndim), second], options)
    if method == "reduce" and name in REDUCED:
        return _reduced(REDUCED[name], inputs[0], *inputs[1:], **options)
    if method == "accumulate" and name in ("add", "multiply"):
        return wrapped(ufunc.accumulate(inputs[0], *inputs[1:], **options))
    raise Untraceable(f"np.{name}.{method} has no formula here")


def _at(function: Callable[..., Expr], array: Any, places: Any, *operands: Any) -> None:
    """array[places] = function(array[places], …) place after place, so that one that is named twice counts twice."""
    chosen = np.arange(array.size).reshape(array.shape)[places]
    flat = array.reshape(-1)
    if not np.shares_memory(flat, array):
        raise Untraceable("an array that does not lie in one piece of memory is written to at places")
    others = [np.broadcast_to(_plain(operand), chosen.shape) for operand in operands]
    for place, at in zip(np.ndindex(chosen.shape), chosen.flat, strict=True):
        flat[at] = Number(function(*map(expression_of, [flat[at], *(other[place] for other in others)])))


def _plain(array: Any) -> Any:
    """An ordinary array of objects, so that NumPy does not ask again."""
    if isinstance(array, Number):
        result = empty((), dtype=object)
        result[()] = array
        return result
    return asarray(array, dtype=object) if isinstance(array, (np.ndarray, list, tuple, float, int)) else array


def _on_numbers(function: Callable[..., Expr]) -> Callable[..., Number]:
    return lambda *numbers: Number(function(*map(expression_of, numbers)))


def _reduced(
    function: Callable[..., Expr], array: Any, axis: Any = 0, keepdims: bool = False, initial: Any = None
) -> Any:
    array = asarray(array, dtype=object)
    axes = tuple(range(array.ndim)) if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
    last = [place % array.ndim for place in axes] if array.ndim else []
    kept = [place for place in range(array.ndim) if place not in last]
    rows = array.transpose([*kept, *last]).reshape([*(array.shape[place] for place in kept), -1])
    result = empty(rows.shape[:-1], dtype=object)
    for place in np.ndindex(result.shape):
        first = [] if initial is None or type(initial).__name__ == "_NoValueType" else [initial]
        result[place] = Number(function(*map(expression_of, [*first, *rows[place]])))
    return wrapped(np.expand_dims(result, tuple(last)) if keepdims else result)


def where(condition: Any, *parts: Any) -> Any:
    """np.where with a condition that may depend on the data."""
    if len(parts) != 2:
        raise Untraceable("np.where with one argument gives places that depend on the values of an argument")
    choose = _on_numbers(lambda truth, yes, no: chosen(truth, yes, no))
    inputs = [_plain(part) for part in (condition, *parts)]
    return wrapped(asarray(np.frompyfunc(choose, 3, 1)(*inputs), dtype=object))


#: Functions of arrays that NumPy would compute by looking at values, or with other arrays than traced ones.
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "where": where, "clip": clipped, "mean": mean, "norm": norm,
    "var": variance, "std": lambda *args, **options: np.sqrt(variance(*args, **options)),
}  # fmt: skip
#: Functions whose answer is no formula of the values.
_BY_VALUE = {"argmax", "argmin", "argsort", "sort", "unique", "searchsorted", "nonzero", "median", "percentile"}
