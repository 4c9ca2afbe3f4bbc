"""Seeded points over the range of a dtype; every entry is a number of the dtype, so that the input has no error."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Dim, Domain, Tensor

from .formats import Format

Array = NDArray[np.float64]
Values = dict[Tensor, Array]

#: Kinds of points, which alternate.
KINDS = 5
#: Entries of these domains can be numbers of any dtype.
DOMAINS = (Domain.REAL, Domain.POSITIVE, Domain.UNIT, Domain.BINARY, Domain.ONE_HOT)


def draw(tensor: Tensor, sizes: Mapping[Dim, int], count: int, dtype: Format, seed: int) -> Array:
    """Values of shape (count, *sizes of the tensor), by seed, dtype and the name of the tensor alone.

    Point k is of kind k mod 5: entries a little beyond the range of exp; ordinary ones; a large common offset with
    small differences; small ones; a size from the whole range of the dtype. Raises ValueError for a domain that
    rounding leaves, such as entries that sum to 1.
    """
    if tensor.domain not in DOMAINS:
        raise ValueError(f"{tensor.name} is {tensor.domain.value}, which numbers of {dtype.name} are only roughly")
    key = [zlib.crc32(f"{dtype.name} {tensor.name}".encode()), seed]
    rng = np.random.default_rng(key)
    shape = (count, *(sizes[dim] for dim in tensor.dims))
    match tensor.domain:
        case Domain.ONE_HOT:
            return np.eye(shape[-1])[rng.integers(0, shape[-1], shape[:-1])]
        case Domain.BINARY:
            return rng.integers(0, 2, shape).astype(np.float64)
        case Domain.UNIT:
            half = 2.0 ** (-dtype.precision)
            return dtype.rounded(np.clip(rng.random(shape), half, 1 - half))
    found = _real(shape, dtype, rng)
    if tensor.domain is Domain.POSITIVE:
        return np.where(found == 0, 1.0, np.abs(found))
    return found


def _real(shape: tuple[int, ...], dtype: Format, rng: np.random.Generator) -> Array:
    each = (shape[0],) + (1,) * (len(shape) - 1)
    kind = (np.arange(shape[0]) % KINDS).reshape(each)
    normal, flat = rng.standard_normal(shape), rng.uniform(-1, 1, shape)
    signs, where = rng.choice([-1.0, 1.0], each), rng.random(each)
    reach = 1.2 * (dtype.largest_exponent + 1) * math.log(2)
    offset = signs * np.exp2(where * dtype.precision) + normal
    small = np.exp2(-where * (dtype.precision + 4)) * normal
    lowest, highest = dtype.lowest_bit, dtype.largest_exponent
    whole = np.ldexp(flat, np.asarray(np.rint(lowest + where * (highest - lowest)), dtype=int))
    return dtype.rounded(np.choose(kind, [reach * flat, normal, offset, small, whole]))
