"""How many points a second Torch's gradient is compared with a bound of its rounding.

    python benchmarks/torch_throughput.py [--device cpu] [--points 1000000] [--runs 5] [--threads N]

Three gradients of the catalogue: the derivative of the sigmoid, the Jacobian of softmax with 4 logits, and the weights
of a hidden layer (2 inputs, 3 hidden units, 2 outputs). A point is one input with all entries of its gradient. Timed is
what a verification does for it: Torch's gradient, and the traced run interpreted with error bounds, in batches of
100,000 points; the trace itself is made once. Wall clock, median of the runs. The column "torch" is the gradient alone.
Without the device that was asked for the exit code is 3.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable

from measuring import machine

#: The entries of the catalogue and the sizes of their dims, in the order of their names.
TASKS = {
    "sigmoid": ("sigmoid_derivative", ()),
    "softmax-4": ("softmax_jacobian", (4,)),
    "MLP 2-3-2": ("hidden_layer_hidden_weights", (2, 3, 2)),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=0, help="threads of Torch on the CPU; by default all cores")
    options = parser.parse_args()

    from gradproof.verify.autograd.oracle import DTYPES, device_name, unavailable

    missing = unavailable(options.device)
    if missing:
        print(missing, file=sys.stderr)
        return 3

    import torch

    if options.threads:
        torch.set_num_threads(options.threads)
    print(machine("torch", "numpy"))
    print(f"device {device_name(options.device)}, {torch.get_num_threads()} threads of the CPU")
    print(f"points per second, {options.points} points, median of {options.runs} runs; of Torch's gradient alone: torch")
    print(f"{'gradient':<11} {'dtype':<9} {'bounded':>9} {'torch':>9}  largest error / bound")
    for name in TASKS:
        for dtype in DTYPES:
            print(measured(name, dtype, options.device, options.points, options.runs), flush=True)
    return 0


def measured(name: str, dtype: str, device: str, points: int, runs: int) -> str:
    """One row of the table."""
    import torch

    from gradproof.derivations import catalogue
    from gradproof.verify.autograd.computations import inputs_of, statement
    from gradproof.verify.autograd.oracle import deterministic
    from gradproof.verify.autograd.rounding import FORMATS
    from gradproof.verify.autograd.run import CHUNK, BoundedRun
    from gradproof.verify.check import claims_of
    from gradproof.verify.numeric.points import dims_of

    entry, numbers = TASKS[name]
    claim = next(c for c in claims_of(catalogue.find(entry)) if c.name == f"{entry}:result")
    sizes = dict(zip(dims_of(claim), numbers, strict=True))
    format = FORMATS[dtype]
    generator = torch.Generator().manual_seed(0)
    inputs = {}
    for tensor in inputs_of(claim):
        shape = (points, *(sizes[dim] for dim in tensor.dims))
        drawn = torch.randn(shape, generator=generator, dtype=torch.float64)
        inputs[str(tensor.name)] = drawn.to(device, format.dtype)

    run = BoundedRun(lambda count: statement(claim, sizes, count, device, format.dtype), format)
    alone = statement(claim, sizes, min(CHUNK, points), device, format.dtype)

    def torch_only() -> None:
        for first in range(0, points - points % min(CHUNK, points), CHUNK):
            alone({key: tensor[first : first + CHUNK] for key, tensor in inputs.items()})

    with deterministic():
        run({key: tensor[: min(CHUNK, points)] for key, tensor in inputs.items()}, min(CHUNK, points))  # the trace
        value, radius = run(inputs, points)
        if value.is_cuda != (device == "cuda"):
            raise RuntimeError(f"the gradient is on {value.device}")
        bounded = median(lambda: run(inputs, points), device, runs)
        plain = median(torch_only, device, runs)
    ratio = error_by_bound(claim, sizes, inputs, value, radius, device)
    return f"{name:<11} {dtype:<9} {points / bounded:>9.1e} {points / plain:>9.1e}  {ratio:.2f}"


def median(task: Callable[[], object], device: str, runs: int) -> float:
    """Seconds of wall clock; the work of a GPU is waited for."""
    import torch

    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        if device == "cuda":
            torch.cuda.synchronize()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def error_by_bound(claim, sizes, inputs, value, radius, device) -> float:  # type: ignore[no-untyped-def]
    """The largest error of Torch, as a fraction of its bound, at the first 10,000 points; the result in float64."""
    from gradproof.verify.evaluation import Point
    from gradproof.verify.numeric.agreement import right_side
    from gradproof.verify.numeric.bounded import exact

    import numpy as np

    few = slice(0, 10_000)
    held = {key: tensor[few].double().cpu().numpy() for key, tensor in inputs.items()}
    right, _ = right_side(claim, Point(sizes, lambda tensor: exact(held[str(tensor.name)])))
    gap = np.abs(value[few].cpu().numpy() - right.value)
    allowed = radius[few].cpu().numpy() + right.bound
    return float(np.max(np.where(np.isfinite(allowed) & (gap > 0), gap / allowed, 0.0)))


if __name__ == "__main__":
    sys.exit(main())
