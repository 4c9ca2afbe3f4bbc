"""Every result of the catalogue against Torch's autograd, in every mode and dtype: false alarms, and the slips seen.

    python benchmarks/torch_alarms.py [--seeds 2] [--points 1000] [--device cpu]

A place is one entry of a gradient at one point. It is effective where a relative slip of 1e-9 would have been seen (of
1e-3 in float32, of 1/2 in 16 bits). An alarm is a place at which Torch is farther from the result than rounding
explains; every result is proved, so that each alarm is a false one. The slips are those that would have been seen at
half of the effective places of a result, and at nine tenths: the median over all results, and the largest.
"""

from __future__ import annotations

import argparse
import statistics
import sys

from measuring import versions

UNAVAILABLE = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--points", type=int, default=1000)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    options = parser.parse_args()

    from gradproof.derivations import catalogue
    from gradproof.derivations.calculus import Limit
    from gradproof.verify import Budget, claims_of
    from gradproof.verify.autograd import DTYPES, TorchAutograd
    from gradproof.verify.autograd.oracle import device_name, unavailable

    missing = unavailable(options.device)
    if missing:
        print(missing, file=sys.stderr)
        return UNAVAILABLE
    claims = [claim for name in catalogue.names() for claim in claims_of(catalogue.find(name))]
    results = [claim for claim in claims if claim.name.endswith(":result") and not claim.lhs.has(Limit)]
    print(versions("torch", "numpy"))
    print(f"{len(results)} results, {options.seeds} seeds, device {device_name(options.device)}")
    print(f"{'dtype':<9} {'places':>9} {'effective':>9} {'alarms':>6} {'worst':>6} {'half':>16} {'nine tenths':>16}")
    for dtype in DTYPES:
        found = [
            TorchAutograd(options.device, dtype=dtype).run(claim, Budget(points=options.points), seed)
            for seed in range(options.seeds)
            for claim in results
        ]
        sharp = [item.sharpness for item in found if item.sharpness]
        half, most = [one.half for one in sharp], [one.most for one in sharp]
        print(
            f"{dtype:<9} {sum(item.drawn for item in found):>9} {sum(item.effective for item in found):>9}"
            f" {sum(item.disagrees for item in found):>6} {max(item.worst or 0.0 for item in found):>6.2f}"
            f" {_spread(half):>16} {_spread(most):>16}",
            flush=True,
        )
    return 0


def _spread(slips: list[float]) -> str:
    return f"{statistics.median(slips):.0e} – {max(slips):.0e}"


if __name__ == "__main__":
    sys.exit(main())
