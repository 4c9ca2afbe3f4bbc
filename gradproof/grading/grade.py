"""Grading from Python: submissions against an entry of the catalogue, or against an exercise of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from gradproof.derivations.calculus import Derivation
from gradproof.derivations.catalogue import find

from .chinese import spoken
from .classroom import Grader, handed_in, submissions
from .exercise import Exercise, exercise
from .marks import Graded
from .own_exercise import own_exercise
from .passages import Effort
from .rubric import awarded, read_rubric, with_rubric

#: The endings of files that a grader writes an exercise in, and the languages of what is said.
_OWN, _LANGUAGES = (".toml", ".tex"), ("en", "zh")
Name = str | Path
T = TypeVar("T")


def grade(
    submitted: Name | Iterable[Name],
    against: Name | Derivation,
    *,
    rubric: Name | None = None,
    lang: str = "en",
    seed: int = 0,
) -> list[Graded]:
    """Grade what is handed in, in this process, as `gradproof grade` does it in children.

    submitted  a file, a folder or a pattern such as "HW/*.tex", or several of them. One folder is a class: each file
               and each folder in it is a submission; several folders are a student each
    against    what was to be found: the name of an entry, a derivation, or a .toml or .tex file with an exercise
    rubric     a .toml file that says what earns which points; without it each line that is right has a point
    lang       "en" or "zh": the language of reasons and problems
    seed       where the points come from at which lines are tried

    Gives the marks of each submission, in the order of the names: `lines`, each with its `mark`, its `reason`, its
    `slip` and the `point` at which it fails; `first_wrong`; `points` of `of`, and those that are `open`; what was
    `reached`; the `problem` of a submission of which nothing can be read. Nothing that a submission holds raises.

    Raises UnknownDerivation or NoExercise for what nothing can be graded against, BadRubric, NothingHandedIn for a
    name that leads nowhere, and ValueError for a language that there is not. For hundreds of submissions, and for those
    of strangers, take the command: it works in child processes with limits on memory.
    """
    if lang not in _LANGUAGES:
        raise ValueError(f"nothing is said in {lang!r}; the languages are {' and '.join(_LANGUAGES)}")
    asked = exercise_asked(against)
    points = None if rubric is None else read_rubric(Path(rubric), asked)
    wanted = asked if points is None else with_rubric(asked, points)
    names = [submitted] if isinstance(submitted, Name) else list(submitted)
    work = submissions(handed_in([str(name) for name in names]))
    grader = Grader(wanted, _Here(), _Here(), Effort(seed=seed))
    found = map(grader.graded, work)
    return [_said(each if points is None else awarded(points, each), lang) for each in found]


def exercise_asked(against: Name | Derivation) -> Exercise:
    """The exercise of an entry, or that of a file. Raises UnknownDerivation or NoExercise."""
    if isinstance(against, Derivation):
        return exercise(against)
    own = str(against).lower().endswith(_OWN)
    return own_exercise(Path(against)) if own else exercise(find(str(against)))


class _Here(Executor):
    """Does everything at once, in this process."""

    def submit(self, function: Callable[..., T], /, *arguments: Any, **named: Any) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(function(*arguments, **named))
        except Exception as problem:
            done.set_exception(problem)
        return done


def _said(graded: Graded, lang: str) -> Graded:
    """The same with its reasons in a language."""
    lines = tuple(replace(line, reason=spoken(line.reason, lang)) for line in graded.lines)
    return replace(graded, lines=lines, problem=spoken(graded.problem, lang))
