"""A computation of Torch together with the bound of its rounding, for any number of points."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch

from .computations import Computation
from .rounding import SHAPED, WHOLE, Format, bound
from .trace import Trace, pruned, trace

#: More points than these are computed part by part.
CHUNK = 100_000


class BoundedRun:
    """Torch's result, and how far rounding can have moved it.

    computation    from a number of points to what is computed at so many points
    A trace holds for a number of points, and is made when a batch of so many comes for the first time.
    """

    def __init__(self, computation: Callable[[int], Computation], format: Format) -> None:
        self.computation = computation
        self.format = format
        self._traces: dict[int, tuple[Computation, Trace]] = {}

    def __call__(self, inputs: Mapping[str, torch.Tensor], points: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The result in float64 and the bound of its error, on the device of the inputs.

        Inputs have `points` as their first axis, entries of the format, and its dtype; results have it as their first
        axis, too. Raises Unsupported for what has no rounding rule.
        """
        parts = []
        for first in range(0, points, CHUNK):
            here = {name: tensor[first : first + CHUNK] for name, tensor in inputs.items()}
            parts.append(self._part(here, min(CHUNK, points - first)))
        if len(parts) == 1:
            return parts[0]
        values, radii = zip(*parts, strict=True)
        return torch.cat(values), torch.cat(radii)

    def _part(self, inputs: Mapping[str, torch.Tensor], points: int) -> tuple[torch.Tensor, torch.Tensor]:
        computation, traced = self._traced(inputs, points)
        result = computation(inputs).detach().to(torch.float64)
        with torch.no_grad():
            radius = bound(traced, inputs, self.format).radius
        return tuple(part.expand(points, *part.shape[1:]) for part in (result, radius))  # type: ignore[return-value]

    def _traced(self, inputs: Mapping[str, torch.Tensor], points: int) -> tuple[Computation, Trace]:
        if points not in self._traces:
            computation = self.computation(points)
            self._traces[points] = computation, pruned(trace(computation, inputs, WHOLE), SHAPED)
        return self._traces[points]
