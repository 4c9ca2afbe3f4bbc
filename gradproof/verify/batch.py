"""Many derivations: their claims are checked at the same time, and what an earlier run found is not searched again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from .cache import Setting, VerdictCache
from .check import Task, gather, tasks_of
from .guard import Ask, guarded
from .record import Record
from .running import supervised
from .verdict import Report

if TYPE_CHECKING:
    from gradproof.derivations.calculus import Derivation

Found: TypeAlias = tuple[Report, Record]


@dataclass(frozen=True, slots=True)
class Checked:
    """A derivation with a report for each of its claims, in the order of `claims_of`, and the reports as documents."""

    derivation: Derivation
    reports: tuple[Report, ...]
    records: tuple[Record, ...]


def verify_derivations(
    derivations: Iterable[Derivation],
    setting: Setting | None = None,
    *,
    executor: Executor | None = None,
    cache: VerdictCache | None = None,
    at_once: int | None = None,
) -> Iterator[Checked]:
    """Checks derivations. Returns an iterator over what was found of each, in this order, as soon as it is done.

    setting     what is asked for: Torch, the device, the seed, the budget
    executor    where the methods run, e.g. a `ChildPool`; None: in this process, one claim after the other
    cache       what earlier runs found; None: everything is checked now
    at_once     how many claims are under way at the same time; by default twice as many as a ChildPool has children
    The reports do not depend on the last three. Raises nothing: what fails is evidence, as in `check`.
    """
    asked = setting or Setting()
    with _runner(executor, at_once) as (start, ask):
        report = partial(_report, asked, cache or VerdictCache(None, asked), ask)
        under_way = [
            (derivation, [start(partial(report, task)) for task in tasks_of(derivation, asked.torch, asked.device)])
            for derivation in derivations
        ]
        for derivation, results in under_way:
            found = [result() for result in results]
            yield Checked(derivation, tuple(report for report, _ in found), tuple(record for _, record in found))


def _report(setting: Setting, cache: VerdictCache, ask: Ask, task: Task) -> Found:
    known = cache.report(task)
    if known is not None:
        return known
    report = gather(task, seed=setting.seed, budget=setting.budget, ask=ask)
    record = Record.of(report)
    cache.keep(task, record)
    return report, record


@contextmanager
def _runner(
    executor: Executor | None, at_once: int | None
) -> Iterator[tuple[Callable[[Callable[[], Found]], Callable[[], Found]], Ask]]:
    """How work is started (it gives a way to wait for the result), and how methods are asked."""
    if executor is None:
        yield (lambda work: work), guarded
        return
    threads = ThreadPoolExecutor(at_once or 2 * getattr(executor, "jobs", 16), "gradproof-claim")
    try:
        yield (lambda work: threads.submit(work).result), supervised(executor)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
