"""The method "Torch autograd": the gradient that Torch finds of the forward expression, against the result.

What rounding explains comes from the conditioning of the expression. The result is evaluated in NumPy with its bound.
The derivative is evaluated forward by dual numbers with its bound, in which slopes are charged as Torch computes them.
Torch multiplies the same local derivatives backward: paths that part must meet again, so that the additions of a path
are as many in both directions, and a local derivative takes a few roundings more; `BACKWARD` pays for these.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Tensor
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Point, Unsupported
from gradproof.verify.failure import explained
from gradproof.verify.numeric.agreement import ARRAY_SHARE, Tally, pointless, sides
from gradproof.verify.numeric.bounded import Bounded
from gradproof.verify.numeric.floats import BoundedFloats
from gradproof.verify.numeric.points import Sample, samples
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Evidence, Verdict

if TYPE_CHECKING:
    import torch

#: Roundings of a backward pass for each one that the forward bound charges.
BACKWARD = 2
#: In the other modes (exp of ±1000, 2^±1000, subnormal) a product that is formed in another order may underflow: a
#: backward pass leaves the range of float64 where a forward one does not.
MODES = (Mode.BOUNDED, Mode.NORMAL, Mode.TIES, Mode.ZEROS, Mode.SMALL)


class TorchAutograd:
    """Torch on "cpu" or "cuda", float64. What was asked for and is absent gives UNAVAILABLE."""

    name = "Torch autograd"

    def __init__(self, device: str = "cpu", modes: tuple[Mode, ...] = MODES) -> None:
        if device not in ("cpu", "cuda"):
            raise ValueError(f"no device {device!r}; the devices are cpu and cuda")
        self.device = device
        self.modes = modes

    def supports(self, claim: Claim) -> str:
        return pointless(claim)

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence:
        """AGREES, VACUOUS, UNDECIDED with a candidate, or UNAVAILABLE; an exception becomes ERROR."""
        missing = unavailable(self.device)
        if missing:
            return Evidence(self.name, Verdict.UNAVAILABLE, detail=missing, seed=seed, device=self.device)
        tally, points, lost = Tally(), 0, 0
        try:
            with deterministic():
                for sample in samples(claim, seed, budget.points, budget.work // ARRAY_SHARE, self.modes):
                    bounds, right, selected = sides(claim, sample, BoundedFloats(saturating=True))
                    left = Bounded(self._left(claim, sample), BACKWARD * bounds.bound)
                    tally.compare(claim, sample, left, right, selected)
                    points += sample.points
                    lost += int((selected & bounds.finite & right.finite & ~np.isfinite(left.value)).sum())
        except Unsupported as reason:
            return Evidence(self.name, Verdict.UNDECIDED, detail=str(reason), seed=seed, device=self.device)
        except Exception as problem:  # a method never raises; its failure is evidence, with the text
            return Evidence(self.name, Verdict.ERROR, detail=explained(problem), seed=seed, device=self.device)
        scope = f"{points} points, float64, {self.device}"
        found = tally.evidence(self.name, scope, seed, device_name(self.device), versions(self.device))
        if lost and not found.detail:  # a gradient that is silently nan is worth a word
            return replace(found, detail=f"Torch gives no number at {lost} places where both sides have one")
        return found

    def _left(self, claim: Claim, sample: Sample) -> NDArray[np.float64]:
        import torch

        from .arithmetic import AutogradEvaluator, TorchArithmetic

        device = torch.device(self.device)

        def data(tensor: Tensor) -> torch.Tensor:
            copied = torch.from_numpy(sample.values(tensor)).to(device)
            if copied.is_cuda != (self.device == "cuda"):
                raise RuntimeError(f"{tensor.name} was copied to {copied.device}, not to {self.device}")
            return copied

        point = Point(sample.sizes, data)
        evaluator = AutogradEvaluator(TorchArithmetic(device), point, sample.points, claim.given)
        found = evaluator.value(claim.lhs, claim.indices)
        if found.is_cuda != (self.device == "cuda"):
            raise RuntimeError(f"the gradient is on {found.device}, not on {self.device}")
        return np.asarray(found.detach().cpu().numpy())


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
    """TF32 off, deterministic algorithms on; restored afterwards."""
    import torch

    matmul, cudnn = torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32
    strict = torch.are_deterministic_algorithms_enabled()
    lenient = torch.is_deterministic_algorithms_warn_only_enabled()
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    torch.use_deterministic_algorithms(True)
    try:
        yield
    finally:
        torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32 = matmul, cudnn
        torch.use_deterministic_algorithms(strict, warn_only=lenient)
