"""Notes from Python: `lecture_notes(["softmax_jacobian"]).write("notes")`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation
from gradproof.verify.check import verify_derivation
from gradproof.verify.verdict import Report

from .build import build
from .lessons import Lesson, lessons_of
from .tree import Document
from .write import write_notes


@dataclass(frozen=True, slots=True)
class LectureNotes:
    """Notes about derivations with what was found about them. `checked` runs the checks, `write` makes the files."""

    derivations: tuple[Derivation, ...]
    language: str = "en"
    reports: Mapping[str, tuple[Report, ...]] = field(default_factory=dict)
    lessons: Mapping[str, Lesson] = field(default_factory=dict)

    def checked(self, *, torch: bool = False, device: str = "cpu", seed: int = 0) -> LectureNotes:
        """The same notes with reports of checks that are run now, and with what is taught beside the lines.

        Minutes for the whole catalogue.
        """
        found = {
            derivation.name: verify_derivation(derivation, torch=torch, device=device, seed=seed)
            for derivation in self.derivations
        }
        taught = dict(lessons_of(self.derivations, seed=seed))
        return LectureNotes(self.derivations, self.language, found, taught)

    def document(self) -> Document:
        """The document tree, in one language."""
        return build(self.derivations, self.reports, self.language, lessons=self.lessons)

    def write(self, out: Path | str, formats: Sequence[str] = ("latex", "html")) -> list[Path]:
        """See `write_notes`; the language is that of the notes."""
        return write_notes(self.derivations, self.reports, out, self.language, formats, self.lessons)


def lecture_notes(entries: Sequence[str | Derivation] = (), lang: str = "en", check: bool = True) -> LectureNotes:
    """Notes about these entries, or about the whole catalogue.

    entries  names as `gradproof list` shows them, and derivations of your own, which have a chapter of their own
    lang     "en" or "zh"
    check    whether every line is checked now; without it the notes say that nothing was checked

    Returns `LectureNotes`, whose `write(folder)` writes the files. Raises UnknownDerivation for a name that there is
    not, ValueError for a derivation that has no name.
    """
    chosen = tuple(map(_entry, entries)) if entries else tuple(catalogue.derivations())
    notes = LectureNotes(chosen, lang)
    return notes.checked() if check else notes


def _entry(entry: str | Derivation) -> Derivation:
    if isinstance(entry, str):
        return catalogue.find(entry)
    if not entry.name:
        raise ValueError(f'"{entry.title.en}" has no name, by which its notes are found; derive(…, name="…") gives one')
    return entry
