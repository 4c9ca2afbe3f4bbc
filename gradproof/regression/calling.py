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


def caller(function: Callable[..., Any], names: tuple[str, ...]) -> Callable[..., Any]:
    """The function, to be called with arguments of these names as keywords.

    It gets them by name if its parameters have these names, else one after the other. Raises TypeError if it takes
    other ones.
    """
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):  # of C, without a signature
        return lambda **arguments: function(*(arguments[name] for name in names))
    kinds = inspect.Parameter
    named = (kinds.POSITIONAL_OR_KEYWORD, kinds.KEYWORD_ONLY)
    by_name = [name for name, one in parameters.items() if one.kind in named]
    if set(names) <= set(by_name) or any(one.kind is kinds.VAR_KEYWORD for one in parameters.values()):
        missing = [n for n in by_name if n not in names and parameters[n].default is kinds.empty]
        if missing:
            raise TypeError(
                f"{name_of(function)} takes {missing[0]}, of which nothing is said; "
                f"describe it: {missing[0]}=strategies.logits(…), an example array, or bind it with functools.partial"
            )
        return function
    try:
        inspect.signature(function).bind(*names)
    except TypeError as problem:
        raise TypeError(
            f"{name_of(function)} does not take the arguments {', '.join(names)} ({problem}); "
            f"its parameters are {', '.join(parameters) or 'none'}"
        ) from None
    return lambda **arguments: function(*(arguments[name] for name in names))


def in_numbers(found: Any) -> Any:
    """What a function returned, as arrays of floats in the same tuple or dict; ValueError for what is no number."""
    if isinstance(found, Mapping):
        return {name: in_numbers(part) for name, part in found.items()}
    if isinstance(found, (tuple, list)) and any(isinstance(part, np.ndarray) and part.ndim for part in found):
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
    parts = found if isinstance(found, tuple) else (found,)
    if len(parts) != len(by):
        raise WrongShapeError(
            f"{function} returns {len(parts)} arrays for derivatives by {', '.join(by)}; "
            f"return one for each, in this order, or name those that it returns: by={by[: len(parts)]!r}"
        )
    return dict(zip(by, parts, strict=True))
