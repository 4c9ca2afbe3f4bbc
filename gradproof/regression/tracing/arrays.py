"""Arrays of a traced run: NumPy arrays of `Number`s that answer NumPy's own functions with formulas.

NumPy does what is arrangement (reshape, transpose, indexing, concatenate) and what is sums and products (dot, einsum,
cumsum). What it would do by looking at values is done here, by the two tables at the end: functions of numbers, and
functions of arrays that decide (where, clip, comparisons, the largest value).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np
from numpy import asarray, empty  # not as np.asarray, which keeps traced arrays while a function runs
from numpy.typing import NDArray
from sympy import Expr, Pow, Rational, S

from gradproof.derivations.calculus import erf, exp, expm1, log, log1p, sigmoid, tanh
from gradproof.verify.autograd.graph.extrema import greater, lesser
from gradproof.verify.autograd.graph.signs import Sign, chosen

from .maximum import Maximum
from .number import Number, Untraceable, by_sign, expression_of, power

Objects = NDArray[np.object_]


class Traced(np.ndarray[Any, Any]):
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
        return self.copy()

    def __setitem__(self, key: Any, value: Any) -> None:
        if isinstance(key, Traced):  # a mask whose truth depends on the data
            mask = np.reshape(key, key.shape + (1,) * (self.ndim - key.ndim))
            self[...] = where(mask, value, self)
        else:
            super().__setitem__(key, value)

    def mean(self, *args: Any, **options: Any) -> Any:
        return _mean(self, *args, **options)

    def var(self, *args: Any, **options: Any) -> Any:
        return _variance(self, *args, **options)

    def std(self, *args: Any, **options: Any) -> Any:
        return np.sqrt(_variance(self, *args, **options))

    def clip(self, *args: Any, **options: Any) -> Any:
        return clipped(self, *args, **options)

    def dot(self, *args: Any, **options: Any) -> Any:
        return np.dot(self, *args, **options)


def traced(array: Any) -> Traced:
    """An array of expressions, numbers or `Number`s as a traced one."""
    source = asarray(array, dtype=object)
    result = empty(source.shape, dtype=object)
    for place in np.ndindex(source.shape):
        entry = source[place]
        result[place] = Number(entry if isinstance(entry, Expr) else expression_of(entry))
    return result.view(Traced)


def wrapped(result: Any) -> Any:
    """What NumPy made of traced arrays: arrays of objects are traced ones."""
    if isinstance(result, (tuple, list)):
        return type(result)(map(wrapped, result))
    if isinstance(result, np.ndarray) and result.dtype == object:
        return result.view(Traced) if result.ndim else result.item()
    return result


def applied(ufunc: Any, method: str, inputs: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """What a function of NumPy (or SciPy) gives. Raises Untraceable for one that has no formula here."""
    out = options.pop("out", (None,))[0]
    options.pop("dtype", None)
    options.pop("casting", None)
    if options.get("where", True) is not True:
        raise Untraceable(f"np.{ufunc.__name__} with where= has no formula here")
    options.pop("where", None)
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


def clipped(array: Any, least: Any = None, most: Any = None, *_: Any, **named: Any) -> Any:
    least, most = named.get("min", named.get("a_min", least)), named.get("max", named.get("a_max", most))
    above = array if least is None else np.maximum(array, least)
    return above if most is None else np.minimum(above, most)


def _count(array: Any, axis: Any) -> int:
    axes = range(array.ndim) if axis is None else (axis,) if isinstance(axis, int) else axis
    return int(np.prod([array.shape[place] for place in axes], dtype=int))


def _mean(array: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False) -> Any:
    return np.sum(array, axis=axis, keepdims=keepdims is True) / _count(array, axis)


def _variance(
    array: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: int = 0, keepdims: Any = False
) -> Any:
    deviations = array - _mean(array, axis, keepdims=True)
    return np.sum(deviations * deviations, axis=axis, keepdims=keepdims is True) / (_count(array, axis) - ddof)


def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    if axis is None and x.ndim > 1 and ord is not None and ord != "fro":
        raise Untraceable(f"np.linalg.norm of a matrix with ord={ord} has no formula here")
    if ord in (None, 2, "fro"):
        return np.sqrt(np.sum(x * x, axis=axis, keepdims=keepdims))
    if ord == 1:
        return np.sum(abs(x), axis=axis, keepdims=keepdims)
    if ord == np.inf:
        return np.max(abs(x), axis=axis, keepdims=keepdims)
    raise Untraceable(f"np.linalg.norm with ord={ord} has no formula here")


def _root(x: Expr) -> Expr:
    return Pow(x, Rational(1, 2))


def _sign(x: Expr) -> Expr:
    return by_sign(x, 1, 0, -1)


#: Functions of numbers, by the names of the ufuncs of NumPy and SciPy.
UFUNCS: dict[str, Callable[..., Expr]] = {
    "add": lambda x, y: x + y,          "subtract": lambda x, y: x - y,      "multiply": lambda x, y: x * y,
    "divide": lambda x, y: x / y,       "power": power,                      "float_power": power,
    "negative": lambda x: -x,           "positive": lambda x: x,             "square": lambda x: x**2,
    "reciprocal": lambda x: 1 / x,      "sqrt": _root,                       "conjugate": lambda x: x,
    "cbrt": lambda x: _sign(x) * Pow(Sign(x, x, S.Zero, -x), Rational(1, 3)),
    "exp": exp,                         "expm1": expm1,                      "log": log,
    "log1p": log1p,                     "tanh": tanh,                        "erf": erf,
    "exp2": lambda x: exp(x * log(S(2))),  "log2": lambda x: log(x) / log(S(2)),
    "log10": lambda x: log(x) / log(S(10)), "expit": sigmoid,
    "sinh": lambda x: (exp(x) - exp(-x)) / 2, "cosh": lambda x: (exp(x) + exp(-x)) / 2,
    "logaddexp": lambda x, y: log(exp(x) + exp(y)), "hypot": lambda x, y: _root(x**2 + y**2),
    "absolute": lambda x: Sign(x, x, S.Zero, -x), "fabs": lambda x: Sign(x, x, S.Zero, -x),
    "sign": _sign,                      "heaviside": lambda x, y: Sign(x, S.One, y, S.Zero),
    "maximum": greater,                 "fmax": greater,                     "minimum": lesser,   "fmin": lesser,
    "clip": lambda x, low, high: lesser(greater(x, low), high),
    "greater": lambda x, y: by_sign(x - y, 1, 0, 0), "greater_equal": lambda x, y: by_sign(x - y, 1, 1, 0),
    "less": lambda x, y: by_sign(x - y, 0, 0, 1),    "less_equal": lambda x, y: by_sign(x - y, 0, 1, 1),
    "equal": lambda x, y: by_sign(x - y, 0, 1, 0),   "not_equal": lambda x, y: by_sign(x - y, 1, 0, 1),
    "logical_not": lambda x: chosen(x, S.Zero, S.One), "invert": lambda x: chosen(x, S.Zero, S.One),
    "logical_and": lambda x, y: chosen(x, y, S.Zero), "bitwise_and": lambda x, y: chosen(x, y, S.Zero),
    "logical_or": lambda x, y: chosen(x, S.One, y),  "bitwise_or": lambda x, y: chosen(x, S.One, y),
    "isfinite": lambda x: S.One,        "isnan": lambda x: S.Zero,           "isinf": lambda x: S.Zero,
}  # fmt: skip
#: What becomes of all numbers along an axis.
REDUCED: dict[str, Callable[..., Expr]] = {
    "add": lambda *row: sum(row, S.Zero),
    "multiply": lambda *row: reduce(lambda x, y: x * y, row, S.One),
    "maximum": Maximum,
    "minimum": lambda *row: -Maximum(*[-entry for entry in row]),
    "logical_and": lambda *row: reduce(lambda x, y: chosen(x, y, S.Zero), row, S.One),
    "logical_or": lambda *row: reduce(lambda x, y: chosen(x, S.One, y), row, S.Zero),
}
#: Functions of arrays that NumPy would compute by looking at values, or with other arrays than traced ones.
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "where": where, "clip": clipped, "mean": _mean, "norm": _norm,
    "var": _variance, "std": lambda *args, **options: np.sqrt(_variance(*args, **options)),
}  # fmt: skip
#: Functions whose answer is no formula of the values.
_BY_VALUE = {"argmax", "argmin", "argsort", "sort", "unique", "searchsorted", "nonzero", "median", "percentile"}
