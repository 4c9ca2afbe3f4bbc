"""Code that is run in a dtype: Torch's in any, NumPy's in those of NumPy, and in bfloat16 by rounding.

Torch on a CPU, and hardware for bfloat16, compute in float32 and round what comes out to bfloat16. That is what is done
with functions of NumPy: each result of a function, an operation or a sum is rounded.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradproof.verify.stability.formats import FORMATS, Format

from .calling import caller
from .torch_code import callable_of, is_torch, tensors_of

Array = NDArray[Any]
#: Arguments by name, as float64 (or whole numbers), to what comes out of them, as float64.
Run = Callable[[Mapping[str, Array]], Array]


def run_in(f: Any, names: tuple[str, ...], dtype: Format) -> Run:
    """The function with arguments of these names in a dtype."""
    if is_torch(f):
        return _in_torch(f, names, dtype.name)
    call, rounding = caller(f, names), dtype.name == "bfloat16"

    def cast(array: Array) -> Any:
        if not _real(array):
            return array[()]
        return Rounded.of(array) if rounding else np.asarray(array).astype(dtype.name)[()]

    def run(arguments: Mapping[str, Array]) -> Array:
        with np.errstate(all="ignore"):
            found = np.asarray(call(**{name: cast(array) for name, array in arguments.items()}), dtype=np.float64)
        return _rounded(found, dtype) if rounding else found

    return run


def in_dtype(f: Any, dtype: Format) -> Any:
    """A module with its parameters rounded to a dtype, which are then what is meant; other code as it is."""
    torch = sys.modules.get("torch")
    if torch is None or not isinstance(f, torch.nn.Module):
        return f
    return copy.deepcopy(f).to(getattr(torch, dtype.name))


def _in_torch(f: Any, names: tuple[str, ...], dtype: str) -> Run:
    import torch

    kind = getattr(torch, dtype)
    call = callable_of(f, names, kind)

    def run(arguments: Mapping[str, Array]) -> Array:
        tensors = tensors_of({name: np.asarray(array) for name, array in arguments.items()})
        given = {name: one.to(kind) if one.is_floating_point() else one for name, one in tensors.items()}
        with torch.no_grad():
            return np.asarray(call(**given).double().numpy())

    return run


def _real(array: Any) -> bool:
    return bool(np.asarray(array).dtype.kind == "f")


def _rounded(array: Array, dtype: Format) -> Array:
    """The nearest numbers of a dtype, infinities where they are too large for it."""
    beyond = np.where(np.isnan(array), array, np.copysign(np.inf, array))
    return np.where(np.abs(array) < float(dtype.overflow), dtype.rounded(array), beyond)


class Rounded(np.ndarray[Any, Any]):
    """An array of float32 whose numbers are those of bfloat16, as are the results of whatever is computed with it."""

    @staticmethod
    def of(array: Any) -> Rounded:
        return _rounded(np.asarray(array, np.float64), FORMATS["bfloat16"]).astype(np.float32).view(Rounded)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        out = options.pop("out", (None,))[0]
        found = _again(getattr(ufunc, method)(*map(_plain, inputs), **options))
        if out is None:
            return found
        out[...] = found
        return out

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return _again(super().__array_function__(function, types, args, kwargs))


def _plain(array: Any) -> Any:
    return array.view(np.ndarray) if isinstance(array, Rounded) else array


def _again(found: Any) -> Any:
    """Numbers that came out of an operation, rounded; truth values and whole numbers as they are."""
    if isinstance(found, (tuple, list)):
        return type(found)(map(_again, found))
    return Rounded.of(found) if isinstance(found, (np.ndarray, np.floating)) and _real(found) else found
