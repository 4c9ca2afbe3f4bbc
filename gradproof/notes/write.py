"""Notes as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation
from gradproof.verify.check import verify_derivation
from gradproof.verify.verdict import Report

from .build import Reports, build
from .html import html
from .latex import latex
from .latex.teaching import picture_file
from .lessons import Lesson, lessons_of
from .pdf import FIGURES, make_pdf
from .tree import Document

FORMATS = ("latex", "html", "pdf")


def write_notes(
    derivations: Iterable[Derivation],
    reports: Reports,
    out: Path | str,
    lang: str = "en",
    formats: Sequence[str] = ("latex", "html"),
    lessons: Mapping[str, Lesson] | None = None,
) -> list[Path]:
    """Writes notes.tex, notes.html and notes.pdf, or those of them that are asked for, and returns their paths.

    The figures of notes.tex are files in the folder figures beside it, whose paths are not among them.
    reports    by the name of the derivation, from `verify_derivation`; what is not there is shown as not checked
    lessons    by the name of the derivation, from `lessons_of`: mistakes, exercises, worked examples, figures
    formats    of "latex", "html" and "pdf"; a PDF leaves its LaTeX file beside it
    Raises ValueError for an unknown format or language, TexError if TeX is missing or stops.
    """
    wanted = tuple(dict.fromkeys(formats))
    for each in wanted:
        if each not in FORMATS:
            raise ValueError(f"there is no format {each!r}; the formats are {', '.join(FORMATS)}")
    document = build(derivations, reports, lang, lessons=lessons)
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    if "latex" in wanted or "pdf" in wanted:
        source = folder / "notes.tex"
        source.write_text(latex(document), encoding="utf-8")
        written.append(source)
        _write_figures(document, folder / FIGURES)
    if "html" in wanted:
        page = folder / "notes.html"
        page.write_text(html(document), encoding="utf-8")
        written.append(page)
    if "pdf" in wanted:
        written.append(make_pdf(folder / "notes.tex", lang))
    return written


def _write_figures(document: Document, folder: Path) -> None:
    pictures = [picture for section in document.sections() for picture in section.pictures]
    if pictures:
        folder.mkdir(exist_ok=True)
    for picture in pictures:
        (folder / picture_file(picture)).write_bytes(picture.pdf)


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
        return build(self.derivations, self.reports, self.language, lessons=self.lessons)

    def write(self, out: Path | str, formats: Sequence[str] = ("latex", "html")) -> list[Path]:
        """See `write_notes`."""
        return write_notes(self.derivations, self.reports, out, self.language, formats, self.lessons)


def lecture_notes(names: Sequence[str] = (), lang: str = "en", check: bool = True) -> LectureNotes:
    """Notes about the named entries of the catalogue, or about all of it.

    check    whether every line is checked now; without it the notes say that nothing was checked
    Raises UnknownDerivation for a name that there is not.
    """
    chosen = tuple(map(catalogue.find, names)) if names else tuple(catalogue.derivations())
    notes = LectureNotes(chosen, lang)
    return notes.checked() if check else notes
