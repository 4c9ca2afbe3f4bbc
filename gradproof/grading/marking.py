"""Grading a submission: every line that claims something is right, wrong, or left to the grader.

A line is right if it follows from the line before it, so that an error is counted once and credit goes on after it,
or if it equals what was asked. It is wrong only if it is refuted. Everything else is open: a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from gradproof.derivations.notation.reading import Macro
from gradproof.derivations.notation.reading.unreadable import NOWHERE
from gradproof.documents import Declared, Document, Fault, Handling, Passage
from gradproof.verify.running import ChildDied, TaskFailed, TimeLimitExceeded

from .aftermath import FOLLOWS, Asserted
from .afterwards import in_reading_order
from .caution import SET_TO_ZERO
from .checking import Checking, T, Walk
from .compared import Compared
from .comparing import compare
from .continued import ACROSS, goes_on, joined
from .exercise import Exercise
from .findings import Finding
from .judge import NOT_THERE
from .marks import SCHEMA as SCHEMA
from .marks import Graded as Graded
from .marks import Line as Line
from .marks import Mark as Mark
from .marks import Reached as Reached
from .marks import slip_text as slip_text
from .otherwise import OTHERWISE
from .own_letters import in_own_letters
from .passages import Judged, judge_passage
from .prose import Around, speaks_of_sums, words_around
from .standing import Standing
from .status import LineStatus
from .zero import ASKED, speaks_of_setting

#: What is said of lines behind a condition.
SUPPOSED = "a condition was said before: does it hold under that?"
_NOTHING = (LineStatus.DEFINITION, LineStatus.CONDITION)


def graded_documents(documents: tuple[Document, ...], shown: str, exercise: Exercise, checking: Checking) -> Graded:
    """The marks of all files of one submission. What one of them declares or defines does not count in another.

    checking   how it is done; what is declared beforehand is what the exercise declares
    """
    lines: list[Line] = []
    reached = Reached.NOT_FOUND
    macros: dict[str, Macro] = {}
    letters: dict[str, str] = {}
    for document in documents:
        if any(map(goes_on, document.passages)):
            document = _asking(checking, document, joined, document)
        as_it_is: tuple[Exercise, dict[str, str]] = (exercise, {})
        asked, names = _asking(checking, as_it_is, in_own_letters, document, exercise, checking.effort)
        letters |= names
        walk = Walk(replace(checking, declarations=asked.declarations), document.macros)
        found, answers = _graded(document, walk, asked)
        lines += found
        for now in answers:
            if now is Reached.WRONG and not any(line.mark is Mark.WRONG for line in lines):
                now = Reached.OPEN  # nothing wrong was found in it that counts
            reached = _together(reached, now)
        macros |= walk.macros
    return Graded(shown, tuple(lines), reached, macros=macros, letters=letters)


def _asking(checking: Checking, otherwise: T, function: Callable[..., T], *arguments: Any) -> T:
    """What a function that may hang finds, or what holds if it finds nothing."""
    try:
        return checking.ask(function, *arguments)
    except (TimeLimitExceeded, ChildDied, TaskFailed):
        return otherwise


def _graded(document: Document, walk: Walk, exercise: Exercise) -> tuple[list[Line], list[Reached]]:
    """The lines of one document, in the order of the text, and how far each of its answers comes."""
    asserted: list[Asserted] = []
    known = tuple(walk.glossary.conditions)
    otherwise = supposed = False
    words = words_around(document)
    sums = any(speaks_of_sums(part.source.text) for part in document.passages)
    setting = any(speaks_of_setting(part.source.text) for part in document.passages)
    marked: dict[int, list[Line]] = {}
    reached: list[Reached] = []
    order = list(range(len(document.parts)))
    for place in _asking(walk.checking, order, in_reading_order, document, walk.glossary, walk.macros):
        part, said = document.parts[place], words.get(place, Around())
        conditions = [*known, *filter(None, (said.case,))]
        certain, unsummed = said.certain, said.certain and not sums
        walk.glossary = replace(walk.glossary, certain=certain, unsummed=unsummed, conditions=conditions)
        found, answers = _part(walk, part, exercise, tuple(asserted))
        asserted += filter(None, (compared.asserted for compared in answers))
        otherwise = otherwise or any(each.otherwise for each in answers)
        supposed = supposed or any(_supposes(line.finding) for line in found)
        reason = OTHERWISE if otherwise else SUPPOSED if supposed else ""
        found = [_doubted(line, reason) for line in found] if reason else found
        marked[place] = [_unsaid(line, part, setting) for line in found]
        reached += [_reached(compared, marked[place]) for compared in answers]
    return [line for _, found in sorted(marked.items()) for line in found], reached


def _unsaid(line: Line, part: Passage | Declared | Fault, setting: bool) -> Line:
    """What only the text around a line could say, and does not."""
    if line.finding.reason == SET_TO_ZERO and line.mark is Mark.NONE and not setting:
        return Line(line.finding, Mark.OPEN, ASKED)
    if line.finding.reason == NOT_THERE and isinstance(part, Passage) and goes_on(part):
        return Line(line.finding, Mark.OPEN, ACROSS)
    return line


def _part(
    walk: Walk, part: Passage | Declared | Fault, exercise: Exercise, asserted: tuple[Asserted, ...]
) -> tuple[list[Line], tuple[Compared, ...]]:
    if not isinstance(part, Passage) or part.handling is Handling.SKIP:
        return [_line(finding, None) for finding in walk.part(part)], ()
    answer = walk.asked(part, judge_passage)
    if isinstance(answer, Finding):
        return [_line(answer, None)], ()
    shown = [each for each in answer.found if walk.shows(part, each)]
    findings = list(walk.findings(part, answer))
    refuted, proved = (
        frozenset((each.whole.start, each.step) for each in shown if each.status is status)
        for status in (LineStatus.REFUTED, LineStatus.PROVED)
    )
    if part.supposed:
        return [_line(finding, None) for finding in findings], ()
    compared = walk.tried(part, partial(compare, exercise, refuted, proved, asserted))
    if isinstance(compared, Finding):
        reason = f"it could not be compared with the exercise: {compared.reason}"
        return [_line(finding, None, reason) for finding in findings], ()
    by_start = {each.start: each for each in compared}
    starts = [judged.whole.start for judged in shown]
    findings = [_placed(each, part, by_start.get(start)) for each, start in zip(findings, starts, strict=True)]
    return list(_lines(shown, findings, by_start)), compared


def _placed(finding: Finding, part: Passage, compared: Compared | None) -> Finding:
    """A finding at the member that is wrong, where what was asked about it concerned more."""
    misfit = compared.misfits.get(finding.step) if compared is not None else None
    if misfit is None or misfit.at == NOWHERE:
        return finding
    return replace(finding, place=part.place(misfit.at.start), end=part.place(misfit.at.end))


def _lines(shown: list[Judged], findings: list[Finding], compared: dict[int, Compared]) -> Iterator[Line]:
    for judged, finding in zip(shown, findings, strict=True):
        found = compared.get(judged.whole.start) if judged.relation else None
        line = _line(finding, found)
        if found is not None:
            stands = found.standing[finding.step] if found.answers else None
            line = replace(line, stands=stands, reaches=found.reaches.get(finding.step))
        yield line


def _line(finding: Finding, compared: Compared | None, reason: str = "") -> Line:
    """The mark of one relation."""
    status, step = finding.status, finding.step
    if compared is not None and compared.assigned is not None and not step:
        return _assigned(finding, compared)
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
    if step in compared.rests:
        return Line(finding, Mark.RIGHT if compared.rests[step] is FOLLOWS else Mark.OPEN, compared.rests[step])
    if standing is Standing.RIGHT:
        return Line(finding, Mark.RIGHT, again=before is Standing.WRONG)
    if before is Standing.RIGHT and standing is Standing.WRONG and step not in compared.misfits:
        return Line(finding, Mark.WRONG, slip=slip, point=finding.counterexample or compared.points.get(step))
    if status.ok:
        return Line(finding, Mark.RIGHT, status.value)
    misfit = compared.misfits.get(step)
    if misfit is not None and misfit.certain:
        return Line(finding, Mark.WRONG, misfit.reason, slip)
    if status is LineStatus.REFUTED and step not in compared.held:
        return Line(finding, Mark.WRONG, finding.reason, slip, point=finding.counterexample)
    said = misfit.reason if misfit is not None else compared.held.get(step)
    return Line(finding, Mark.OPEN, said or finding.reason or status.value)


def _assigned(finding: Finding, compared: Compared) -> Line:
    """The mark of what is assigned to the variable of a step."""
    match compared.assigned:
        case Standing.RIGHT:
            return Line(finding, Mark.RIGHT)
        case Standing.WRONG:
            return Line(finding, Mark.WRONG, slip=compared.slip, point=compared.points.get(0))
    return Line(finding, Mark.NONE, finding.reason)


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


def _reached(compared: Compared, lines: list[Line]) -> Reached:
    if not compared.answers:
        return Reached.NOT_FOUND
    if compared.result is Standing.WRONG:
        return Reached.WRONG
    if compared.result is Standing.UNKNOWN or any(line.reason == ASKED for line in lines):
        return Reached.OPEN
    return Reached.RIGHT if compared.finished else Reached.UNFINISHED
