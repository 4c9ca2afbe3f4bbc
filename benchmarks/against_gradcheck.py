"""The smallest slip in a gradient that torch.autograd.gradcheck sees, and that the bound of rounding sees.

    python benchmarks/against_gradcheck.py [--points 100]

Each function gets a backward pass that is off by a relative slip, ever larger ones up to a factor of 2, until half of
the points are objected to: by gradcheck at its defaults (a central difference, within a fixed tolerance), by its fast
mode (one random direction), and by the bound. A false alarm is an objection to Torch's own, correct gradient.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import torch

from gradproof.verify.autograd.computations import derivative
from gradproof.verify.autograd.rounding import FORMATS, WHOLE, bound
from gradproof.verify.autograd.trace import trace

SLIPS = [10.0**-digits for digits in range(15, 0, -1)] + [1.0]
Forward = Callable[[torch.Tensor], torch.Tensor]


def mean_square(z: torch.Tensor) -> torch.Tensor:
    return (z - 1).square().mean()


def normal(size: int) -> Callable[[torch.Generator], torch.Tensor]:
    return lambda draw: torch.randn(size, generator=draw, dtype=torch.float64)


#: A function, and the points at which its gradient is checked.
CASES: dict[str, tuple[Forward, Callable[[torch.Generator], torch.Tensor]]] = {
    "sigmoid": (torch.sigmoid, normal(1)),
    "sigmoid at ±40": (torch.sigmoid, lambda draw: 80 * torch.rand(1, generator=draw, dtype=torch.float64) - 40),
    "softmax, n = 4": (lambda z: torch.softmax(z, 0), normal(4)),
    "log-sum-exp, n = 8": (lambda z: torch.logsumexp(z, 0), normal(8)),
    "mean square, n = 4": (mean_square, normal(4)),
    "one entry of 1e6": (mean_square, lambda draw: torch.tensor([1e6, 1, 1, 1]) * normal(4)(draw)),
    "ReLU at its kink": (torch.relu, lambda draw: torch.zeros(1, dtype=torch.float64)),
}


class Slipped(torch.autograd.Function):
    """The identity, with a backward pass that is off by a relative slip."""

    @staticmethod
    def forward(ctx: Any, z: torch.Tensor, slip: float) -> torch.Tensor:
        ctx.slip = slip
        return z.clone()

    @staticmethod
    def backward(ctx: Any, slope: torch.Tensor) -> tuple[torch.Tensor, None]:  # type: ignore[override]
        return slope * (1 + ctx.slip), None


def by_gradcheck(forward: Forward, z: torch.Tensor, slip: float, fast: bool) -> bool:
    """Whether gradcheck objects."""
    leaf = z.clone().requires_grad_()
    wrong: Forward = lambda leaf: forward(Slipped.apply(leaf, slip))  # noqa: E731
    return not torch.autograd.gradcheck(wrong, leaf, raise_exception=False, fast_mode=fast)


def by_bound(forward: Forward, z: torch.Tensor, slip: float) -> bool:
    """Whether the slipped gradient leaves the bound around the exact one, which Torch's own is within."""
    run = derivative(lambda z: forward(z), "z")
    found = bound(trace(run, {"z": z}, WHOLE), {"z": z}, FORMATS["float64"])
    exact, radius = found.value, found.radius
    slipped = run({"z": z}) * (1 + slip)
    return bool(((slipped - exact).abs() > 2 * radius).any())


def smallest(objects: Callable[[torch.Tensor, float], bool], points: list[torch.Tensor]) -> str:
    """The smallest slip that is seen at half of the points, or the share of false alarms."""
    alarms = sum(objects(z, 0.0) for z in points) / len(points)
    if alarms:
        return f"{alarms:.0%} false alarms"
    seen = (slip for slip in SLIPS if 2 * sum(objects(z, slip) for z in points) >= len(points))
    return next((f"{slip:.0e}" for slip in seen), "no slip")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--points", type=int, default=100)
    options = parser.parse_args()
    print(f"{'function':<20} {'gradcheck':>18} {'fast mode':>18} {'bound':>18}")
    for name, (forward, draw) in CASES.items():
        generator = torch.Generator().manual_seed(0)
        torch.manual_seed(0)  # fast mode draws its direction
        points = [draw(generator) for _ in range(options.points)]
        slow, fast, ours = (
            smallest(objects, points)
            for objects in (
                lambda z, slip, f=forward: by_gradcheck(f, z, slip, fast=False),
                lambda z, slip, f=forward: by_gradcheck(f, z, slip, fast=True),
                lambda z, slip, f=forward: by_bound(f, z, slip),
            )
        )
        print(f"{name:<20} {slow:>18} {fast:>18} {ours:>18}", flush=True)


if __name__ == "__main__":
    main()
