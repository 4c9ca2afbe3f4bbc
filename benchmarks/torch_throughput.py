"""How many points a second Torch's gradient is computed and bounded.

    python benchmarks/torch_throughput.py [--device cpu] [--batches 5] [--points 100000] [--threads N]

Three gradients of the catalogue: the derivative of the sigmoid, the Jacobian of softmax with 4 logits, and the weights
of a hidden layer (2 inputs, 3 hidden units, 2 outputs). A point is one input with all entries of its gradient. Timed is
what a verification asks of the device: Torch's gradient of a batch, and the traced run interpreted with error bounds;
the trace itself is made once. The fastest of the batches counts; on the CPU, seconds are those of the process, with one
thread by default, and on a GPU they are wall clock. Without the device that was asked for the exit code is 3.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from measuring import machine

#: The entries of the catalogue and the sizes of their dims, in the order of their names.
TASKS = {
    "sigmoid": ("sigmoid_derivative", ()),
    "softmax-4": ("softmax_jacobian", (4,)),
    "MLP 2-3-2": ("hidden_layer_hidden_weights", (2, 3, 2)),
}
UNAVAILABLE = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--batches", type=int, default=5)
    parser.add_argument("--points", type=int, default=100_000, help="points in a batch")
    parser.add_argument("--threads", type=int, default=1, help="threads of the CPU")
    options = parser.parse_args()

    from gradproof.verify.autograd.oracle import DTYPES, deterministic, device_name, unavailable

    missing = unavailable(options.device)
    if missing:
        print(missing, file=sys.stderr)
        return UNAVAILABLE

    import torch

    torch.set_num_threads(options.threads)
    print(machine("torch", "numpy"))
    print(f"device: {device_name(options.device)}; threads of the CPU: {torch.get_num_threads()}")
    print(f"points per second, the fastest of {options.batches} batches of {options.points} points")
    print(f"{'gradient':<10} {'dtype':<9} {'bounded':>9} {'Torch alone':>12} {'largest error / bound':>22}")
    with deterministic():
        for name in TASKS:
            for dtype in DTYPES:
                bounded, alone, ratio = measured(name, dtype, options.device, options.points, options.batches)
                print(f"{name:<10} {dtype:<9} {bounded:>9.1e} {alone:>12.1e} {ratio:>22.2f}", flush=True)
    return 0


def measured(name: str, dtype: str, device: str, points: int, batches: int) -> tuple[float, float, float]:
    """Points per second with the bound and without it, and the largest error as a fraction of its bound."""
    import torch

    from gradproof.derivations import catalogue
    from gradproof.verify import claims_of
    from gradproof.verify.autograd.computations import inputs_of, statement
    from gradproof.verify.autograd.rounding import FORMATS
    from gradproof.verify.autograd.run import BoundedRun
    from gradproof.verify.numeric.points import dims_of

    entry, numbers = TASKS[name]
    claim = next(claim for claim in claims_of(catalogue.find(entry)) if claim.name == f"{entry}:result")
    sizes = dict(zip(dims_of(claim), numbers, strict=True))
    format = FORMATS[dtype]
    generator = torch.Generator().manual_seed(0)
    inputs = {}
    for tensor in inputs_of(claim):
        drawn = torch.randn((points, *(sizes[dim] for dim in tensor.dims)), generator=generator)
        inputs[str(tensor.name)] = drawn.to(device, format.dtype)

    run = BoundedRun(lambda count: statement(claim, sizes, count, device, format.dtype), format)
    alone = statement(claim, sizes, points, device, format.dtype)
    value, radius = run(inputs, points)
    if value.is_cuda != (device == "cuda"):
        raise RuntimeError(f"the gradient is on {value.device}, not on {device}")
    ratio = largest_ratio(claim, sizes, inputs, value, radius)
    bounded, plain = (
        points / min(seconds(task, device) for _ in range(batches))
        for task in (lambda: run(inputs, points), lambda: alone(inputs))
    )
    return bounded, plain, ratio


def seconds(task: Callable[[], object], device: str) -> float:
    """Of the process, or of wall clock where a GPU works, which is waited for."""
    import torch

    if device == "cpu":
        start = time.process_time()
        task()
        return time.process_time() - start
    torch.cuda.synchronize()
    start = time.perf_counter()
    task()
    torch.cuda.synchronize()
    return time.perf_counter() - start


def largest_ratio(claim: Any, sizes: Any, inputs: Mapping[str, Any], value: Any, radius: Any) -> float:
    """The largest difference to the result in float64, as a fraction of what rounding explains, at some points."""
    from gradproof.verify.evaluation import Point
    from gradproof.verify.numeric.agreement import right_side
    from gradproof.verify.numeric.bounded import exact

    few = slice(0, 10_000)
    held = {key: tensor[few].double().cpu().numpy() for key, tensor in inputs.items()}
    right, _ = right_side(claim, Point(sizes, lambda tensor: exact(held[str(tensor.name)])))
    gap = np.abs(value[few].cpu().numpy() - right.value)
    allowed = radius[few].cpu().numpy() + right.bound
    with np.errstate(invalid="ignore"):
        return float(np.max(np.where(np.isfinite(allowed) & (gap > 0), gap / allowed, 0.0)))


if __name__ == "__main__":
    sys.exit(main())
