"""Grading a submission: every line that claims something is right, wrong, or left to the grader.

A line is right if it follows from the line before it, so that an error is counted once and credit goes on after it,
or if it equals what was asked. It is wrong only if it is refuted. Everything else is open: a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from gradproof.derivations.calculus import Text
from gradproof.derivations.slips import SLIPS
from gradproof.documents import Declared, Document, Fault, Handling, Passage, read_document
from gradproof.verify.verdict import Counterexample

from .checking import Checking, Walk, document_of
from .comparing import Compared, Standing, compare
from .exercise import Exercise
from .findings import Finding
from .otherwise import OTHERWISE
from .passages import Judged, judge_passage
from .prose import Said, words_around
from .status import LineStatus

#: The schema of the JSON of `gradproof grade`.
SCHEMA = "gradproof/grade/1"
_TEXTS = {slip.name: slip.text for slip in SLIPS}
#: What is said of lines behind a condition.
SUPPOSED = "a condition was said before: does it hold under that?"
_NOTHING = (LineStatus.DEFINITION, LineStatus.CONDITION)


def slip_text(name: str) -> Text:
    """What a slip of the table is called."""
    return _TEXTS[name]


class Mark(Enum):
    """What a line earns: a point, none, or what the grader says; a line that claims nothing has no mark."""

    RIGHT = "right"
    WRONG = "wrong"
    OPEN = "open"
    NONE = "no claim"


class Reached(Enum):
    """How far a submission answers the question."""

    RIGHT = "the result is right"
    WRONG = "the result is wrong"
    OPEN = "whether the result is right is not decided"
    UNFINISHED = "it begins with the question and does not reach a result"
    NOT_FOUND = "no line begins with what is asked"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its mark.

    again  whether it is right again, though it does not follow from the line before
    """

    finding: Finding
    mark: Mark
    reason: str = ""
    slip: str = ""
    again: bool = False
    point: Counterexample | None = None

    def text(self) -> Text | None:
        """What the slip is called, if it has a name."""
        return _TEXTS.get(self.slip)

    def to_json(self) -> dict[str, Any]:
        said = self.text()
        return {
            "line": self.finding.place.line,
            "column": self.finding.place.column,
            "file": self.finding.place.file,
            "mark": self.mark.name,
            "status": self.finding.status.name,
            "left": self.finding.left,
            "sign": self.finding.sign,
            "right": self.finding.right,
            "reason": self.reason,
            "right_again": self.again,
            "slip": {"name": self.slip, "en": said.en, "zh": said.zh} if said else None,
            "counterexample": self.point.to_json() if self.point else None,
        }


@dataclass(frozen=True, slots=True)
class Graded:
    """A submission with its marks; `problem` says why nothing could be read of it, `student` whose it is if known."""

    file: str
    lines: tuple[Line, ...] = ()
    reached: Reached = Reached.NOT_FOUND
    problem: str = ""
    student: str = ""

    def count(self, mark: Mark) -> int:
        return sum(line.mark is mark for line in self.lines)

    @property
    def points(self) -> int:
        return self.count(Mark.RIGHT)

    @property
    def count_open(self) -> int:
        """The lines that are left to the grader."""
        return self.count(Mark.OPEN)

    @property
    def of(self) -> int:
        """The points that there are: one for each line that claims something."""
        return len(self.lines) - self.count(Mark.NONE)

    @property
    def first_wrong(self) -> Line | None:
        return next((line for line in self.lines if line.mark is Mark.WRONG), None)

    def to_json(self) -> dict[str, Any]:
        wrong = self.first_wrong
        return {
            "student": self.student,
            "file": self.file,
            "problem": self.problem,
            "points": self.points,
            "of": self.of,
            "open": self.count_open,
            "result": self.reached.name,
            "sentence": self.reached.value,
            "first_wrong": wrong.finding.place.line if wrong else None,
            "lines": [line.to_json() for line in self.lines],
        }


def graded_file(path: Path, shown: str, exercise: Exercise, checking: Checking) -> Graded:
    """The marks of a file. `checking` has the declarations of the exercise."""
    document = document_of(shown, checking, read_document, path, shown)
    if isinstance(document, str):
        return Graded(shown, problem=document)
    return graded_documents((document,), shown, exercise, checking)


