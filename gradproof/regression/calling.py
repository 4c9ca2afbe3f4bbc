"""A person's functions: how they are called, and what they are called in a message."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .checked import WrongShapeError


def name_of(function: Any, role: str = "the function") -> str:
    """The name of a function or class as it stands in the source; of a lambda or a partial, its role."""
    if isinstance(function, functools.partial):
        return name_of(function.func, role)
    name = getattr(function, "__name__", "") or type(function).__name__
    return role if name == "<lambda>" else str(name)


#: From arguments by name to those of a call: in order, and by keyword.
Arranged = Callable[[Mapping[str, Any]], tuple[tuple[Any, ...], dict[str, Any]]]


def caller(function: Callable[..., Any], names: tuple[str, ...]) -> Callable[..., Any]:
    """The function, to be called with arguments of these names as keywords; see `arranged`."""
    arrange = arranged(function, names)

    def call(**arguments: Any) -> Any:
        in_order, by_keyword = arrange(arguments)
        return function(*in_order, **by_keyword)

    return call


def arranged(function: Callable[..., Any], names: tuple[str, ...]) -> Arranged:
    """How a function takes arguments of these names.

    Parameters that have these names get them; the others get what is left, in order. Raises TypeError if there are
    more or fewer parameters.
    """
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # of C, without a signature
        return _in_order(names)
    kinds = inspect.Parameter
    parameters = signature.parameters
    named = [name for name, one in parameters.items() if one.kind in (kinds.POSITIONAL_OR_KEYWORD, kinds.KEYWORD_ONLY)]
    needed = [name for name in named if name not in names and parameters[name].default is kinds.empty]
    left = [name for name in names if name not in named]
    if needed and not left:
        raise TypeError(
            f"{name_of(function)} takes {needed[0]}, of which nothing is said; describe it: "
            f"{needed[0]}=strategies.logits(…), an example array, or bind it with functools.partial"
        )
    if len(left) == len(needed):
        other = dict(zip(left, needed, strict=True))
        return lambda arguments: ((), {other.get(name, name): arguments[name] for name in names})
    try:
        signature.bind(*names)
    except TypeError as problem:
        if any(one.kind is kinds.VAR_KEYWORD for one in parameters.values()):
            return lambda arguments: ((), {name: arguments[name] for name in names})
        raise TypeError(
            f"{name_of(function)} does not take the arguments {', '.join(names)} ({problem}); "
            f"its parameters are {', '.join(parameters) or 'none'}"
        ) from None
    return _in_order(names)


def _in_order(names: tuple[str, ...]) -> Arranged:
    return lambda arguments: (tuple(arguments[name] for name in names), {})


def several(found: Any) -> bool:
    """Whether what a function returned are several arrays: a tuple, or a list of arrays of different shapes."""
    return isinstance(found, tuple) or (isinstance(found, list) and len({np.shape(part) for part in found}) > 1)


def in_numbers(found: Any) -> Any:
    """What a function returned, as arrays of floats in the same tuple or dict; ValueError for what is no number."""
    if isinstance(found, Mapping):
        return {name: in_numbers(part) for name, part in found.items()}
    if several(found):
        return tuple(map(in_numbers, found))
    array = np.asarray(found)
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def by_argument(found: Any, by: tuple[str, ...], function: str) -> dict[str, Any]:
    """The gradients that a function returned, by the arguments: one array for one, a tuple in order or a dict for more.

    Raises WrongShapeError where their number is another one.
    """
    if isinstance(found, dict):
        missing = [name for name in by if name not in found]
        if missing:
            raise WrongShapeError(f"{function} returns gradients by {', '.join(found)}, and none by {missing[0]}")
        return {name: found[name] for name in by}
    if len(by) > 1 and isinstance(found, np.ndarray) and found.shape[:1] == (len(by),):
        found = tuple(found[place : place + 1].reshape(found.shape[1:]) for place in range(len(by)))  # of a list
    parts = found if isinstance(found, tuple) else (found,)
    if len(parts) != len(by):
        raise WrongShapeError(
            f"{function} returns {len(parts)} arrays for derivatives by {', '.join(by)}; "
            f"return one for each, in this order, or name those that it returns: by={by[: len(parts)]!r}"
        )
    return dict(zip(by, parts, strict=True))
