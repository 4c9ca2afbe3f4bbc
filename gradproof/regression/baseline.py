"""A baseline: what is known to be wrong in a repository that takes up gradproof, so that only what is new fails.

A failure is known by its content and its file, not by its line. An entry of a formula that was refuted also covers the
same formula where it is not decided this time; one of a formula that was open never covers a refutation. Entries that
fit nothing any longer are stale, which is said.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, dataclass, replace
from pathlib import Path

from gradproof.documents import FileProblem
from gradproof.documents.files import read_text
from gradproof.grading.findings import Checked, Finding
from gradproof.verify.whole_file import write_whole

from .messages import STDIN

SCHEMA = "gradproof/baseline/1"
#: The status of a file of which nothing can be read.
NOT_READ = "NOT_READ"


class BadBaseline(ValueError):  # noqa: N818 - it is the reader's, not ours
    """A file that is no baseline; the text says why."""


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """One known failure. `file` is its path from the folder of the baseline, with slashes."""

    file: str
    statement: str = ""
    step: int = 0
    left: str = ""
    sign: str = ""
    right: str = ""
    status: str = NOT_READ

    def __str__(self) -> str:
        formula = " ".join(filter(None, (self.left, self.sign, self.right)))
        return f"{self.file}: {formula}" if formula else self.file


class Baseline:
    """The known failures of a file, which are used up as they are met: of two, a third copy is new."""

    def __init__(self, folder: Path, entries: Iterable[Known] = ()) -> None:
        self.folder = folder
        self.entries = Counter(entries)
        self._left = self.entries.copy()
        self._met: Counter[Known] = Counter()
        self._files: set[str] = set()

    def applied(self, checked: Checked, strict: bool = False) -> Checked:
        """The same findings, of which those that the baseline has are known.

        strict  whether what is open fails, and so belongs into a baseline
        """
        self._files |= {self._named(checked.file), *(self._named(each.place.file) for each in checked.findings)}
        if checked.problem:
            entry = Known(self._named(checked.file))
            self._met[entry] += 1
            return replace(checked, known=self._take(entry))
        own = [self._own(finding) for finding in checked.findings]  # first, so that nothing loses its entry to a copy
        findings = []
        for finding, mine in zip(checked.findings, own, strict=True):
            known = mine or self._other(finding)
            if known is not None:
                self._met[known] += 1
            elif finding.failure or (strict and finding.open):
                self._met[self._entry(finding)] += 1
            findings.append(replace(finding, known=known is not None))
        return replace(checked, findings=tuple(findings))

    def _own(self, finding: Finding) -> Known | None:
        """The entry of a failure, or of what is open, which is used up."""
        entry = self._entry(finding)
        return entry if (finding.failure or finding.open) and self._take(entry) else None

    def _other(self, finding: Finding) -> Known | None:
        """Of what is open: an entry of the same content with another status."""
        entry = self._entry(finding)
        same = (each for each in self._left if replace(each, status=entry.status) == entry)
        return next((each for each in same if finding.open and self._take(each)), None)

    def _take(self, entry: Known) -> bool:
        if self._left[entry] <= 0:
            return False
        self._left[entry] -= 1
        return True

    def _entry(self, finding: Finding) -> Known:
        said = (finding.statement, finding.step, finding.left, finding.sign, finding.right, finding.status.name)
        return Known(self._named(finding.place.file), *said)

    def _named(self, file: str) -> str:
        if file == STDIN:
            return file
        return Path(os.path.relpath(file, self.folder)).as_posix()

    def stale(self) -> Iterator[Known]:
        """Entries of files that were checked, or are gone, which fit nothing that was found."""
        for entry in sorted((+self._left).elements()):
            if entry.file in self._files or not (self.folder / entry.file).exists():
                yield entry

    def renewed(self) -> Iterator[Known]:
        """The entries of a new baseline: what fails now, and what was known of files that were not checked now."""
        elsewhere = (
            entry
            for entry in self.entries.elements()
            if entry.file not in self._files and (self.folder / entry.file).exists()
        )
        yield from sorted([*self._met.elements(), *elsewhere])


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file. Raises BadBaseline."""
    try:
        document = json.loads(read_text(path))
        if document["schema"] != SCHEMA:
            raise BadBaseline(f"{path} has the schema {document['schema']!r}; this version reads {SCHEMA}")
        return Baseline(path.parent, [_known(entry) for entry in document["known"]])
    except FileProblem as problem:
        raise BadBaseline(str(problem)) from problem
    except (ValueError, KeyError, TypeError) as problem:
        if isinstance(problem, BadBaseline):
            raise
        raise BadBaseline(f"{path} is no baseline; write one with --write-baseline") from problem


def _known(entry: dict[str, object]) -> Known:
    known = Known(**entry)  # type: ignore[arg-type]
    kinds = [type(value) for value in astuple(known)]
    if kinds != [type(value) for value in astuple(Known(""))]:
        raise TypeError(f"an entry of wrong types: {entry}")
    return known


def write_baseline(path: Path, entries: Iterable[Known]) -> None:
    """Write a baseline. Raises OSError."""
    document = {"schema": SCHEMA, "known": [asdict(entry) for entry in entries]}
    write_whole(path, json.dumps(document, indent=1) + "\n")