def graded_documents(documents: tuple[Document, ...], shown: str, exercise: Exercise, checking: Checking) -> Graded:
    """The marks of all files of one submission. What one of them declares or defines does not count in another."""
    lines: list[Line] = []
    reached = Reached.NOT_FOUND
    for document in documents:
        walk = Walk(checking, document.macros)
        known = tuple(walk.glossary.conditions)
        otherwise = supposed = False
        words = words_around(document)
        for place, part in enumerate(document.parts):
            said = words.get(place, Said())
            conditions = [*known, *filter(None, (said.case,))]
            walk.glossary = replace(walk.glossary, certain=said.certain, conditions=conditions)
            found, answers = _part(walk, part, exercise)
            otherwise = otherwise or any(each.otherwise for each in answers)
            supposed = supposed or any(_supposes(line.finding) for line in found)
            reason = OTHERWISE if otherwise else SUPPOSED if supposed else ""
            lines += [_doubted(line, reason) for line in found] if reason else found
            for compared in answers:
                now = _reached(compared)
                if now is Reached.WRONG and not any(line.mark is Mark.WRONG for line in lines):
                    now = Reached.OPEN  # nothing wrong was found in it that counts
                reached = _together(reached, now)
    return Graded(shown, tuple(lines), reached)


def _part(walk: Walk, part: Passage | Declared | Fault, exercise: Exercise) -> tuple[list[Line], tuple[Compared, ...]]:
    if not isinstance(part, Passage) or part.handling is Handling.SKIP:
        return [_line(finding, None) for finding in walk.part(part)], ()
    answer = walk.asked(part, judge_passage)
    if isinstance(answer, Finding):
        return [_line(answer, None)], ()
    shown = [each for each in answer.found if walk.shows(part, each)]
    findings = list(walk.findings(part, answer))
    refuted = frozenset((each.whole.start, each.step) for each in shown if each.status is LineStatus.REFUTED)
    if part.supposed:
        return [_line(finding, None) for finding in findings], ()
    compared = walk.tried(part, partial(compare, exercise, refuted))
    if isinstance(compared, Finding):
        reason = f"it could not be compared with the exercise: {compared.reason}"
        return [_line(finding, None, reason) for finding in findings], ()
    by_start = {each.start: each for each in compared}
    return list(_lines(shown, findings, by_start)), compared


def _lines(shown: list[Judged], findings: list[Finding], compared: dict[int, Compared]) -> Iterator[Line]:
    for judged, finding in zip(shown, findings, strict=True):
        yield _line(finding, compared.get(judged.whole.start) if judged.relation else None)


def _line(finding: Finding, compared: Compared | None, reason: str = "") -> Line:
    """The mark of one relation."""
    status, step = finding.status, finding.step
    if status in _NOTHING:
        return Line(finding, Mark.NONE, finding.reason)
    if compared is not None and compared.otherwise:
        return Line(finding, Mark.OPEN, OTHERWISE)
    if status is LineStatus.PROVED:
        return Line(finding, Mark.RIGHT)
    if compared is None:  # nothing is held against anybody that was not compared
        return Line(finding, Mark.RIGHT if status.ok else Mark.OPEN, reason or finding.reason or status.value)
    standing = compared.standing[step] if compared.answers else Standing.UNKNOWN
    before = Standing.UNKNOWN
    if compared.answers:
        before = compared.standing[step - 1] if step else Standing.RIGHT
    slip = compared.slip if compared.slipped == step else ""
    if standing is Standing.RIGHT:
        return Line(finding, Mark.RIGHT, again=before is Standing.WRONG)
    if before is Standing.RIGHT and standing is Standing.WRONG:
        return Line(finding, Mark.WRONG, slip=slip, point=finding.counterexample or compared.points.get(step))
    if status.ok:
        return Line(finding, Mark.RIGHT, status.value)
    if status is LineStatus.REFUTED and step not in compared.held:
        return Line(finding, Mark.WRONG, finding.reason, slip, point=finding.counterexample)
    return Line(finding, Mark.OPEN, compared.held.get(step) or finding.reason or status.value)


def _together(before: Reached, now: Reached) -> Reached:
    """What two chains reach: the later one counts, but a right result beside a wrong one is for a person to judge."""
    if {before, now} == {Reached.RIGHT, Reached.WRONG}:
        return Reached.OPEN
    return before if now is Reached.NOT_FOUND or before is Reached.RIGHT else now


def _supposes(finding: Finding) -> bool:
    """Whether a condition is said, under which what follows may stand: a value, i < j.

    Of i = j and i ≠ j each line is tried by itself.
    """
    of_indices = finding.sign in "=≠" and len(finding.left) == len(finding.right) == 1
    return finding.status is LineStatus.CONDITION and finding.sign in "=≠<>≤≥" and not of_indices


def _doubted(line: Line, reason: str) -> Line:
    """Nothing is held against what stands behind a condition, or uses a name that was given another meaning."""
    return Line(line.finding, Mark.OPEN, reason) if line.mark is Mark.WRONG else line


def _reached(compared: Compared) -> Reached:
    if not compared.answers:
        return Reached.NOT_FOUND
    if compared.standing[-1] is Standing.WRONG:
        return Reached.WRONG
    if compared.standing[-1] is Standing.UNKNOWN:
        return Reached.OPEN
    return Reached.RIGHT if compared.finished else Reached.UNFINISHED
