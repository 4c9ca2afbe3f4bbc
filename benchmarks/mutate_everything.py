"""Make every slip in every claim of the catalogue and count the verdicts.

    python benchmarks/mutate_everything.py [NAME…]

A slip can be harmless (PROVED: the transpose of a symmetric Jacobian). What is left is printed: each such line is a
weakness of the search, or an expression that has no value anywhere. `tests/test_teeth.py` asserts the important part.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace

from gradproof.derivations.catalogue import derivations, find
from gradproof.derivations.slips import mutants
from gradproof.verify.check import check, claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Verdict


def main(names: list[str]) -> None:
    verdicts: Counter[str] = Counter()
    slips: Counter[str] = Counter()
    started = time.perf_counter()
    claims = [claim for entry in map(find, names) for claim in claims_of(entry)]
    claims = claims or [claim for entry in derivations() for claim in claims_of(entry)]
    for claim in claims:
        for number, mutant in enumerate(mutants(claim.rhs, claim.indices)):
            wrong = replace(claim, name=f"{claim.name}:{number}", rhs=mutant.expression, certificate=None)
            report = check(wrong)
            verdicts[report.verdict.name] += 1
            slips[mutant.slip.name] += report.verdict is Verdict.REFUTED
            if report.verdict not in (Verdict.REFUTED, Verdict.PROVED):
                show(claim, mutant.slip.name, wrong, report.verdict)
    seconds = time.perf_counter() - started
    print(f"{len(claims)} claims, {verdicts.total()} mutants, {seconds:.0f} s")
    print("verdicts:", ", ".join(f"{name} {count}" for name, count in verdicts.most_common()))
    print("refuted by slip:", ", ".join(f"{name} {count}" for name, count in slips.most_common()))


def show(claim: Claim, slip: str, wrong: Claim, verdict: Verdict) -> None:
    print(f"{verdict.name}: {claim.name}, {slip}: {wrong.lhs} {wrong.relation.value} {wrong.rhs}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
