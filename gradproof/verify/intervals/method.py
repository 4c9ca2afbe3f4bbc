"""The method "balls": a counterexample that a person can follow, or agreement within a proved bound.

Small rational points are looked at first. Where they show nothing, both sides are compared at seeded points of every
mode and several sizes, at every place of the free indices: in float64 with error bounds, and where these leave it open,
in Arb. A place that float64 calls different is a candidate until enclosures confirm it. The left side `Partial(f, t)`
is evaluated from f by dual numbers, so that this side is given the forward expression only.

Every defined tensor has the value that its definition gives, also where a claim does not need the definition: what is
tried is the line itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.failure import explained
from gradproof.verify.numeric.agreement import ARRAY_SHARE, describe, pointless
from gradproof.verify.numeric.bounded import LIBRARY_ULPS
from gradproof.verify.numeric.points import Sample, functions_in, samples
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Counterexample, Evidence, Verdict

from .balls import Balls, best_balls
from .decide import Decided, Outcome, escalate, in_floats, parts
from .refute import among, search
from .standins import WAVE, StandIn

#: With fewer places than these that say something, the check has said nothing.
FEWEST = 32


class BallDecision:
    """REFUTED with an exact point, AGREES, VACUOUS, or UNDECIDED with a candidate for a counterexample."""

    name = "balls"

    def __init__(self, balls: Balls | None = None, modes: tuple[Mode, ...] = tuple(Mode)) -> None:
        self.balls = balls or best_balls()
        self.modes = modes

    def supports(self, claim: Claim) -> str:
        return pointless(claim)

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence:
        """What is found; an exception becomes ERROR."""
        try:
            found, drawn = search(claim, budget, seed, self.balls)
            if found is not None:
                return self._refuted(found, drawn, seed)
            tally, searched = Tally(), {Mode.SMALL}
            for decided, sample in decisions(claim, budget, seed, self.balls, self.modes, tally):
                tally.count(claim, sample, decided)
                suspects = decided.points(Outcome.DIFFERENT)
                if len(suspects) and sample.mode not in searched:  # perhaps it shows at small sizes, too
                    searched.add(sample.mode)
                    found, more = search(claim, budget, seed, self.balls, sample.mode)
                    drawn += more
                found = found or among(claim, sample, suspects, standin_for(claim), self.balls)
                if found is not None:
                    return self._refuted(found, drawn + tally.points, seed)
        except Unsupported as reason:
            return Evidence(self.name, Verdict.UNDECIDED, detail=str(reason), seed=seed)
        except Exception as problem:  # a method never raises; its failure is evidence, with the text
            return Evidence(self.name, Verdict.ERROR, detail=explained(problem), seed=seed)
        return tally.evidence(self.name, self.balls.name, seed)

    def _refuted(self, found: Counterexample, drawn: int, seed: int) -> Evidence:
        scope = ", ".join(f"{name} = {size}" for name, size in found.sizes.items())
        return Evidence(self.name, Verdict.REFUTED, scope, str(found), drawn, seed=seed, counterexample=found)


def standin_for(claim: Claim) -> StandIn | None:
    """What stands for the opaque activations of a claim, if it has any."""
    names = functions_in(claim)
    return WAVE.among(names) if names else None


def decisions(
    claim: Claim, budget: Budget, seed: int, balls: Balls, modes: tuple[Mode, ...], tally: Tally
) -> Iterator[tuple[Decided, Sample]]:
    """Samples of every mode with the outcome of every place; escalations are shared out evenly among the samples."""
    drawn = list(samples(claim, seed, budget.points, budget.work // ARRAY_SHARE, modes))
    left, standin = budget.enclosures, standin_for(claim)
    for number, whole in enumerate(drawn):
        share = left // (len(drawn) - number)
        for sample in parts(claim, whole):
            decided = in_floats(claim, sample, standin)
            before = int((decided.outcomes == Outcome.UNDECIDED).sum())
            spent = escalate(claim, sample, decided, balls, share, standin)
            share, left = share - spent, left - spent
            tally.escalated += before - int((decided.outcomes == Outcome.UNDECIDED).sum())
            yield decided, sample


@dataclass(slots=True)
class Tally:
    """How many places of how many points have which outcome, and the worst of them."""

    points: int = 0
    escalated: int = 0
    within: float = 0.0
    worst: float = 0.0
    where: str = ""
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))

    def count(self, claim: Claim, sample: Sample, decided: Decided) -> None:
        for outcome in Outcome:
            self.outcomes[outcome] += int((decided.outcomes == outcome).sum())
        self.points += sample.points
        self.within = max(self.within, float(decided.within.max()))
        settled = np.where(decided.outcomes == Outcome.DIFFERENT, decided.suspicion, np.minimum(decided.suspicion, 1))
        self.worst = max(self.worst, float(settled.max()))
        if self.outcomes[Outcome.DIFFERENT] and not self.where:  # the first is of the tamest mode
            place = np.unravel_index(int(settled.argmax()), settled.shape)
            self.where = describe(claim, sample, place, *decided.values)

    def evidence(self, name: str, enclosures: str, seed: int) -> Evidence:
        counted = self.outcomes
        effective = counted[Outcome.AGREES] + counted[Outcome.ZERO]
        if counted[Outcome.DIFFERENT]:
            verdict = Verdict.UNDECIDED
            detail = f"a candidate for a counterexample, one of {counted[Outcome.DIFFERENT]}: {self.where}"
        elif effective < FEWEST:
            verdict = Verdict.VACUOUS
            detail = f"{effective} places of {sum(counted.values())} say something, fewer than {FEWEST}"
        else:
            verdict, detail = Verdict.AGREES, self._agreement(enclosures)
        return Evidence(
            name,
            verdict,
            scope=f"{self.points} points, float64 and {enclosures}",
            detail=detail,
            drawn=sum(counted.values()),
            effective=effective,
            escalated=self.escalated,
            worst=self.worst,
            within=self.within,
            seed=seed,
            device="cpu",
            versions={"numpy": np.__version__},
        )

    def _agreement(self, enclosures: str) -> str:
        said = {
            f"proved to differ by at most {self.within:.1g} of themselves": self.outcomes[Outcome.AGREES],
            "both 0": self.outcomes[Outcome.ZERO],
            "open": self.outcomes[Outcome.UNDECIDED],
            f"decided by {enclosures}": self.escalated,
        }
        parts = ", ".join(f"{words}: {places} places" for words, places in said.items() if places)
        return f"{parts}; library functions taken as right to {LIBRARY_ULPS} units in the last place"
