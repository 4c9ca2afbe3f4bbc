"""`gradproof lock`: formulas are compared with what was accepted, and what means something else must be accepted."""

from __future__ import annotations

import difflib
import glob
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .documents import Request, in_children
from .exits import OK, OPEN, WRONG, CommandError
from .selection import select
from .sources import STDIN, inputs
from .terminal import Bar, hanging, harmless, paint

if TYPE_CHECKING:
    from gradproof.grading.checking import Checking
    from gradproof.regression.lock import Change, Decision, Formula, Snapshot
    from gradproof.regression.snapshots import Taken


@dataclass(frozen=True, slots=True)
class Locking:
    """What is done with a lock.

    file    where it is
    check   nothing is written, and what is new has to be locked first
    accept  everything is taken as it is now
    """

    file: Path
    check: bool = False
    accept: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file or an entry of the catalogue: its name in the lock, and how its snapshot is taken."""

    key: str
    take: Callable[[Checking], Taken]


def lock_formulas(request: Request, locking: Locking) -> int:
    """Compare formulas with the lock, tell what is not as it was, write what counts from now on; the exit code.

    The request has names of files and of derivations; none means all that the lock has. Raises CommandError.
    """
    if locking.check and locking.accept:
        raise CommandError("--check writes nothing and --accept takes everything; give one of them")
    from gradproof.regression.lock import Snapshot, accepted, changes

    locked = _locked(locking.file)
    sources, gone = _sources(request.names, locked, locking.file.parent)

    def compare(source: Source, checking: Checking) -> tuple[Taken, list[Change]]:
        taken = source.take(checking)
        before = locked.get(source.key, Snapshot())
        return taken, list(changes(source.key, before, taken.snapshot, taken.decided(checking)))

    told: list[Change] = []
    fresh = dict(locked)
    names = [source.key for source in sources]
    with Bar(len(names)) as bar, closing(in_children(request, sources, compare)) as results:
        for key, (taken, found) in zip(names, bar.along(names, results), strict=True):
            if taken.problem:
                raise CommandError(taken.problem)
            before = locked.get(key, Snapshot())
            fresh[key] = taken.snapshot if locking.accept else accepted(before, taken.snapshot, found)
            told.extend(found)
    for key in gone:
        told.extend(changes(key, locked[key], Snapshot(locked[key].declared), _never))
        if locking.accept:
            del fresh[key]
    print("\n".join(_told(told, locking)))
    if not locking.check and fresh != locked:
        _write(locking.file, fresh)
    return _exit_code(told, locking)


def _never(name: str, before: Formula, now: Formula) -> Decision:
    raise AssertionError("nothing is left to be compared")


# What is locked


def _locked(path: Path) -> dict[str, Snapshot]:
    from gradproof.regression.lock import BadLock, read_lock

    if not path.exists():
        return {}
    try:
        return read_lock(path)
    except BadLock as problem:
        raise CommandError(str(problem)) from problem


def _write(path: Path, snapshots: dict[str, Snapshot]) -> None:
    from gradproof.regression.lock import write_lock

    try:
        write_lock(path, snapshots)
    except OSError as problem:
        raise CommandError(f"{path} cannot be written: {problem.strerror}") from problem


def _sources(names: Sequence[str], locked: dict[str, Snapshot], folder: Path) -> tuple[list[Source], list[str]]:
    """What is to be compared, each once, and what the lock has that is there no longer."""
    from gradproof.derivations import catalogue

    found: dict[str, Source] = {}
    gone = []
    for name in names:
        if name == STDIN:
            raise CommandError("what comes from standard input cannot be locked; name a file")
        for source in _files(name, folder) if _is_file(name) else [_entry(name)]:
            found.setdefault(source.key, source)
    for key in () if names else locked:
        if _is_file(key) and (folder / key).exists():
            found[key] = _file(str(folder / key), key)
        elif not _is_file(key) and key in catalogue.names():
            found[key] = _entry(key)
        else:
            gone.append(key)
    if not names and not locked:
        raise CommandError("nothing is locked yet; name files or derivations")
    return list(found.values()), gone


def _is_file(name: str) -> bool:
    """Whether a name is that of a file, a folder or a pattern, and not that of an entry of the catalogue."""
    from gradproof.documents import KINDS

    return Path(name).suffix.lower() in KINDS or os.sep in name or glob.has_magic(name) or Path(name).exists()


def _files(name: str, folder: Path) -> Iterator[Source]:
    for each in inputs([name]):
        yield _file(each.shown, Path(os.path.relpath(each.shown, folder)).as_posix())


def _file(shown: str, key: str) -> Source:
    from gradproof.documents import read_document
    from gradproof.regression.snapshots import of_document

    return Source(key, lambda checking: of_document(shown, checking, read_document, Path(shown), shown))


def _entry(name: str) -> Source:
    from gradproof.regression.snapshots import of_derivation

    (derivation,) = select([name])
    return Source(derivation.name, lambda checking: of_derivation(derivation))


# What is told


def _told(found: list[Change], locking: Locking) -> Iterator[str]:
    from gradproof.regression.lock import Standing

    for change in found:
        if change.standing is Standing.SAME:
            continue
        where = paint(harmless(f"{change.source}: {change.name or 'declarations'}"), "name")
        style = "faint" if change.standing.accepted else "bad" if change.standing is Standing.CHANGED else "open"
        yield hanging(f"{where}: {paint(change.standing.value, style)}", 0, 4)
        yield from _diff(change)
        if change.reason:
            yield "    " + hanging(harmless(change.reason), 4, 6)
    counts = Counter(change.standing for change in found)
    number = f"{len(found)} {'formula' if len(found) == 1 else 'formulas'}"
    parts = [f"{standing.value} {counts[standing]}" for standing in Standing if counts[standing]]
    yield hanging(f"{number}: {', '.join(parts)}" if parts else number, 0, 2)
    if _exit_code(found, locking) != OK:
        way = "gradproof lock" if all(change.standing.accepted for change in found) else "gradproof lock --accept"
        yield f"{way} takes them as they are"


def _diff(change: Change) -> Iterator[str]:
    """The lines that went and those that came; a formula on one line, however long it is, so that it can be copied."""
    for line in difflib.ndiff(change.before.splitlines(), change.now.splitlines()):
        if line.startswith(("- ", "+ ")):
            yield paint(f"    {harmless(line)}", "bad" if line.startswith("-") else "good")


def _exit_code(found: list[Change], locking: Locking) -> int:
    from gradproof.regression.lock import Standing

    if locking.accept:
        return OK
    standings = {change.standing for change in found}
    if standings & {Standing.CHANGED, Standing.GONE} or (locking.check and Standing.NEW in standings):
        return WRONG
    return OPEN if Standing.UNSURE in standings else OK
