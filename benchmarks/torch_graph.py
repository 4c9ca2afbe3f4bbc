"""What is proved of Torch's own operations, how long it takes, and what becomes of every slip in a result.

    python benchmarks/torch_graph.py [--slips] [NAME…]

A row for every entry and branch of the catalogue: the verdict on "what Torch computes is the result", the equalities
that were proved, and CPU seconds. With --slips every slip of the table is made in every result; what is not refuted is
printed. A slip can be harmless (PROVED: the transpose of a symmetric Jacobian).
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from measuring import machine

from gradproof.derivations.calculus import Derivation
from gradproof.derivations.catalogue import derivations, find
from gradproof.derivations.slips import mutants
from gradproof.verify.autograd.graph import TorchGraph
from gradproof.verify.check import TORCH, torch_claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Budget, Evidence, Verdict


def decided(claim: Claim) -> tuple[Evidence, float]:
    start = time.process_time()
    found = TorchGraph().run(claim, Budget(), 0)
    return found, time.process_time() - start


def claims(names: list[str]) -> Iterator[tuple[Derivation, Claim | None]]:
    """Every entry and branch with its claim, None for one without an operation of Torch."""
    for entry in map(find, names) if names else derivations():
        found = {claim.name.removesuffix(TORCH): claim for claim in torch_claims_of(entry)}
        yield from ((part, found.get(part.name)) for part in entry.walk())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--slips", action="store_true", help="make every slip in every result as well")
    parser.add_argument("names", nargs="*", help="entries; all of them if none is named")
    options = parser.parse_args()
    print(machine("torch", "sympy"))
    decided(
        next(claim for _, claim in claims(["sigmoid_derivative"]) if claim)
    )  # Torch is loaded: not what is measured
    verdicts: Counter[str] = Counter()
    slips: Counter[str] = Counter()
    total = 0.0
    for part, claim in claims(options.names):
        if claim is None:
            print(f"{part.name:36} no operation")
            continue
        found, seconds = decided(claim)
        verdicts[found.verdict.name] += 1
        total += seconds
        print(f"{part.name:36} {found.verdict.name:10} {found.drawn:4} {seconds:6.2f}  {found.scope}", flush=True)
        for mutant in mutants(claim.rhs, part.indices) if options.slips else ():
            wrong, _ = decided(replace(claim, rhs=mutant.expression))
            slips[wrong.verdict.name] += 1
            if wrong.verdict is not Verdict.REFUTED:
                print(f"    {part.name}, {mutant.slip.name}: {mutant.expression}: {wrong.verdict.name} {wrong.detail}")
    print(f"{', '.join(f'{name} {count}' for name, count in verdicts.items())} in {total:.1f} s")
    if options.slips:
        print("slips:", ", ".join(f"{name} {count}" for name, count in slips.items()))


if __name__ == "__main__":
    main()
