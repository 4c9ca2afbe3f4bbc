"""True claims at many points of every mode: how many places are called different (none may be), how many are decided.

    python benchmarks/false_alarms.py [--points 100] [--seed 0] [--enclosures 20000] [--torch] [--device cpu]

Every result and textbook form of the catalogue is tried: a place is one component at one point. Each must come out as
within 1e-9 of each other (the bound that is proved is smaller, and is printed), or as exactly 0 on both sides, or as
open. With --torch the same claims are compared with Torch's autograd; what it calls more than rounding is counted.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator

from measuring import machine

from gradproof.derivations.catalogue import derivations
from gradproof.verify.check import RESULT, TEXTBOOK, claims_of, default_oracles
from gradproof.verify.claim import Claim
from gradproof.verify.intervals import BallDecision
from gradproof.verify.intervals.balls import best_balls
from gradproof.verify.intervals.decide import Outcome
from gradproof.verify.intervals.method import Tally, decisions
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget


def true_claims() -> Iterator[Claim]:
    """The results and textbook forms that have values at points."""
    method = BallDecision()
    for derivation in derivations():
        for claim in claims_of(derivation):
            if claim.name.endswith((RESULT, TEXTBOOK)) and not method.supports(claim):
                yield claim


def tally(claims: Iterable[Claim], mode: Mode, budget: Budget, seed: int) -> Tally:
    """All outcomes of these claims in one mode."""
    total, balls = Tally(), best_balls()
    for claim in claims:
        for decided, sample in decisions(claim, budget, seed, balls, (mode,), total):
            total.count(claim, sample, decided)
    return total


def in_balls(claims: list[Claim], budget: Budget, seed: int) -> int:
    """Prints a row for each mode and gives back the number of false alarms."""
    print("mode         places  within 1e-9   both 0     open   by Arb different  bound")
    together: Counter[Outcome] = Counter()
    escalated, within = 0, 0.0
    for mode in Mode:
        found = tally(claims, mode, budget, seed)
        row(mode.name, Counter(found.outcomes), found.escalated, found.within)
        if found.where:
            print(f"  {found.where}")
        together.update(found.outcomes)
        escalated, within = escalated + found.escalated, max(within, found.within)
    row("all", together, escalated, within)
    return together[Outcome.DIFFERENT]


def row(name: str, outcomes: Counter[Outcome], escalated: int, within: float) -> None:
    places = outcomes.total() - outcomes[Outcome.OUTSIDE]
    shares = [outcomes[outcome] / places for outcome in (Outcome.AGREES, Outcome.ZERO, Outcome.UNDECIDED)]
    agrees, zero, left = (f"{100 * share:.1f} %" for share in shares)
    alarms = outcomes[Outcome.DIFFERENT]
    print(f"{name:10} {places:8} {agrees:>12} {zero:>8} {left:>8} {escalated:8} {alarms:9}  {within:.1e}", flush=True)


def in_torch(claims: list[Claim], budget: Budget, seed: int, device: str) -> int:
    """Prints what the comparison with Torch's autograd says, and gives back the number of claims that it doubts."""
    alarms = 0
    for method in default_oracles(torch=True, device=device):
        if method.name == BallDecision.name:
            continue
        verdicts: Counter[str] = Counter()
        drawn = effective = doubted = 0
        for claim in claims:
            found = method.run(claim, budget, seed)
            verdicts[found.verdict.name] += 1
            drawn, effective = drawn + found.drawn, effective + found.effective
            if found.disagrees:
                doubted += 1
                print(f"  {claim.name}: {found.detail}")
        counts = ", ".join(f"{name} {count}" for name, count in verdicts.most_common())
        print(f"{method.name} ({device}): {drawn} places, {effective} effective, claims doubted {doubted}; {counts}")
        alarms += doubted
    return alarms


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=100, help="points of each mode for each claim")
    parser.add_argument("--enclosures", type=int, default=20_000, help="entries for Arb, per claim and mode")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--torch", action="store_true", help="compare with Torch's autograd as well")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    asked = parser.parse_args()
    print(machine("numpy", "python-flint"))
    claims, budget = list(true_claims()), Budget(points=asked.points, enclosures=asked.enclosures)
    started = time.process_time()
    alarms = in_balls(claims, budget, asked.seed)
    print(f"{len(claims)} claims, {time.process_time() - started:.0f} CPU seconds")
    if asked.torch:
        alarms += in_torch(claims, budget, asked.seed, asked.device)
    return 1 if alarms else 0


if __name__ == "__main__":
    sys.exit(main())
