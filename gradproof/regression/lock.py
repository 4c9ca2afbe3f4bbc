"""A lock: the formulas of documents and of the catalogue as they were accepted, to be compared by their meaning.

What is written in another way and is proved to mean the same is no change. What is refuted is one, with the point at
which both differ; and what is not known to mean the same has to be looked at by a person, and is never called a change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, TypeAlias

from gradproof.documents import FileProblem
from gradproof.documents.files import read_text
from gradproof.verify.verdict import Counterexample
from gradproof.verify.whole_file import write_whole

SCHEMA = "gradproof/lock/1"


class BadLock(ValueError):  # noqa: N818 - it is the reader's, not ours
    """A file that is no lock; the text says why."""


class Standing(Enum):
    """How a formula stands to the one that was accepted; each value is what a reader sees."""

    SAME = "unchanged"
    REWRITTEN = "written in another way, with the same meaning"
    NEW = "new"
    CHANGED = "CHANGED"
    UNSURE = "not known to mean the same"
    GONE = "gone"

    @property
    def accepted(self) -> bool:
        """Whether it needs nobody's consent."""
        return self in (Standing.SAME, Standing.REWRITTEN, Standing.NEW)


@dataclass(frozen=True, slots=True)
class Formula:
    """What a chain states: its first and its last member.

    condition  what it holds under, empty if nothing
    defines    whether it defines its left side, so that what follows rests on it
    """

    left: str
    sign: str
    right: str
    condition: str = ""
    defines: bool = False

    def __str__(self) -> str:
        condition = f"   ({self.condition})" if self.condition else ""
        return f"{self.left} {self.sign} {self.right}{condition}"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The formulas of a file or of an entry of the catalogue, by name, and the declarations that they stand under."""

    declared: tuple[str, ...] = ()
    formulas: Mapping[str, Formula] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"declared": list(self.declared), "formulas": {name: asdict(f) for name, f in self.formulas.items()}}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Snapshot:
        """The snapshot that `to_json` wrote. Raises KeyError, TypeError or AttributeError for another document."""
        formulas = {name: Formula(**parts) for name, parts in data["formulas"].items()}
        snapshot = cls(tuple(data["declared"]), formulas)
        kinds = [[type(part) for part in astuple(formula)] for formula in formulas.values()]
        right = [type(part) for part in astuple(Formula("", "", ""))]
        if not all(isinstance(line, str) for line in snapshot.declared) or any(kind != right for kind in kinds):
            raise TypeError("a part of another type")
        return snapshot


@dataclass(frozen=True, slots=True)
class Decision:
    """What is known of two formulas: whether they are the same (None if unknown), where they differ, or why not."""

    same: bool | None
    reason: str = ""
    point: Counterexample | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """How one formula of a source stands to what was accepted."""

    source: str
    name: str
    standing: Standing
    before: str = ""
    now: str = ""
    reason: str = ""


#: Decides whether two formulas of this name mean the same.
Decide: TypeAlias = Callable[[str, Formula, Formula], Decision]
#: How the declarations of a source are named, among its formulas, whose names are never empty.
DECLARATIONS = ""


def changes(source: str, before: Snapshot, now: Snapshot, decide: Decide) -> Iterator[Change]:
    """How each formula of `now` stands to that of the same name in `before`, then what is gone.

    An earlier formula is read with what is known now. Where that is not what was known then, since a declaration or a
    definition before it is not as it was, nothing is called CHANGED: its text may have been adapted to that.
    """
    gone = [name for name in before.formulas if name not in now.formulas]
    shaken = any(before.formulas[name].defines for name in gone)
    if before.formulas and sorted(before.declared) != sorted(now.declared):
        shaken = True
        reason = "formulas stand under other declarations"
        old, new = ("\n".join(sorted(each.declared)) for each in (before, now))
        yield Change(source, DECLARATIONS, Standing.UNSURE, old, new, reason)
    for name, formula in now.formulas.items():
        known = before.formulas.get(name)
        if known is None:
            yield Change(source, name, Standing.NEW, now=str(formula))
        elif str(known) == str(formula):
            yield Change(source, name, Standing.SAME, str(known), str(formula))
        else:
            found = decide(name, known, formula)
            if found.same is False and shaken:
                found = Decision(None, "what it stands under is not as it was")
            standing = {True: Standing.REWRITTEN, False: Standing.CHANGED, None: Standing.UNSURE}[found.same]
            shaken = shaken or (not standing.accepted and (known.defines or formula.defines))
            yield Change(source, name, standing, str(known), str(formula), _words(found))
    for name in gone:
        yield Change(source, name, Standing.GONE, before=str(before.formulas[name]))


def _words(found: Decision) -> str:
    if found.point is None:
        return found.reason
    where = str(found.point).rsplit(": left ", 1)[0]
    return f"at {where}: before {found.point.lhs}, now {found.point.rhs}".replace("-", "−")


def accepted(before: Snapshot, now: Snapshot, found: list[Change]) -> Snapshot:
    """What is locked without anybody's consent: what is new or means the same; of the rest, what was accepted."""
    kept = {change.name: change for change in found}
    formulas = {
        name: formula if kept[name].standing.accepted else before.formulas[name]
        for name, formula in now.formulas.items()
    }
    gone = {name: formula for name, formula in before.formulas.items() if name not in now.formulas}
    return Snapshot(before.declared if DECLARATIONS in kept else now.declared, formulas | gone)


def read_lock(path: Path) -> dict[str, Snapshot]:
    """The snapshots of a lock by source. Raises BadLock."""
    try:
        document = json.loads(read_text(path))
        if document["schema"] != SCHEMA:
            raise BadLock(f"{path} has the schema {document['schema']!r}; this version reads {SCHEMA}")
        return {source: Snapshot.from_json(data) for source, data in document["sources"].items()}
    except FileProblem as problem:
        raise BadLock(str(problem)) from problem
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        if isinstance(problem, BadLock):
            raise
        raise BadLock(f"{path} is no lock") from problem


def write_lock(path: Path, snapshots: Mapping[str, Snapshot]) -> None:
    """Write a lock. Raises OSError."""
    sources = {source: snapshots[source].to_json() for source in sorted(snapshots)}
    write_whole(path, json.dumps({"schema": SCHEMA, "sources": sources}, indent=1) + "\n")
