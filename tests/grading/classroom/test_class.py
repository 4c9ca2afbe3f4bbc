"""A class in child processes: a formula that hangs or kills its process is left undecided, and all else is graded."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from gradproof.derivations.catalogue import find
from gradproof.documents import Document, Passage
from gradproof.grading.classroom import Grader, Submission, graded_class, submissions
from gradproof.grading.exercise import Exercise, exercise
from gradproof.grading.marking import Mark, Reached
from gradproof.grading.status import LineStatus
from gradproof.verify.running import ChildPool, Limits

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and memory limits of POSIX")
ASKED = r"\frac{\partial p_i}{\partial z_j}"
RIGHT = rf"$${ASKED} = p_i (\delta_{{ij}} - p_j)$$"


class Deadly(str):
    """A text that ends the process which it is sent to."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (3,)


class Endless(str):
    """A text that holds the process up which it is sent to, in one instruction of Python."""

    def __reduce__(self) -> tuple[Any, ...]:
        return deque, (repeat(None), 0)


class Reader(Executor):
    """Reads in this process, and makes poison of the formulas that say so."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        answer: Future[Any] = Future()
        found = function(*arguments, **named)
        answer.set_result(found if isinstance(found, str) else tuple(map(self.poisoned, found)))
        return answer

    def poisoned(self, document: Document) -> Document:
        return replace(document, parts=tuple(map(self.part, document.parts)))

    def part(self, part: Any) -> Any:
        assert isinstance(part, Passage)
        for mark, kind in (("dies", Deadly), ("hangs", Endless)):
            if mark in part.text:
                return replace(part, text=kind(part.text))
        return part


@pytest.fixture(scope="module")
def softmax() -> Exercise:
    return exercise(find("softmax_jacobian"))


@pytest.fixture(scope="module")
def pool() -> Iterator[ChildPool]:
    with ChildPool(2, Limits(seconds=20.0)) as children:
        yield children


def class_in(folder: Path, **texts: str) -> list[Submission]:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return submissions(sorted(folder.iterdir()))


def test_poison_costs_its_own_line(tmp_path: Path, softmax: Exercise, pool: ChildPool) -> None:
    texts = {"a": RIGHT, "b": f"{RIGHT}\n\n$$\\text{{dies}} = 1$$\n\n{RIGHT}", "c": RIGHT}
    work = class_in(tmp_path, **texts)
    found = list(graded_class(work, Grader(softmax, Reader(), pool), 3))
    assert [graded.student for graded in found] == ["a", "b", "c"]
    assert [[line.mark for line in graded.lines] for graded in found] == [
        [Mark.RIGHT],
        [Mark.RIGHT, Mark.OPEN, Mark.RIGHT],
        [Mark.RIGHT],
    ]
    assert all(graded.reached is Reached.RIGHT and not graded.problem for graded in found)
    lost = found[1].lines[1].finding
    assert lost.status is LineStatus.ERROR
    assert "its process ended while it ran: exit code 3" in lost.reason
    assert lost.place.line == 3


@pytest.mark.slow
def test_what_hangs_is_undecided(tmp_path: Path, softmax: Exercise) -> None:
    work = class_in(tmp_path, a=f"$$\\text{{hangs}} = 1$$\n\n{RIGHT}")
    with ChildPool(1, Limits(seconds=6.0)) as pool:
        (graded,) = graded_class(work, Grader(softmax, Reader(), pool), 2)
    assert [line.mark for line in graded.lines] == [Mark.OPEN, Mark.RIGHT]
    assert graded.lines[0].finding.status is LineStatus.UNDECIDED
    assert "stopped after 6 s" in graded.lines[0].reason


def test_a_failure_of_ours_is_said_of_this_submission(tmp_path: Path, softmax: Exercise, pool: ChildPool) -> None:
    class Broken(Executor):
        def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
            raise RuntimeError("broken")

    (graded,) = graded_class(class_in(tmp_path, a=RIGHT), Grader(softmax, pool, Broken()), 1)
    assert graded.problem.endswith("a.md could not be graded: RuntimeError: broken")
    assert (graded.student, graded.of) == ("a", 0)


def test_reading_that_is_stopped(tmp_path: Path, softmax: Exercise, pool: ChildPool) -> None:
    with ChildPool(1, Limits(seconds=0.0)) as late:
        (graded,) = graded_class(class_in(tmp_path, a=RIGHT), Grader(softmax, late, pool), 1)
    assert "could not be read: out of time, stopped after 0 s" in graded.problem


def test_several_files_of_one_student_are_one_submission(tmp_path: Path, softmax: Exercise, pool: ChildPool) -> None:
    folder = tmp_path / "ada"
    folder.mkdir()
    (folder / "1.md").write_text("$$a := 2$$\n\nWe are done.", encoding="utf-8")
    (folder / "2.md").write_text(rf"$${ASKED} = p_i (\delta_{{ij}} + p_j)$$", encoding="utf-8")
    (graded,) = graded_class(submissions([folder]), Grader(softmax, pool, pool), 1)
    assert (graded.student, graded.points, graded.of, graded.reached) == ("ada", 0, 1, Reached.WRONG)
    assert [Path(line.finding.place.file).name for line in graded.lines] == ["1.md", "2.md"]


def test_what_is_not_asked_for_any_more_is_not_begun(tmp_path: Path, softmax: Exercise) -> None:
    asked: list[object] = []
    gate = threading.Event()

    class Counting(Reader):
        def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
            asked.append(arguments)
            assert len(asked) == 1 or gate.wait(60)
            return super().submit(function, *arguments, **named)

    work = class_in(tmp_path, **{f"s{number}": "" for number in range(9)})
    before = set(threading.enumerate())
    found = graded_class(work, Grader(softmax, Counting(), Counting()), 1)
    assert next(found).problem.endswith("holds no formula")
    (thread,) = set(threading.enumerate()) - before
    found.close()
    gate.set()
    thread.join(60)
    assert not thread.is_alive()
    assert len(asked) <= 2
