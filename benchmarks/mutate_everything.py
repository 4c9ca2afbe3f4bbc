"""Make every slip in every claim of the catalogue and count the verdicts.

    python benchmarks/mutate_everything.py [NAME…] [--share 1]

A claim is a line, a result, a textbook form or the promise of a domain; beside the slips of the table it is made false
by a billionth of itself. A slip can be harmless (PROVED: the transpose of a symmetric Jacobian): what is proved is
asked of balls as well, and an ERROR if they refute it. What is neither refuted nor proved is counted by its reason, or
printed: without a reason such a line is a weakness of the search. `tests/test_teeth.py` asserts the important part, and
a share of everything.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import Rational

from gradproof.derivations.calculus import Limit, Relation
from gradproof.derivations.catalogue import derivations, find
from gradproof.derivations.slips import mutants
from gradproof.verify.check import check, claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.intervals import BallDecision
from gradproof.verify.verdict import Report, Verdict

BILLIONTH = "off by a billionth"


@dataclass(frozen=True, slots=True)
class Mutated:
    """A claim with one slip in its right side."""

    slip: str
    claim: Claim


def mutated(claim: Claim, share: int = 1) -> Iterator[Mutated]:
    """The claim with every slip; of these only one in `share`, chosen by name, so that other claims change nothing."""
    wrong = [(mutant.slip.name, mutant.expression) for mutant in mutants(claim.rhs, claim.indices)]
    if claim.rhs != 0 and not claim.relation.strict:  # where a strict bound is reached is left out
        wrong.append((BILLIONTH, claim.rhs * (1 + Rational(1, 10**9))))
    for number, (slip, expression) in enumerate(wrong):
        name = f"{claim.name}:{number}"
        if zlib.crc32(name.encode()) % share == 0:
            yield Mutated(slip, replace(claim, name=name, rhs=expression, certificate=None))


def decided(mutant: Mutated) -> Report:
    if mutant.slip == BILLIONTH:
        report = check(mutant.claim, methods=[BallDecision()])
        if report.verdict is Verdict.REFUTED:
            return report
    report = check(mutant.claim)
    if report.verdict is Verdict.PROVED:
        second = check(mutant.claim, methods=[BallDecision()])
        return Report(mutant.claim, (*report.evidence, *second.evidence))
    return report


def reason(report: Report) -> str:
    """Why a slip is neither refuted nor proved, where that is known; else empty."""
    wrong, verdict = report.claim, report.verdict
    if wrong.rhs.has(Limit) and verdict is Verdict.UNDECIDED:
        return "a limit of what is rational in no exponential"
    if wrong.relation is not Relation.EQUAL and verdict is Verdict.AGREES:
        return "a looser bound, true without a certificate"
    if any(item.within == 0 and item.effective for item in report.evidence) and verdict is Verdict.AGREES:
        return "both sides are exactly 0 at every point that is decided"
    if verdict is Verdict.VACUOUS and not any(item.effective for item in report.evidence):
        return "a side without a value at every point"
    return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="entries; all, if none is named")
    parser.add_argument("--share", type=int, default=1, help="only one mutant in so many")
    asked = parser.parse_args()
    entries = map(find, asked.names) if asked.names else derivations()
    claims = [claim for entry in entries for claim in claims_of(entry)]
    verdicts: Counter[str] = Counter()
    slips: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    started = time.process_time()
    for claim in claims:
        for mutant in mutated(claim, asked.share):
            report = decided(mutant)
            verdict = report.verdict
            verdicts[verdict.name] += 1
            slips[mutant.slip] += verdict is Verdict.REFUTED
            if verdict not in (Verdict.REFUTED, Verdict.PROVED):
                why = reason(report)
                reasons[f"{verdict.name}, {why or 'no reason known'}"] += 1
                if not why:
                    show(claim, mutant, verdict)
    print(f"{len(claims)} claims, {verdicts.total()} mutants, {time.process_time() - started:.0f} CPU seconds")
    print("verdicts:", counts(verdicts))
    print("neither refuted nor proved:", counts(reasons) or "none")
    print("refuted by slip:", counts(slips))


def counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counter.most_common())


def show(claim: Claim, mutant: Mutated, verdict: Verdict) -> None:
    wrong = mutant.claim
    print(f"{verdict.name}: {claim.name}, {mutant.slip}: {wrong.lhs} {wrong.relation.value} {wrong.rhs}", flush=True)


if __name__ == "__main__":
    main()
