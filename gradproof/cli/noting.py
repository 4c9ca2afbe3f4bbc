"""`gradproof notes`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from gradproof.notes import TexError, lessons_of, make_pdf, missing_programs, write_notes

from .checking import Options, checked
from .exits import OK, OPEN, exit_code
from .folders import output_folder
from .formats import FORMATS
from .selection import select
from .terminal import Bar, complain


def write_lecture_notes(
    chosen: Sequence[str], out: Path, formats: tuple[str, ...] | None, options: Options, *, language: str
) -> int:
    """Check derivations, write notes about them into the folder `out`, and name the files that were written.

    formats    None: all that can be made here
    The exit code is that of the checks. Where they are fine it is OPEN if a PDF was asked for and there is no TeX, and
    whenever TeX stops at the notes; the other files are written all the same.
    """
    derivations = select(chosen)
    wanted = formats or FORMATS
    with output_folder(out) as folder, Bar(2 * len(derivations) + 1) as bar:
        names = [derivation.name for derivation in derivations]
        with closing(checked(derivations, options)) as found:
            reports = {each.derivation.name: each.reports for each in bar.along(names, found)}
        taught = dict(bar.along(names, lessons_of(derivations, options.cache().store, options.seed)))
        bar.at("writing")
        sources = [each for each in wanted if each != "pdf"]
        if "pdf" in wanted and "latex" not in wanted:
            sources.append("latex")
        files = write_notes(derivations, reports, folder, lang=language, formats=sources, lessons=taught)
        pdf, why_not = _pdf(folder, language) if "pdf" in wanted else (None, "")
        written = [file.relative_to(folder) for file in ([*files, pdf] if pdf else files)]
    for file in written:
        print(out / file)
    if why_not:
        complain(why_not)
    absent = bool(missing_programs(language)) and formats is None  # nobody asked for more than there is
    verdicts = exit_code(report.verdict for found in reports.values() for report in found)
    return verdicts or (OPEN if why_not and not absent else OK)


def _pdf(folder: Path, language: str) -> tuple[Path | None, str]:
    """The PDF of the LaTeX file in the folder, or why there is none."""
    missing = missing_programs(language)
    if missing:
        return None, f"no PDF is made, as TeX ({' and '.join(missing)}) is not installed here"
    (source,) = folder.glob("*.tex")
    try:
        return make_pdf(source, language), ""
    except TexError as error:
        return None, " ".join(str(error).split())
