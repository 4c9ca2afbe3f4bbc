"""Deciding the claims of lines: what was decided is not decided again.

Many people write the same line, and one line is compared with several others. Within one process an equal claim under
an equal budget has an equal report, unless the clock or the memory had a part in it; those reports are not kept. While
`remembering`, what earlier runs have decided is looked up in a folder, and what is decided now is kept there. Most
relations that are tried beside a line do not hold, and that is seen before anything is proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gradproof.verify.cache import Setting, Store, VerdictCache
from gradproof.verify.check import Task, check, default_methods
from gradproof.verify.claim import Claim
from gradproof.verify.record import Record
from gradproof.verify.verdict import Budget, Evidence, Method, Report, Verdict

#: The work for a relation of which many are tried beside one line; the clock is a guard far above it.
LITTLE = Budget(work=200_000, points=40, seconds=40.0)
#: How many reports are kept.
_MOST = 4096
#: What is said of a relation that was tried and is seen to fail.
APART = "the sides differ where they were looked at"


@dataclass(slots=True)
class Remembered:
    """Where verdicts of earlier runs are kept (None: nowhere), and whether another run would find all reports again."""

    folder: Path | None
    steady: bool = True


_now: ContextVar[Remembered | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering(folder: Path | None) -> Iterator[Remembered]:
    """While this is open, claims are looked up in the folder first, and it is noticed if the clock has a part."""
    now = Remembered(folder)
    token = _now.set(now)
    try:
        yield now
    finally:
        _now.reset(token)


class _Passing(Exception):  # noqa: N818 - it carries a report past the cache, which keeps no exceptions
    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def decide(claim: Claim, seed: int, budget: Budget) -> Report:
    """The report of `check`, perhaps of an equal claim before."""
    try:
        return _kept(claim, seed, budget)
    except _Passing as passing:
        now = _now.get()
        if now is not None:
            now.steady = False
        return passing.report


def tried(claim: Claim, seed: int, budget: Budget) -> Report:
    """The report of `decide`, or UNDECIDED without a point for a claim that is seen to fail.

    For what nobody is shown: whether a line would hold if something else were said.
    """
    if seen_apart(claim, seed):
        return Report(claim, (Evidence("balls", Verdict.UNDECIDED, detail=APART, seed=seed),))
    return decide(claim, seed, budget)


@lru_cache(_MOST)
def seen_apart(claim: Claim, seed: int) -> bool:
    """Whether the sides are seen to differ at one of a few points."""
    from gradproof.verify.intervals.apart import apart  # NumPy is not needed to know what a document holds

    return apart(claim, seed)


@lru_cache(_MOST)
def _kept(claim: Claim, seed: int, budget: Budget) -> Report:
    now = _now.get()
    cache = _cache(now.folder, seed, budget) if now is not None and now.folder is not None else None
    task = Task(claim)
    known = cache.report(task) if cache is not None else None
    if known is not None:
        return known[0]
    report = check(claim, seed=seed, budget=budget, methods=_methods(claim, seed))
    for item in report.evidence:
        if item.verdict in (Verdict.ERROR, Verdict.UNAVAILABLE) or item.late:
            raise _Passing(report)
    if cache is not None:
        cache.keep(task, Record.of(report))
    return report


@lru_cache
def _cache(folder: Path, seed: int, budget: Budget) -> VerdictCache:
    return VerdictCache(Store(folder), Setting(seed=seed, budget=budget))


def _methods(claim: Claim, seed: int) -> tuple[Method, ...]:
    """The methods of `check`; for what is seen to fail, the search for a point comes before those that prove."""
    methods = default_methods()
    if claim.operation is not None or not seen_apart(claim, seed):
        return methods
    return tuple(sorted(methods, key=lambda method: method.name != "balls"))
