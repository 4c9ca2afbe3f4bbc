"""A function of NumPy is run on arrays of expressions, and its formula is what comes out.

While it runs, `numpy.asarray`, `numpy.array`, `numpy.zeros` and their like in the module `numpy` keep traced arrays as
they are and make arrays that formulas can be written into; afterwards they are what they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy import empty  # not as np.empty, which is another one while a function runs
from numpy.typing import NDArray

from gradproof.verify.autograd.graph.signs import TooManyRegions
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.failure import explained

from ..calling import several
from .arrays import Traced, traced
from .number import Number, Untraceable, expression_of

Objects = NDArray[np.object_]


def trace(function: Callable[..., Any], inputs: Mapping[str, Any]) -> Any:
    """What the function returns for these arguments: an array of expressions, or a tuple, list or dict of such.

    inputs    arrays of expressions, which become symbolic, and ordinary values, which are handed on
    Raises Untraceable, with the reason, where the function has no formula that can be read off a run.
    """
    given = {name: _argument(value) for name, value in inputs.items()}
    try:
        with _keeping():
            return _result(function(**given))
    except (Untraceable, TooManyRegions, Unsupported) as reason:
        raise Untraceable(str(reason)) from reason
    except Exception as problem:  # of code that is written for ordinary arrays
        raise Untraceable(f"it does not run on arrays of symbols ({explained(problem)})") from problem


def _argument(value: Any) -> Any:
    if not (isinstance(value, np.ndarray) and value.dtype == object):
        return value
    return traced(value) if value.ndim else Number(value.item())


def _result(found: Any) -> Any:
    if isinstance(found, dict):
        return {name: _result(part) for name, part in found.items()}
    if several(found):
        return tuple(map(_result, found))
    if isinstance(found, list):
        found = _NUMPY["array"](found, dtype=object)
    if isinstance(found, np.ndarray):
        entries = empty(found.shape, dtype=object)
        for place in np.ndindex(found.shape):
            entries[place] = expression_of(found[place])
        return entries
    single = empty((), dtype=object)
    single[()] = expression_of(found)
    return single


_CONVERTING, _MAKING = ("array", "asarray", "ascontiguousarray"), ("zeros", "ones", "empty", "full")
_NUMPY = {name: getattr(np, name) for name in (*_CONVERTING, *_MAKING)}


@contextmanager
def _keeping() -> Iterator[None]:
    """NumPy's makers of arrays, so that traced arrays stay traced and new ones can hold formulas."""
    for name in _CONVERTING:
        setattr(np, name, _converting(name))
    for name in _MAKING:
        setattr(np, name, _making(name))
    try:
        yield
    finally:
        for name, original in _NUMPY.items():
            setattr(np, name, original)


def _converting(name: str) -> Callable[..., Any]:
    original = _NUMPY[name]

    def convert(value: Any, *args: Any, **options: Any) -> Any:
        if isinstance(value, Traced):
            return value.copy() if name == "array" else value
        if isinstance(value, (Number, list, tuple)) and _holds_numbers(value):
            return traced(original(value, dtype=object))
        return original(value, *args, **options)

    return convert


def _holds_numbers(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(map(_holds_numbers, value))
    return isinstance(value, (Number, Traced))


def _making(name: str) -> Callable[..., Any]:
    original = _NUMPY[name]

    def make(*args: Any, **options: Any) -> Any:
        made = original(*args, **options)
        if made.dtype.kind not in "fO":
            return made
        return traced(_NUMPY["zeros"](made.shape) if name == "empty" else made)

    return make
