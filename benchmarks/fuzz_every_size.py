"""Random claims against the proof for every size, judged by an oracle in 50 digits.

    python -m benchmarks.fuzz_every_size --seed 1 --claims 500

Run from the root of the checkout. Kinds: falsehoods that hold for small n only, plain and under a derivative (a few of
these are true), derivatives of random formulas (true), and the same with a slip. A false claim that is proved ends the
run with code 1; what is true and not proved is counted by its reason.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections import Counter

from gradproof.derivations.calculus import Partial, Relation
from gradproof.derivations.calculus.differentiation import gradient
from gradproof.verify.claim import Claim
from gradproof.verify.exact import EverySize
from gradproof.verify.verdict import Budget, Verdict
from tests.verify.exact.fuzzing import falsehood, formula, slip
from tests.verify.exact.oracle import NEGLIGIBLE, Oracle
from tests.verify.exact.statements import A, X, i, j, m, n, r, x


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--claims", type=int, default=200)
    parser.add_argument("--depth", type=int, default=3, help="how deep random formulas are")
    parser.add_argument("--slow", type=float, default=1e9, help="print claims that take longer, in seconds")
    chosen = parser.parse_args()
    drawn = random.Random(chosen.seed)
    method, found, seconds, wrong = EverySize(), Counter[str](), [], 0
    for number in range(chosen.claims):
        kind = ("small n", "true", "slip", "small n, derivative")[number % 4]
        if kind.startswith("small n"):
            _, lhs, rhs = falsehood(drawn, differentiated=kind != "small n")
        else:
            function = formula(drawn, (), chosen.depth)
            by = drawn.choice([e for e in (x[j], A[i, j], X[r, j]) if function.has(e.tensor)] or [x[j]])
            lhs, rhs = Partial(function, by), gradient(function, by)
            if kind == "slip":
                rhs = slip(drawn, rhs)
        start = time.perf_counter()
        evidence = method.run(Claim("fuzz", lhs, Relation.EQUAL, rhs), Budget(), chosen.seed)
        seconds.append(time.perf_counter() - start)
        found[f"{kind}: {evidence.verdict.name} {evidence.detail if kind == 'true' else ''}"[:100]] += 1
        if (
            evidence.verdict is Verdict.PROVED
            and Oracle({n: 5 if kind.startswith("small n") else 3, m: 2}).largest(lhs, rhs) > NEGLIGIBLE
        ):
            wrong += 1
            print(f"FALSE AND PROVED: {lhs} = {rhs}")
        if seconds[-1] > chosen.slow:
            print(f"{seconds[-1]:.1f} s, {evidence.verdict.name} {evidence.detail}: {lhs} = {rhs}")
        if evidence.verdict is Verdict.ERROR:
            print(f"ERROR {evidence.detail}: {lhs} = {rhs}")
    for what, count in sorted(found.items()):
        print(f"{count:6d}  {what}")
    print(f"median {1e3 * statistics.median(seconds):.1f} ms, longest {max(seconds):.2f} s, false and proved: {wrong}")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
