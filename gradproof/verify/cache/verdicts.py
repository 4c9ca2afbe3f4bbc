"""The verdicts of earlier runs: of single claims, and of whole entries of the catalogue.

An entry is found by its name and the content of every source file that has to do with it, so that a second run needs
neither SymPy nor the derivations. A claim is found by what it says, so that a change of one entry leaves the verdicts
on the others, and claims of anybody's documents are kept as well. Kept is only what a second run would find again.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from ..check import Task
from ..record import Record
from ..verdict import Budget, Report, Verdict
from . import sources
from .store import Store

#: The verdicts that are kept. The others ask for another try: with more time, or when what was missing is there.
DECIDED = (Verdict.PROVED, Verdict.AGREES, Verdict.REFUTED)


@dataclass(frozen=True, slots=True)
class Setting:
    """What was asked for, on which the verdicts depend."""

    torch: bool = False
    device: str = "cpu"
    seed: int = 0
    budget: Budget = field(default_factory=Budget)


class VerdictCache:
    """Verdicts under one setting, in a store; without one nothing is found and nothing is kept."""

    def __init__(self, store: Store | None, setting: Setting) -> None:
        self.setting = setting
        self.device = sources.device_identity(setting.device) if store and setting.torch else "cpu"
        usable = sources.complete() and sources.digest(sources.CATALOGUE) and self.device is not None
        self.store = store if usable else None

    def names(self) -> list[str] | None:
        """The names of the entries of the catalogue, in their order, if they are known."""
        found = self._get("names")
        return found if isinstance(found, list) and all(isinstance(name, str) for name in found) else None

    def keep_names(self, names: Sequence[str]) -> None:
        if sources.complete():
            self._put(list(names), "names")

    def entry(self, name: str) -> tuple[Record, ...] | None:
        """The records of an entry of the catalogue or of a case of it, if all of them are kept."""
        found = self._get("entry", name, self._asked())
        return _records(found) if isinstance(found, list) else None

    def keep_entry(self, name: str, records: Iterable[Record]) -> None:
        kept = tuple(records)
        if kept and all(map(lasting, kept)):
            self._put([record.document for record in kept], "entry", name, self._asked())

    def report(self, task: Task) -> tuple[Report, Record] | None:
        """The report that an earlier run of the task gave, and its record."""
        key = self._task(task)
        found = _records([self.store.get(key)]) if self.store and key else None
        try:
            return (found[0].report(task.claim), found[0]) if found else None
        except ValueError:
            return None

    def keep(self, task: Task, record: Record) -> None:
        key = self._task(task) if lasting(record) else ""
        if key:
            self._store(key, record.document)

    def _get(self, *about: Any) -> Any:
        return self.store.get(_key(sources.digest(sources.CATALOGUE), *about)) if self.store else None

    def _put(self, value: Any, *about: Any) -> None:
        self._store(_key(sources.digest(sources.CATALOGUE), *about), value)

    def _store(self, key: str, value: Any) -> None:
        if self.store and sources.unchanged():
            self.store.put(key, value)

    def _asked(self) -> list[Any]:
        return [asdict(self.setting), self.device, sources.versions()]

    def _task(self, task: Task) -> str:
        """The key of a task; empty if it has none. Where no oracle is asked, it does not matter which were allowed."""
        from .fingerprint import fingerprint

        try:
            oracles = [hashlib.sha256(pickle.dumps(oracle)).hexdigest() for oracle in task.oracles]
            claim = fingerprint(task.claim)
        except (TypeError, AttributeError, pickle.PicklingError):
            return ""
        asked = [self.setting.seed, asdict(self.setting.budget), self.device if oracles else "", sources.versions()]
        return _key(sources.digest(sources.PROVERS), "claim", claim, oracles, asked)


def lasting(record: Record) -> bool:
    """Whether a second run would find the same: the claim is decided, nothing failed, and the clock decided nothing."""
    passing = any(
        item.verdict in (Verdict.ERROR, Verdict.UNAVAILABLE) or item.late for item in record.evidence
    )
    return record.verdict in DECIDED and not passing


def _records(documents: list[Any]) -> tuple[Record, ...] | None:
    try:
        records = tuple(map(Record.read, documents))
    except ValueError:
        return None
    return records if records and all(map(lasting, records)) else None


def _key(*about: Any) -> str:
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()
