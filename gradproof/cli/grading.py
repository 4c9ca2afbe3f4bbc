"""`gradproof grade`: what a class hands in is compared with an entry of the catalogue and marked, by child processes or
a cluster."""

from __future__ import annotations

import json
import logging
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradproof._version import __version__
from gradproof.verify.running import ChildPool, Limits, start_server

from .documents import GRACE, MEMORY
from .exits import OK, WRONG, CommandError
from .feedback import exercise_asked, output_place, rubric_asked, write_feedback
from .marks import class_told, told
from .terminal import Bar, complain

if TYPE_CHECKING:
    from gradproof.grading.classroom import Submission, SummaryFile
    from gradproof.grading.classroom.cluster import Cluster
    from gradproof.grading.exercise import Exercise
    from gradproof.grading.marking import Graded

#: How the name of a cluster begins.
_DASK = "dask:"


@dataclass(frozen=True, slots=True)
class ClassRequest:
    """What is asked of `gradproof grade`.

    files     names of files and folders, and patterns
    against   the exercise
    names     the pattern of the names, as in {student}_hw3.tex; None: the student is the name of the file
    executor  what does the work: None for children of this process, dask:ADDRESS for a cluster
    summary   the .csv or .json file for a row a student
    rubric    the .toml file by which points are given; None: a point for each line that is right
    hints     how much is said of the first wrong line instead of what is wrong, from 1 to 3; 0: all
    form      text, json, html or gradescope
    out       the file or folder for html and gradescope; None: stdout
    """

    files: tuple[str, ...]
    against: str
    names: str | None = None
    executor: str | None = None
    summary: Path | None = None
    seed: int = 0
    jobs: int | None = None
    rubric: Path | None = None
    hints: int = 0
    form: str = "text"
    out: Path | None = None


def grade_files(request: ClassRequest, *, language: str) -> int:
    """Grade a class, print the marks of each as soon as they are known. The exit code is 0 whatever the marks.

    Raises CommandError for what is asked and cannot be done, before anything is graded.
    """
    start_server()
    from gradproof.grading.feedback import Sheet, hinted
    from gradproof.grading.rubric import awarded, with_rubric

    work = _submissions(request)
    place = output_place(request.form, request.out, len(work))
    summary = _summary_file(request.summary)
    exercise = exercise_asked(request.against)
    rubric = rubric_asked(request.rubric, exercise)
    sheet = Sheet(exercise, language)
    if rubric is not None:
        sheet = Sheet(with_rubric(exercise, rubric), language, rubric.title)
    results: list[Graded] = []
    shown: list[Graded] = []
    names = [submission.student or submission.shown for submission in work]
    with Bar(len(names)) as bar, closing(_graded(request, work, sheet.exercise)) as found:
        for result in bar.along(names, found):
            results.append(awarded(rubric, result) if rubric else result)
            shown.append(hinted(results[-1], request.hints) if request.hints else results[-1])
            if request.form == "text":
                with bar.aside():
                    print("\n".join(told(shown[-1], language)), flush=True)
    about = {"version": __version__, "against": exercise.name, "seed": request.seed}
    if request.form == "json":
        print(json.dumps(_document(shown, about), indent=1, allow_nan=False, ensure_ascii=False))
    elif request.form == "text":
        print("\n".join(("", *class_told(shown, language))))
    else:
        write_feedback(request.form, place, shown, sheet)
    if summary is not None:
        _write(summary, results, about, language)
    return OK


def _graded(request: ClassRequest, work: list[Submission], exercise: Exercise) -> Generator[Graded]:
    """The marks in the order of the submissions; what does the work ends with this."""
    from gradproof.grading.classroom import Grader, graded_class
    from gradproof.grading.classroom.cluster import NoCluster
    from gradproof.grading.passages import Effort

    effort = Effort(seed=request.seed)
    limits = Limits(effort.passage + GRACE, MEMORY)
    with ChildPool(request.jobs, limits) as near, _far(request.executor, near, limits) as far:
        try:
            yield from graded_class(work, Grader(exercise, near, far, effort), far.jobs + 1)
        except BaseException as problem:
            for executor in (near, far):
                executor.shutdown(wait=False, cancel_futures=True)
            if isinstance(problem, NoCluster):
                raise CommandError(f"{problem}; no summary is written", WRONG) from problem
            raise


def _far(name: str | None, near: ChildPool, limits: Limits) -> ChildPool | Cluster:
    """The executor of this name: the children themselves, or a cluster."""
    if name is None:
        return near
    if not name.startswith(_DASK) or name == _DASK:
        raise CommandError(f"there is no executor {name}; write dask:ADDRESS, as in dask:tcp://127.0.0.1:8786")
    from gradproof.grading.classroom.cluster import Cluster, NoCluster

    try:
        cluster = Cluster(name.removeprefix(_DASK), limits)
    except NoCluster as problem:
        raise CommandError(str(problem)) from problem
    for logger in logging.root.manager.loggerDict:
        if logger.startswith("distributed"):  # what becomes of the cluster is said in a sentence of ours
            logging.getLogger(logger).setLevel(logging.CRITICAL)
    return cluster


def _submissions(request: ClassRequest) -> list[Submission]:
    from gradproof.grading.classroom import BadNames, NamePattern, NothingHandedIn, handed_in, submissions

    try:
        pattern = None if request.names is None else NamePattern(request.names)
        return submissions(handed_in(request.files), pattern)
    except NothingHandedIn as problem:
        raise CommandError(str(problem)) from problem
    except BadNames as problem:
        raise CommandError(f"--names: {problem}") from problem


def _summary_file(path: Path | None) -> SummaryFile | None:
    from gradproof.grading.classroom import BadSummary, SummaryFile

    try:
        return None if path is None else SummaryFile(path)
    except BadSummary as problem:
        raise CommandError(f"--summary: {problem}") from problem


def _write(summary: SummaryFile, results: list[Graded], about: dict[str, Any], language: str) -> None:
    from gradproof.grading.chinese import spoken
    from gradproof.grading.classroom import BadSummary

    try:
        files = summary.write(results, about, language)
    except BadSummary as problem:
        raise CommandError(f"--summary: {problem}") from problem
    complain(spoken(f"wrote {' and '.join(map(str, files))}", language))


def _document(results: list[Graded], about: dict[str, Any]) -> dict[str, Any]:
    from gradproof.grading.classroom import frequent_slips
    from gradproof.grading.marking import SCHEMA

    return {
        "schema": SCHEMA,
        **about,
        "slips": {slip.name: slip.times for slip in frequent_slips(results)},
        "files": [result.to_json() for result in results],
    }
