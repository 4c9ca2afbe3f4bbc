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
from .handing_in import handed_in
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
    """

    files: tuple[str, ...]
    against: str
    names: str | None = None
    executor: str | None = None
    summary: Path | None = None
    seed: int = 0
    jobs: int | None = None


def grade_files(request: ClassRequest, *, as_json: bool, language: str) -> int:
    """Grade a class, print the marks of each as soon as they are known. The exit code is 0 whatever the marks.

    Raises CommandError for what is asked and cannot be done, before anything is graded.
    """
    start_server()
    work = _submissions(request)
    summary = _summary_file(request.summary)
    exercise = _exercise(request.against)
    results: list[Graded] = []
    names = [submission.student or submission.shown for submission in work]
    with Bar(len(names)) as bar, closing(_graded(request, work, exercise)) as found:
        for result in bar.along(names, found):
            results.append(result)
            if not as_json:
                with bar.aside():
                    print("\n".join(told(result, language)), flush=True)
    about = {"version": __version__, "against": exercise.name, "seed": request.seed}
    if as_json:
        print(json.dumps(_document(results, about), indent=1, allow_nan=False, ensure_ascii=False))
    else:
        print("\n".join(("", *class_told(results, language))))
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
    from gradproof.grading.classroom import BadNames, NamePattern, submissions

    try:
        pattern = None if request.names is None else NamePattern(request.names)
        return submissions(handed_in(request.files), pattern)
    except BadNames as problem:
        raise CommandError(f"--names: {problem}") from problem


def _summary_file(path: Path | None) -> SummaryFile | None:
    from gradproof.grading.classroom import BadSummary, SummaryFile

    try:
        return None if path is None else SummaryFile(path)
    except BadSummary as problem:
        raise CommandError(f"--summary: {problem}") from problem


def _write(summary: SummaryFile, results: list[Graded], about: dict[str, Any], language: str) -> None:
    from gradproof.grading.classroom import BadSummary

    try:
        files = summary.write(results, about, language)
    except BadSummary as problem:
        raise CommandError(f"--summary: {problem}") from problem
    complain(f"wrote {' and '.join(map(str, files))}")


def _exercise(name: str) -> Exercise:
    from gradproof.derivations.catalogue import UnknownDerivation, find
    from gradproof.grading.exercise import NoExercise, exercise

    try:
        return exercise(find(name))
    except (UnknownDerivation, NoExercise) as problem:
        raise CommandError(str(problem)) from problem


def _document(results: list[Graded], about: dict[str, Any]) -> dict[str, Any]:
    from gradproof.grading.classroom import frequent_slips
    from gradproof.grading.marking import SCHEMA

    return {
        "schema": SCHEMA,
        **about,
        "slips": {slip.name: slip.times for slip in frequent_slips(results)},
        "files": [result.to_json() for result in results],
    }
