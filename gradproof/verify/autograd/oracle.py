"""The method "Torch autograd": the gradient that Torch finds of the forward expression, against the result.

Torch runs on the CPU or on CUDA, in float64, float32, float16 or bfloat16. What it runs is traced, and the trace is
interpreted with error bounds in that format: |Torch − ours| may not exceed how far rounding can move what Torch
computes, plus how far it can move our result, which is evaluated in float64 at the same inputs. There is no tolerance.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Tensor
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Point, Unsupported
from gradproof.verify.failure import explained
from gradproof.verify.intervals.standins import WAVE
from gradproof.verify.numeric import bounded
from gradproof.verify.numeric.agreement import ARRAY_SHARE, Tally, pointless, right_side
from gradproof.verify.numeric.bounded import Bounded
from gradproof.verify.numeric.floats import BoundedFloats
from gradproof.verify.numeric.points import functions_in
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Evidence, Verdict

if TYPE_CHECKING:
    from .points import Batch

Array = NDArray[Any]

DEVICES = ("cpu", "cuda")


@dataclass(frozen=True, slots=True)
class Effort:
    """How a format is tried: the share of the budget's points, choices of sizes, modes, and what counts as sharp.

    visible    a place counts if a relative slip of this size would be seen: some thousand roundings, and in 16 bits a
               result that is off by half of itself
    """

    share: int
    sizes: int
    modes: tuple[Mode, ...]
    visible: float


#: Powers of two up to ±1000 and subnormal numbers are in the range of float64 only.
WITHIN_RANGE = tuple(mode for mode in Mode if mode not in (Mode.POWERS, Mode.SUBNORMAL))
EFFORTS = {
    "float64": Effort(1, 4, tuple(Mode), 1e-9),
    "float32": Effort(4, 2, WITHIN_RANGE, 1e-3),
    "float16": Effort(4, 2, WITHIN_RANGE, 0.5),
    "bfloat16": Effort(4, 2, WITHIN_RANGE, 0.5),
}
#: The dtypes in which Torch can be asked, the most accurate first.
DTYPES = tuple(EFFORTS)


class TorchAutograd:
    """Torch on "cpu" or "cuda", in one dtype. What was asked for and is absent gives UNAVAILABLE.

    modes    how points are drawn; by default all modes that the format can hold
    """

    def __init__(self, device: str = "cpu", modes: tuple[Mode, ...] | None = None, dtype: str = "float64") -> None:
        if device not in DEVICES:
            raise ValueError(f"no device {device!r}; the devices are {' and '.join(DEVICES)}")
        if dtype not in EFFORTS:
            raise ValueError(f"no dtype {dtype!r}; the dtypes are {', '.join(EFFORTS)}")
        self.device = device
        self.dtype = dtype
        self.effort = EFFORTS[dtype]
        self.modes = self.effort.modes if modes is None else modes
        self.name = "Torch autograd" if dtype == "float64" else f"Torch autograd, {dtype}"

    def supports(self, claim: Claim) -> str:
        return pointless(claim)

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence:
        """AGREES, VACUOUS, UNDECIDED with a candidate, or UNAVAILABLE; an exception becomes ERROR."""
        missing = unavailable(self.device)
        if missing:
            return Evidence(self.name, Verdict.UNAVAILABLE, detail=missing, seed=seed, device=self.device)
        tally, points, lost = Tally(self.effort.visible), 0, 0
        try:
            with deterministic():
                for batch in self._batches(claim, budget, seed):
                    lost += self.compare(claim, batch, tally)
                    points += batch.points
        except Unsupported as reason:
            return Evidence(self.name, Verdict.UNDECIDED, detail=str(reason), seed=seed, device=self.device)
        except Exception as problem:  # a method never raises; its failure is evidence, with the text
            return Evidence(self.name, Verdict.ERROR, detail=explained(problem), seed=seed, device=self.device)
        scope = f"{points} points, {self.dtype}, {self.device}"
        found = tally.evidence(self.name, scope, seed, device_name(self.device), versions(self.device))
        if lost:  # rounding cannot explain it
            detail = f"Torch gives no number at {lost} places where there is one"
            return replace(found, verdict=Verdict.UNDECIDED, worst=float("inf"), detail=detail)
        return found

    def _batches(self, claim: Claim, budget: Budget, seed: int) -> Iterator[Batch]:
        from .points import batches
        from .rounding import FORMATS

        effort = self.effort
        points, work = -(-budget.points // effort.share), budget.work // ARRAY_SHARE
        return batches(claim, seed, points, work, self.modes, FORMATS[self.dtype], effort.sizes)

    def compare(self, claim: Claim, batch: Batch, tally: Tally) -> int:
        """Counts the places of a batch; gives the number of those at which Torch has no number but should have one."""
        left = self._left(claim, batch)
        point: Point[Bounded] = Point(batch.sizes, lambda tensor: bounded.exact(batch.values(tensor)))
        right, selected = right_side(claim, point, BoundedFloats(WAVE.among(functions_in(claim)).floats))
        lost = selected & right.finite & np.isfinite(left.bound) & ~np.isfinite(left.value)
        for sample, part in batch.parts():
            one, other = (Bounded(_part(side.value, part), _part(side.bound, part)) for side in (left, right))
            tally.compare(claim, sample, one, other, _part(selected, part))
        return int(lost.sum())

    def _left(self, claim: Claim, batch: Batch) -> Bounded:
        """What Torch computes, and how far rounding can have moved it; the first axis has all points."""
        import torch

        from .computations import inputs_of, statement
        from .run import BoundedRun

        def data(tensor: Tensor) -> torch.Tensor:
            copied = torch.from_numpy(batch.values(tensor)).to(self.device, batch.format.dtype)
            if copied.is_cuda != (self.device == "cuda"):
                raise RuntimeError(f"{tensor.name} was copied to {copied.device}, not to {self.device}")
            return copied

        inputs = {str(tensor.name): data(tensor) for tensor in inputs_of(claim)}
        run = BoundedRun(
            lambda points: statement(claim, batch.sizes, points, self.device, batch.format.dtype), batch.format
        )
        value, bound = run(inputs, batch.points)
        if value.is_cuda != (self.device == "cuda"):
            raise RuntimeError(f"the gradient is on {value.device}, not on {self.device}")
        return Bounded(value.cpu().numpy(), bound.cpu().numpy())


def _part(array: Array, part: slice) -> Array:
    return array if array.shape[0] == 1 else array[part]


def unavailable(device: str) -> str:
    """Why Torch cannot be asked on this device; empty if it can."""
    if importlib.util.find_spec("torch") is None:
        return "Torch is not installed; the extra named torch brings it"
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        return f"Torch {torch.__version__} finds no CUDA device here"
    return ""


def device_name(device: str) -> str:
    """The device as a reader wants it: cpu, or cuda with the name of the card."""
    if device == "cpu":
        return device
    import torch

    return f"cuda ({torch.cuda.get_device_name()})"


def versions(device: str) -> dict[str, str]:
    """The versions that the numbers depend on."""
    import torch

    found = {"torch": str(torch.__version__), "numpy": np.__version__}
    return found | {"cuda": str(torch.version.cuda)} if device == "cuda" else found


@contextmanager
def deterministic() -> Iterator[None]:
    """TF32 off, deterministic algorithms on; restored afterwards.

    The mode is set by its name: `use_deterministic_algorithms` also loads Torch's compiler, which nothing here uses.
    """
    import torch

    matmul, cudnn = torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32
    mode = torch.get_deterministic_debug_mode()
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    torch.set_deterministic_debug_mode("error")
    try:
        yield
    finally:
        torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32 = matmul, cudnn
        torch.set_deterministic_debug_mode(mode)
