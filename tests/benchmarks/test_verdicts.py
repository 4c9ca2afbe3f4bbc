"""A share of what `mutate_everything.py` and `false_alarms.py` do in full: falsehoods are refuted, truths are not.

The shares are chosen by name and seed, so that they are the same in every run.
"""

from __future__ import annotations

import zlib
from collections import Counter

import pytest

from gradproof.derivations.catalogue import derivations
from gradproof.verify.check import claims_of
from gradproof.verify.intervals import BallDecision
from gradproof.verify.intervals.decide import WITHIN, Outcome
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Verdict

from .loading import load

load("measuring")
everything, alarms = load("mutate_everything"), load("false_alarms")

#: One in so many of all slips in all lines, and of all true claims.
SLIPS, TRUTHS = 60, 3
#: How much is decided of what is drawn in a mode, at least. The exponentials of 2^±1000 keep no digit in any precision.
DECIDED = {Mode.POWERS: 0.1, Mode.WIDE: 0.4, Mode.BOUNDED: 0.6, Mode.TIES: 0.7}


def test_a_share_of_all_slips_in_all_lines() -> None:
    """Whatever is not refuted is proved harmless, or is of a kind for which it is known why; nothing fails."""
    verdicts: Counter[Verdict] = Counter()
    slips: Counter[str] = Counter()
    for derivation in derivations():
        for claim in claims_of(derivation):
            for mutant in everything.mutated(claim, SLIPS):
                report = everything.decided(mutant)
                verdicts[report.verdict] += 1
                slips[mutant.slip] += report.verdict is Verdict.REFUTED
                what = f"{mutant.claim.name}, {mutant.slip}: {report.verdict.name}"
                if report.verdict is Verdict.REFUTED:
                    point = report.counterexample
                    assert point is not None and point.lhs != point.rhs, what
                elif report.verdict is Verdict.PROVED:
                    numbers = BallDecision().run(mutant.claim, Budget(points=50, enclosures=200), 0)
                    assert numbers.verdict is not Verdict.REFUTED, what
                else:
                    assert everything.reason(report), what
    assert verdicts.total() >= 100
    assert verdicts[Verdict.REFUTED] >= 0.85 * verdicts.total()
    assert verdicts[Verdict.AGREES] + verdicts[Verdict.UNDECIDED] <= 0.03 * verdicts.total()
    assert len(+slips) >= 12 and slips[everything.BILLIONTH] >= 3


@pytest.mark.parametrize("mode", Mode)
def test_no_truth_is_called_different(mode: Mode) -> None:
    claims = [claim for claim in alarms.true_claims() if zlib.crc32(claim.name.encode()) % TRUTHS == 0]
    assert len(claims) >= 30
    found = alarms.tally(claims, mode, Budget(points=12, enclosures=300), 7)
    assert found.outcomes[Outcome.DIFFERENT] == 0, found.where
    places = sum(found.outcomes.values()) - found.outcomes[Outcome.OUTSIDE]
    decided = found.outcomes[Outcome.AGREES] + found.outcomes[Outcome.ZERO]
    assert places >= 2000 and found.escalated > 0 and 0 < found.within <= WITHIN
    assert decided >= DECIDED.get(mode, 0.7) * places, decided / places
