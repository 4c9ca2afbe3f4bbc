"""Checks for the commands: in child processes, and not again where an earlier run has the verdict."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gradproof.verify.batch import Checked, verify_derivations
from gradproof.verify.cache import Setting, Store, VerdictCache, default_folder
from gradproof.verify.record import Record
from gradproof.verify.running import ChildPool, Limits, start_server

from .selection import select
from .terminal import complain

if TYPE_CHECKING:
    from gradproof.derivations.calculus import Derivation

#: Seconds that a child has beyond those of a method, which stops by itself if it can.
GRACE = 5.0


@dataclass(frozen=True, slots=True)
class Options:
    """How checks are done. The verdicts depend on the first three only.

    jobs     the number of child processes; None: one for each core
    cached   whether verdicts of earlier runs are used and kept
    """

    torch: bool = False
    device: str = "cpu"
    seed: int = 0
    jobs: int | None = None
    cached: bool = True

    @property
    def setting(self) -> Setting:
        return Setting(self.torch, self.device, self.seed)

    def pool(self) -> ChildPool:
        """Child processes. On a GPU their memory is not limited: its driver reserves far more than it uses."""
        seconds = self.setting.budget.seconds + GRACE
        return ChildPool(self.jobs, Limits(seconds) if self.device == "cpu" else Limits(seconds, memory=None))

    def cache(self) -> VerdictCache:
        return VerdictCache(Store(default_folder()) if self.cached else None, self.setting)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be shown: derivations by name, what is kept of them, and those of which something is missing."""

    names: tuple[str, ...]
    kept: dict[str, tuple[Record, ...]]
    missing: tuple[Derivation, ...]
    options: Options
    cache: VerdictCache

    def results(self) -> Generator[tuple[str, tuple[Record, ...]]]:
        """Each derivation by name, with its records, as soon as it is checked."""
        with closing(checked(self.missing, self.options, self.cache)) as found:
            for name in self.names:
                records = self.kept.get(name)
                if records is None:
                    records = next(found).records
                    self.cache.keep_entry(name, records)
                yield name, records


def planned(names: Sequence[str], options: Options) -> Plan:
    """The plan for the derivations of these names (none: all of them).

    If verdicts on all of them are kept, nothing is derived. Raises CommandError for an unknown name.
    """
    cache = options.cache()
    chosen = tuple(dict.fromkeys(names or cache.names() or ()))
    kept = {name: records for name in chosen if (records := cache.entry(name)) is not None}
    if chosen and len(kept) == len(chosen):
        return Plan(chosen, kept, (), options, cache)
    start_server()  # it loads while the catalogue is derived
    derivations = select(names)
    chosen = tuple(derivation.name for derivation in derivations)
    if not names:
        cache.keep_names(chosen)
    return Plan(chosen, kept, tuple(each for each in derivations if each.name not in kept), options, cache)


def checked(
    derivations: Sequence[Derivation], options: Options, cache: VerdictCache | None = None
) -> Generator[Checked]:
    """Each of these derivations with its reports, as soon as it is checked, by children that end with this."""
    kept = cache or options.cache()
    try:
        with options.pool() as pool:
            yield from verify_derivations(derivations, options.setting, executor=pool, cache=kept)
    finally:
        if kept.store and kept.store.written:
            kept.store.tidy()
        if kept.store and kept.store.problem:
            complain(f"verdicts are not kept: {kept.store.problem}")
