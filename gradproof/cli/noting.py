"""`gradproof notes`."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from gradproof.notes import write_notes
from gradproof.verify.verdict import Report

from .exits import OK, OPEN, CommandError, exit_code
from .folders import output_folder
from .selection import select
from .terminal import Bar, complain
from .verifying import verified

FORMATS = ("latex", "html", "pdf")


def write_lecture_notes(
    names: Sequence[str], out: Path, formats: str | None, *, language: str, torch: bool, seed: int
) -> int:
    """Check derivations, write notes about them into the folder `out`, and name the files that were written.

    The exit code is that of the checks; OPEN if a PDF was asked for by name and there is no TeX.
    """
    derivations = select(names)
    wanted = _formats(formats)
    code = OK
    if "pdf" in wanted and shutil.which("latexmk") is None:
        wanted = tuple(each for each in wanted if each != "pdf")
        complain("no PDF is made, as TeX (latexmk) is not installed here")
        code = OPEN if formats else OK
    reports: dict[str, tuple[Report, ...]] = {}
    with output_folder(out) as folder:
        with Bar(len(derivations)) as bar:
            for derivation, found in verified(derivations, bar, torch=torch, device="cpu", seed=seed):
                reports[derivation.name] = found
        write_notes(derivations, reports, folder, lang=language, formats=wanted)
        files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    for file in files:
        print(out / file)
    return exit_code(report.verdict for found in reports.values() for report in found) or code


def _formats(formats: str | None) -> tuple[str, ...]:
    if formats is None:
        return FORMATS
    wanted = tuple(dict.fromkeys(each.strip() for each in formats.split(",")))
    for each in wanted:
        if each not in FORMATS:
            raise CommandError(f"there is no format {each!r}; the formats are {', '.join(FORMATS)}")
    return wanted
