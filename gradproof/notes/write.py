"""Notes as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from gradproof.derivations.calculus import Derivation
from gradproof.derivations.notation import Layout

from .build import Reports, build
from .figures.drawing import stand_alone
from .html import html
from .latex import fragment, latex, slides
from .latex.teaching import picture_file
from .lessons import Lesson
from .markdown import markdown
from .markdown import picture_file as drawing_file
from .parts import Picture
from .pdf import FIGURES, make_pdf
from .tree import Document
from .wording import LANGUAGES

#: What can be written. A PDF is made of notes and slides in LaTeX.
FORMATS = ("latex", "html", "pdf", "beamer", "fragment", "markdown")
#: The documents for TeX by format.
_TEX = {"latex": "notes", "beamer": "slides"}

Documents = Mapping[str, Document]


def languages_of(lang: str) -> tuple[str, ...]:
    """The languages of notes in one language or in "both"."""
    return LANGUAGES if lang == "both" else (lang,)


def write_notes(
    derivations: Iterable[Derivation],
    reports: Reports,
    out: Path | str,
    lang: str = "en",
    formats: Sequence[str] = ("latex", "html"),
    lessons: Mapping[str, Lesson] | None = None,
    layout: Layout | None = None,
) -> list[Path]:
    """Writes notes in the formats that are asked for, and returns the paths of the files.

    latex       notes.tex, with its figures in the folder figures, whose paths are not among those that are returned
    html        notes.html, one file; in both languages it has a switch
    beamer      slides.tex, a frame for each step
    fragment    fragments/NAME.tex for each derivation, to be read by documents of others
    markdown    markdown/CHAPTER.md for each chapter, with figures beside it
    pdf         notes.pdf and slides.pdf, of those of them that are asked for; by default of the notes

    reports    by the name of the derivation, from `verify_derivation`; what is not there is shown as not checked
    lang       "en", "zh", or "both": then files other than the page have names that end in -en and -zh
    lessons    by the name of the derivation, from `lessons_of`: mistakes, exercises, worked examples, figures
    layout     of the matrix forms; None shows both where they differ
    Raises ValueError for an unknown format or language, TexError if TeX is missing or stops.
    """
    wanted = with_sources(formats)
    chosen = tuple(derivations)
    documents = {each: build(chosen, reports, each, lessons=lessons, layout=layout) for each in languages_of(lang)}
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for each in wanted:
        if each != "pdf":
            written += _WRITERS[each](documents, folder)
    if "pdf" in wanted:
        written += [make_pdf(folder / name, language) for name, language in tex_documents(wanted, lang)]
    return written


def with_sources(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats, each once, with that of which a PDF is made. Raises ValueError for an unknown one."""
    wanted = tuple(dict.fromkeys(formats))
    for each in wanted:
        if each not in FORMATS:
            raise ValueError(f"there is no format {each!r}; the formats are {', '.join(FORMATS)}")
    return ("latex", *wanted) if "pdf" in wanted and not set(wanted) & set(_TEX) else wanted


def tex_documents(formats: Sequence[str], lang: str) -> list[tuple[str, str]]:
    """The files that TeX can make a PDF of, each with its language."""
    languages = languages_of(lang)
    names = [stem for each, stem in _TEX.items() if each in formats]
    return [(_named(stem, each, languages) + ".tex", each) for stem in names for each in languages]


def _named(stem: str, language: str, languages: Iterable[str]) -> str:
    return stem if len(tuple(languages)) == 1 else f"{stem}-{language}"


def _tex(stem: str, printed: Callable[[Document], str]) -> Callable[[Documents, Path], list[Path]]:
    def write(documents: Documents, folder: Path) -> list[Path]:
        _write_figures(documents, folder / FIGURES, picture_file, lambda picture: picture.pdf)
        names = {language: folder / f"{_named(stem, language, documents)}.tex" for language in documents}
        return [_write(place, printed(documents[language])) for language, place in names.items()]

    return write


def _html(documents: Documents, folder: Path) -> list[Path]:
    return [_write(folder / "notes.html", html(*documents.values()))]


def _fragments(documents: Documents, folder: Path) -> list[Path]:
    return [
        _write(folder / "fragments" / f"{_named(section.name, language, documents)}.tex", fragment(section, language))
        for language, document in documents.items()
        for section in document.sections()
    ]


def _markdown(documents: Documents, folder: Path) -> list[Path]:
    pages = folder / "markdown"
    _write_figures(documents, pages / FIGURES, drawing_file, lambda picture: stand_alone(picture.svg).encode())
    return [
        _write(pages / f"{_named(chapter.name, language, documents)}.md", markdown(chapter, language, FIGURES))
        for language, document in documents.items()
        for chapter in document.chapters
    ]


_WRITERS: Mapping[str, Callable[[Documents, Path], list[Path]]] = {
    "latex": _tex(_TEX["latex"], latex),
    "html": _html,
    "beamer": _tex(_TEX["beamer"], slides),
    "fragment": _fragments,
    "markdown": _markdown,
}


def _write(place: Path, text: str) -> Path:
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return place


def _write_figures(
    documents: Documents, folder: Path, named: Callable[[Picture], str], drawn: Callable[[Picture], bytes]
) -> None:
    """The drawings hold no words, so that the languages share them."""
    document = next(iter(documents.values()))
    pictures = [picture for section in document.sections() for picture in section.pictures]
    if pictures:
        folder.mkdir(parents=True, exist_ok=True)
    for picture in pictures:
        (folder / named(picture)).write_bytes(drawn(picture))
