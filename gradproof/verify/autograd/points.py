"""Points for Torch: all modes of one choice of sizes in one batch, with entries that a format holds exactly.

A run of Torch and its trace are made once per batch, so that tracing costs little. Entries are rounded to the format
before anything is computed from them: what the format does to the inputs is no error of the gradient.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray

from gradproof.derivations.calculus import Dim, Domain, Tensor
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.numeric.points import Sample, dims_of, largest_array
from gradproof.verify.strategies import Mode, assignments, normalise, sum_to_one

from .rounding import Format

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Batch:
    """The points of several samples of the same sizes, one sample after the other."""

    sizes: dict[Dim, int]
    samples: tuple[Sample, ...]
    format: Format
    held: dict[Tensor, Array] = field(default_factory=dict, compare=False)

    @property
    def points(self) -> int:
        return sum(sample.points for sample in self.samples)

    def values(self, tensor: Tensor) -> Array:
        """Shape (points, *sizes of the tensor), in float64, every entry a number of the format."""
        if tensor not in self.held:
            drawn = np.concatenate([sample.values(tensor) for sample in self.samples])
            self.held[tensor] = fitted(tensor.domain, drawn, self.format)
        return self.held[tensor]

    def parts(self) -> Iterator[tuple[Sample, slice]]:
        """Each sample, and where its points are."""
        first = 0
        for sample in self.samples:
            yield sample, slice(first, first + sample.points)
            first += sample.points


def batches(
    claim: Claim, seed: int, points: int, work: int, modes: Sequence[Mode], format: Format, count: int
) -> Iterator[Batch]:
    """About `points` points for each mode, spread over `count` choices of sizes (more if there are more dims).

    `work` bounds the number of entries of the largest array: where sizes multiply there are fewer points.
    """
    name = zlib.crc32(claim.name.encode())
    chosen = assignments(dims_of(claim), count, np.random.default_rng([seed, name]))
    for place, sizes in enumerate(chosen):
        each = max(1, min(-(-points // len(chosen)), work // largest_array(claim, sizes)))
        drawn = [Sample(sizes, mode, each, (seed, name, number, place)) for number, mode in enumerate(modes)]
        yield Batch(sizes, tuple(drawn), format)


def fitted(domain: Domain, array: Array, format: Format) -> Array:
    """Entries near those of the array that the format holds exactly, and that keep to the domain just as exactly."""
    if format.dtype is torch.float64:
        return array
    digits = round(-math.log2(format.unit))
    info = torch.finfo(format.dtype)
    match domain:
        case Domain.REAL:
            return _nearest(array, format, -info.max, info.max)
        case Domain.POSITIVE:
            return _nearest(array, format, info.smallest_normal, info.max)
        case Domain.UNIT:
            return _nearest(array, format, info.smallest_normal, 1 - format.unit)
        case Domain.SIMPLEX:
            return normalise(array, 2.0**-digits)
        case Domain.SUMS_TO_ONE:
            largest = 40 if digits > 16 else 2
            room = 1 + largest * array.shape[-1]  # the last entry is what is missing from 1
            return sum_to_one(array, 2.0 ** (math.ceil(math.log2(room)) - digits), largest)
        case Domain.ONE_HOT | Domain.BINARY:
            return array
    raise Unsupported(f"no points in {format.name} for {domain}")


def _nearest(array: Array, format: Format, least: float, most: float) -> Array:
    rounded = torch.from_numpy(np.ascontiguousarray(array)).to(format.dtype).to(torch.float64).numpy()
    return np.asarray(np.clip(rounded, least, most))
