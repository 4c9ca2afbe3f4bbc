"""Means, variances, norms and clipping, by the functions of NumPy that have formulas."""

from __future__ import annotations

from typing import Any

import numpy as np

from .number import Untraceable


def clipped(array: Any, least: Any = None, most: Any = None, *_: Any, **named: Any) -> Any:
    least, most = named.get("min", named.get("a_min", least)), named.get("max", named.get("a_max", most))
    above = array if least is None else np.maximum(array, least)
    return above if most is None else np.minimum(above, most)


def _count(array: Any, axis: Any) -> int:
    axes = range(array.ndim) if axis is None else (axis,) if isinstance(axis, int) else axis
    return int(np.prod([array.shape[place] for place in axes], dtype=int))


def mean(array: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False) -> Any:
    return np.sum(array, axis=axis, keepdims=keepdims is True) / _count(array, axis)


def variance(
    array: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: int = 0, keepdims: Any = False
) -> Any:
    deviations = array - mean(array, axis, keepdims=True)
    return np.sum(deviations * deviations, axis=axis, keepdims=keepdims is True) / (_count(array, axis) - ddof)


def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    if axis is None and x.ndim > 1 and ord is not None and ord != "fro":
        raise Untraceable(f"np.linalg.norm of a matrix with ord={ord} has no formula here")
    if ord in (None, 2, "fro"):
        return np.sqrt(np.sum(x * x, axis=axis, keepdims=keepdims))
    if ord == 1:
        return np.sum(abs(x), axis=axis, keepdims=keepdims)
    if ord == np.inf:
        return np.max(abs(x), axis=axis, keepdims=keepdims)
    raise Untraceable(f"np.linalg.norm with ord={ord} has no formula here")
