"""What `gradproof grade` compares with, and where pages and results for Gradescope are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .exits import CommandError
from .folders import output_folder, whole_file
from .terminal import complain

if TYPE_CHECKING:
    from gradproof.grading.exercise import Exercise
    from gradproof.grading.feedback import Sheet
    from gradproof.grading.marks import Graded
    from gradproof.grading.rubric import Rubric

#: The endings of one file with everything.
_FILES = {"html": (".html", ".htm"), "gradescope": (".json",)}
_STRANGE = re.compile(r"[^\w.-]+")


def exercise_asked(against: str) -> Exercise:
    """The exercise of a file, or of an entry of the catalogue. Raises CommandError if there is none."""
    from gradproof.derivations.catalogue import UnknownDerivation
    from gradproof.grading.exercise import NoExercise
    from gradproof.grading.grade import exercise_asked as asked

    try:
        return asked(against)
    except (UnknownDerivation, NoExercise) as problem:
        raise CommandError(str(problem)) from problem


def rubric_asked(path: Path | None, exercise: Exercise) -> Rubric | None:
    """The rubric of a file. Raises CommandError with the sentence that says what is wrong in it."""
    from gradproof.grading.rubric import BadRubric, read_rubric

    try:
        return None if path is None else read_rubric(path, exercise)
    except BadRubric as problem:
        raise CommandError(f"--rubric: {problem}") from problem


def output_place(form: str, out: Path | None, submissions: int) -> Path | None:
    """Where the output is to be written: a file, a folder, or None for stdout. Raises CommandError if it cannot be."""
    if form not in _FILES:
        if out is not None:
            raise CommandError(f"--out goes with --format html or gradescope; --format {form} is written to stdout")
        return None
    if form == "gradescope" and submissions != 1 and (out is None or _is_file(form, out)):
        raise CommandError(f"{submissions} submissions have a results.json each; name a folder, as in --out results")
    return out


def _is_file(form: str, out: Path) -> bool:
    return out.suffix.lower() in _FILES[form]


def write_feedback(form: str, place: Path | None, submissions: Sequence[Graded], sheet: Sheet) -> None:
    """Write pages or results to stdout, into one file, or into a folder, whole or not at all."""
    from gradproof.grading.chinese import spoken
    from gradproof.grading.feedback import class_page

    if place is not None and not _is_file(form, place):
        with output_folder(place) as folder:
            for name, text in _files(form, submissions, sheet):
                (folder / name).write_text(text, encoding="utf-8")
    else:
        text = class_page(submissions, sheet) if form == "html" else _results(submissions[0], sheet)
        if place is None:
            print(text, end="")
            return
        whole_file(place, text)
    complain(spoken(f"wrote {place}", sheet.language))


def _files(form: str, submissions: Sequence[Graded], sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The files of a folder: one a submission and, for pages, an index."""
    from gradproof.grading.feedback import index_page, submission_page

    names = list(_names(submissions))
    if form == "gradescope":
        for name, graded in zip(names, submissions, strict=True):
            yield f"{name}.json", _results(graded, sheet)
        return
    yield "index.html", index_page(submissions, sheet, [f"{name}.html" for name in names])
    for name, graded in zip(names, submissions, strict=True):
        yield f"{name}.html", submission_page(graded, sheet, back="index.html")


def _names(submissions: Sequence[Graded]) -> Iterator[str]:
    """A name for the file of each, which no other has, whatever a student is called; none is called index."""
    taken = {"index"}
    for graded in submissions:
        plain = _STRANGE.sub("_", graded.student or Path(graded.file).stem).strip("._")[:80] or "submission"
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.lower())
        yield name


def _results(graded: Graded, sheet: Sheet) -> str:
    from gradproof.grading.feedback import results

    document = results(graded, sheet.language)
    return json.dumps(document, indent=1, allow_nan=False) + "\n"  # in ASCII: half of a surrogate pair is no UTF-8
