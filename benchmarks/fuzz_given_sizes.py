"""Random piecewise claims against the proof at given sizes, judged by an oracle in 50 digits.

    python -m benchmarks.fuzz_given_sizes --seed 1 --claims 500

Run from the root of the checkout. Formulas with kinks, largest values and roots, and their derivatives, are rewritten
in ways that are true away from kinks and ties; every other one has a slip. A false claim that is proved ends the run
with code 1; what is true and not proved is counted by its reason.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections import Counter

from gradproof.derivations.calculus import Relation
from gradproof.verify.claim import Claim
from gradproof.verify.exact import GivenSizes
from gradproof.verify.verdict import Budget, Verdict
from tests.verify.exact.judging import disagreement
from tests.verify.exact.oracle import NEGLIGIBLE
from tests.verify.exact.piecewise_fuzzing import claim
from tests.verify.exact.statements import n


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--claims", type=int, default=200)
    parser.add_argument("--depth", type=int, default=3, help="how deep random formulas are")
    parser.add_argument("--slow", type=float, default=1e9, help="print claims that take longer, in seconds")
    parser.add_argument("--missed", action="store_true", help="print what is true and not proved")
    chosen = parser.parse_args()
    drawn = random.Random(chosen.seed)
    method, found, seconds, wrong = GivenSizes(), Counter[str](), [], 0
    for number in range(chosen.claims):
        kind = ("true", "slip")[number % 2]
        lhs, rhs = claim(drawn, kind, chosen.depth)
        start = time.perf_counter()
        evidence = method.run(Claim("fuzz", lhs, Relation.EQUAL, rhs), Budget(), chosen.seed)
        seconds.append(time.perf_counter() - start)
        reason = evidence.detail if kind == "true" and evidence.verdict is not Verdict.PROVED else ""
        found[f"{kind}: {evidence.verdict.name} {reason}"[:100].rstrip()] += 1
        if evidence.verdict is Verdict.PROVED:
            worst = max(disagreement(lhs, rhs, (), {n: size}, seeds=8)[0] for size in (2, 3))
            if worst > NEGLIGIBLE:
                wrong += 1
                print(f"FALSE AND PROVED ({float(worst):.1e}, {evidence.scope}): {lhs} = {rhs}")
        if evidence.verdict is Verdict.ERROR:
            print(f"ERROR {evidence.detail}: {lhs} = {rhs}")
        if chosen.missed and kind == "true" and evidence.verdict is not Verdict.PROVED:
            print(f"{evidence.detail}: {lhs} = {rhs}")
        if seconds[-1] > chosen.slow:
            print(f"{seconds[-1]:.1f} s, {evidence.verdict.name} {evidence.detail}: {lhs} = {rhs}")
    for what, count in sorted(found.items()):
        print(f"{count:6d}  {what}")
    print(f"median {1e3 * statistics.median(seconds):.1f} ms, longest {max(seconds):.2f} s, false and proved: {wrong}")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
