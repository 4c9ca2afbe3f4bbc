"""Deciding the claims of lines: what was decided is not decided again.

Many people write the same line, and one line is compared with several others. Within one process an equal claim under
an equal budget has an equal report, unless the clock or the memory had a part in it; those reports are not kept.
"""

from __future__ import annotations

from functools import lru_cache

from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.guard import STOPPED
from gradproof.verify.verdict import Budget, Report, Verdict

#: How many reports are kept.
_MOST = 4096


class _Passing(Exception):  # noqa: N818 - it carries a report past the cache, which keeps no exceptions
    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def decide(claim: Claim, seed: int, budget: Budget) -> Report:
    """The report of `check`, perhaps of an equal claim before."""
    try:
        return _kept(claim, seed, budget)
    except _Passing as passing:
        return passing.report


@lru_cache(_MOST)
def _kept(claim: Claim, seed: int, budget: Budget) -> Report:
    report = check(claim, seed=seed, budget=budget)
    for item in report.evidence:
        if item.verdict in (Verdict.ERROR, Verdict.UNAVAILABLE) or item.detail.startswith(STOPPED):
            raise _Passing(report)
    return report
