"""`gradproof notes`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from gradproof.derivations.calculus import Derivation
from gradproof.derivations.notation import Layout
from gradproof.notes import (
    OverlayError,
    SymbolError,
    TexError,
    in_own_symbols,
    languages_of,
    lessons_of,
    make_pdf,
    missing_programs,
    read_overlay,
    tex_documents,
    with_sources,
    write_notes,
)

from .checking import Options, checked
from .exits import OK, OPEN, CommandError, exit_code
from .folders import output_folder
from .formats import USUAL
from .selection import select
from .terminal import Bar, complain


@dataclass(frozen=True, slots=True)
class Wish:
    """Which notes are asked for.

    names, chapters    all derivations if both are empty
    formats            None: the usual ones that can be made here
    language           "en", "zh" or "both"
    layout             of the matrix forms; None: both where they differ
    symbols            of the lecturer, old to new
    texts              a file with the texts of a further language, in place of `language`
    """

    names: tuple[str, ...]
    chapters: tuple[str, ...]
    formats: tuple[str, ...] | None
    language: str
    layout: Layout | None = None
    symbols: Mapping[str, str] = field(default_factory=dict)
    texts: Path | None = None


def write_lecture_notes(wish: Wish, out: Path, options: Options) -> int:
    """Check derivations, write notes about them into the folder `out`, and name the files that were written.

    The exit code is that of the checks. Where they are fine it is OPEN if a PDF was asked for and there is no TeX, and
    whenever TeX stops at the notes; the other files are written all the same. Raises CommandError for a chapter, a name
    or a symbol that there is not.
    """
    derivations = _chosen(wish)
    language = _further(wish.texts) if wish.texts else wish.language
    wanted = with_sources(wish.formats or USUAL)
    with output_folder(out) as folder, Bar(2 * len(derivations) + 1) as bar:
        names = [derivation.name for derivation in derivations]
        with closing(checked(derivations, options)) as found:
            reports = {each.derivation.name: each.reports for each in bar.along(names, found)}
        taught = dict(bar.along(names, lessons_of(derivations, options.cache().store, options.seed)))
        bar.at("writing")
        sources = [each for each in wanted if each != "pdf"]
        files = write_notes(derivations, reports, folder, language, sources, taught, wish.layout)
        pdfs, why_not = _pdfs(folder, wanted, language) if "pdf" in wanted else ([], "")
        written = [file.relative_to(folder) for file in (*files, *pdfs)]
    for file in written:
        print(out / file)
    if why_not:
        complain(why_not)
    absent = bool(_missing(language)) and wish.formats is None  # nobody asked for more than there is
    verdicts = exit_code(report.verdict for found in reports.values() for report in found)
    return verdicts or (OPEN if why_not and not absent else OK)


def _chosen(wish: Wish) -> tuple[Derivation, ...]:
    try:
        return in_own_symbols(select(wish.names, wish.chapters), wish.symbols)
    except SymbolError as error:
        raise CommandError(str(error)) from error


def _further(file: Path) -> str:
    """The language of an overlay; how much of it is missing is said."""
    try:
        overlay = read_overlay(file)
    except OverlayError as error:
        raise CommandError(str(error)) from error
    if overlay.missing:
        complain(f"{len(overlay.missing)} texts are not in {file} and stay English")
    return overlay.language


def _missing(language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in languages_of(language) for name in missing_programs(each)))


def _pdfs(folder: Path, wanted: tuple[str, ...], language: str) -> tuple[list[Path], str]:
    """The PDFs of the documents for TeX in the folder, or why there are none."""
    missing = _missing(language)
    if missing:
        return [], f"no PDF is made, as TeX ({' and '.join(missing)}) is not installed here"
    try:
        return [make_pdf(folder / name, each) for name, each in tex_documents(wanted, language)], ""
    except TexError as error:
        return [], " ".join(str(error).split())
