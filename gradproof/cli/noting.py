"""`gradproof notes`."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from gradproof.notes import write_notes
from gradproof.verify.verdict import Report

from .exits import OK, OPEN, exit_code
from .folders import output_folder
from .formats import FORMATS
from .selection import select
from .terminal import Bar, complain
from .verifying import verified


def write_lecture_notes(
    names: Sequence[str], out: Path, formats: tuple[str, ...] | None, *, language: str, torch: bool, seed: int
) -> int:
    """Check derivations, write notes about them into the folder `out`, and name the files that were written.

    formats    None: all that can be made here
    The exit code is that of the checks; OPEN if a PDF was asked for and there is no TeX.
    """
    derivations = select(names)
    wanted = formats or FORMATS
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
