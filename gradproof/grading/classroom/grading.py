"""Grading a class: each submission is one task of an executor, and a task that is stopped is done again in parts.

One task for all of a submission costs one way to another process and back. If it hangs or takes its process down, its
formulas become tasks of their own, so that only the one that is to blame is left undecided.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from gradproof.documents import Document
from gradproof.verify.failure import explained
from gradproof.verify.running import ChildDied, TaskFailed, TimeLimitExceeded

from ..checking import Checking, through
from ..exercise import Exercise
from ..marking import Graded, graded_documents
from ..passages import Effort
from .cluster import NoCluster
from .files import read_submission
from .submissions import Submission

_STOPPED = (TimeLimitExceeded, ChildDied, TaskFailed)


@dataclass(frozen=True, slots=True)
class Grader:
    """Grades submissions against an exercise.

    near  where files are read: children of this process
    far   where they are judged: the same, or the workers of a cluster, which need not see the files
    """

    exercise: Exercise
    near: Executor
    far: Executor
    effort: Effort = field(default_factory=Effort)

    def graded(self, submission: Submission) -> Graded:
        """The marks of a submission. Nothing that is in it raises, and no failure of ours stops the others.

        Raises NoCluster where the cluster is gone: nobody is marked without it.
        """
        if submission.problem:
            return Graded(submission.shown, problem=submission.problem, student=submission.student)
        try:
            found = self._read(submission)
            graded = (
                Graded(submission.shown, problem=found) if isinstance(found, str) else self._judged(found, submission)
            )
        except NoCluster:
            raise
        except Exception as problem:
            said = f"{submission.shown} could not be graded: {explained(problem)}"
            graded = Graded(submission.shown, problem=said)
        return replace(graded, student=submission.student)

    def _read(self, submission: Submission) -> tuple[Document, ...] | str:
        try:
            return self.near.submit(read_submission, submission.paths, submission.among).result()
        except _STOPPED as problem:
            return f"{submission.shown} could not be read: {problem}"

    def _judged(self, documents: tuple[Document, ...], submission: Submission) -> Graded:
        checking = Checking(effort=self.effort)
        task = (documents, submission.shown, self.exercise)
        try:
            return self.far.submit(graded_documents, *task, checking).result()
        except _STOPPED:
            return graded_documents(*task, replace(checking, ask=through(self.far)))


def graded_class(submissions: Sequence[Submission], grader: Grader, at_once: int) -> Generator[Graded]:
    """The marks of submissions in their order, each as soon as it and those before it are known.

    Closing the generator leaves out what was not begun; what was begun ends with the executors of the grader.
    """
    threads = ThreadPoolExecutor(at_once, "gradproof-submission")
    try:
        for future in [threads.submit(grader.graded, submission) for submission in submissions]:
            yield future.result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
