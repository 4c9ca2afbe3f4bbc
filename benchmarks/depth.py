"""How the time of a derivation grows with the depth of a network.

    python benchmarks/depth.py [--runs 5] [--layers 1 2 4 8 16]

A network of L hidden sigmoid layers with a squared loss is built and differentiated by all weights and all biases, with
every δ on the way; nothing is kept from one run to the next.
"""

from __future__ import annotations

import argparse
from functools import partial

from measuring import cold_median, machine

from gradproof.derivations.calculus import Derivation, Text
from gradproof.derivations.catalogue.backprop.deep import network

TITLE = Text("A parameter of a deep network", "深层网络的参数")


def all_parameters(hidden: int) -> list[Derivation]:
    """The derivations of every δ, every weight matrix and every bias."""
    net = network(hidden)
    deltas = [logits[logits.definition[0]] for logits in net.logits]
    return [net.program.derive(entry, title=TITLE) for entry in (*deltas, *net.weights, *net.biases)]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="cold runs, of which the median is taken")
    parser.add_argument("--layers", type=int, nargs="+", default=[1, 2, 4, 8, 16], help="numbers of hidden layers")
    options = parser.parse_args()
    print(machine("sympy"))
    print(f"CPU time, median of {options.runs} cold runs")
    print(f"{'hidden layers':>13} {'derivations':>11} {'seconds':>8} {'ms per layer':>12}")
    for hidden in options.layers:
        seconds = cold_median(partial(all_parameters, hidden), "gradproof", runs=options.runs)
        count = 3 * (hidden + 1)
        print(f"{hidden:>13} {count:>11} {seconds:>8.3f} {1000 * seconds / (hidden + 1):>12.1f}")


if __name__ == "__main__":
    main()
