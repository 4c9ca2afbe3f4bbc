"""`gradproof grade`: submissions are compared with an entry of the catalogue, in child processes, and marked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from gradproof._version import __version__

from .documents import Request, in_children
from .exits import OK, CommandError
from .sources import STDIN, Input, inputs
from .terminal import Bar, hanging, harmless, paint

if TYPE_CHECKING:
    from gradproof.grading.checking import Checking
    from gradproof.grading.exercise import Exercise
    from gradproof.grading.marking import Graded, Line

#: What the command says besides what the checks say, in English and Chinese.
_WORDS = {
    "right": ("right", "正确"),
    "wrong": ("WRONG", "错误"),
    "open": ("for you to decide", "需人工判断"),
    "again": ("right again, though not by the line before", "结果重新正确，但不是由上一行推出"),
    "at": ("at", "反例"),
    "differs": ("it is not what was to be shown", "与所求不符"),
    "points": ("points {points} of {of}, {open} for you to decide", "得分 {points}/{of}，需人工判断 {open} 行"),
    "first": ("first wrong line: {line}", "首个错误行：{line}"),
    "none": ("no wrong line was found", "未发现错误行"),
    "RIGHT": ("the result is right", "结果正确"),
    "WRONG": ("the result is wrong", "结果错误"),
    "OPEN": ("whether the result is right is not decided", "结果是否正确未能判定"),
    "UNFINISHED": ("it begins with the question and does not reach a result", "从题目出发，但未得出结果"),
    "NOT_FOUND": ("no line begins with what is asked", "没有从所求的式子开始的行"),
    "slips": ("slips", "失误"),
    "files": ("{number} graded", "共批改 {number} 份"),
    "unread": ("{number} could not be read", "{number} 份无法读取"),
}
_STYLES = {"RIGHT": "good", "WRONG": "bad", "OPEN": "open", "NONE": "faint"}


def grade_files(request: Request, against: str, *, as_json: bool, language: str) -> int:
    """Grade files, print the marks of each as soon as they are known. The exit code is 0 whatever the marks.

    Raises CommandError for a name that is no exercise.
    """
    from gradproof.grading.marking import Graded, graded_file
    from gradproof.verify.failure import explained

    if STDIN in request.names:
        raise CommandError("a submission is a file; standard input is not graded")
    exercise = _exercise(against)
    request = Request(request.names, (exercise.declarations,), request.seed, request.jobs)
    sources = inputs(request.names)

    def grade(source: Input, checking: Checking) -> Graded:
        assert source.path is not None
        try:
            return graded_file(source.path, source.shown, exercise, checking)
        except Exception as problem:  # a failure of ours is said of this submission, and stops no other
            return Graded(source.shown, problem=f"{source.shown} could not be graded: {explained(problem)}")

    results: list[Graded] = []
    names = [source.shown for source in sources]
    with Bar(len(names)) as bar, closing(in_children(request, sources, grade)) as found:
        for result in bar.along(names, found):
            results.append(result)
            if not as_json:
                with bar.aside():
                    print("\n".join(told(result, language)), flush=True)
    if as_json:
        print(json.dumps(_document(results, exercise, request), indent=1, allow_nan=False, ensure_ascii=False))
    else:
        print(hanging(summary(results, language), 0, 2))
    return OK


def _exercise(name: str) -> Exercise:
    from gradproof.derivations.catalogue import UnknownDerivation, find
    from gradproof.grading.exercise import NoExercise, exercise

    try:
        return exercise(find(name))
    except (UnknownDerivation, NoExercise) as problem:
        raise CommandError(str(problem)) from problem


def _word(key: str, language: str, **values: object) -> str:
    return _WORDS[key][language == "zh"].format(**values)


def told(graded: Graded, language: str) -> Iterator[str]:
    """The lines on a submission: its marks, the first wrong line, and every line that is not plainly right."""
    yield paint(harmless(graded.file), "name")
    if graded.problem:
        yield "  " + hanging(harmless(graded.problem), 2, 4)
        return
    for line in graded.lines:
        yield from _line(line, language)
    marks = _word("points", language, points=graded.points, of=graded.of, open=graded.count_open)
    wrong = graded.first_wrong
    first = _word("first", language, line=wrong.finding.place.line) if wrong else _word("none", language)
    ends = "。" if language == "zh" else "; "
    yield "  " + hanging(ends.join((marks, first, _word(graded.reached.name, language))), 2, 4)


def _line(line: Line, language: str) -> Iterator[str]:
    if line.mark.name == "NONE":
        return
    finding = line.finding
    word = paint(_word(line.mark.name.lower(), language), _STYLES[line.mark.name])
    formula = harmless(" ".join(filter(None, (finding.sign, finding.right))) or finding.statement)
    head = f"  {finding.place.line}:{finding.place.column} "
    yield f"{head}{word}"
    if formula:
        yield "    " + hanging(formula, 4, 8)
    said = line.text()
    if said:
        yield "    " + hanging(said.in_language(language), 4, 8)
    if line.point:
        yield "    " + hanging(f"{_word('at', language)} {harmless(str(line.point))}", 4, 8)
    elif line.mark.name == "WRONG" and not line.reason:
        yield "    " + _word("differs", language)
    if line.again:
        yield "    " + _word("again", language)
    elif line.reason:
        yield "    " + hanging(harmless(line.reason), 4, 8)


def _slips(results: list[Graded]) -> Counter[str]:
    return Counter(line.slip for result in results for line in result.lines if line.slip)


def summary(results: list[Graded], language: str) -> str:
    """One sentence on all submissions, with the most frequent slips."""
    from gradproof.grading.marking import slip_text

    parts = [_word("files", language, number=sum(not result.problem for result in results))]
    unread = sum(bool(result.problem) for result in results)
    if unread:
        parts.append(_word("unread", language, number=unread))
    named = [f"{slip_text(name).in_language(language)} ({count})" for name, count in _slips(results).most_common(5)]
    if named:
        parts.append(f"{_word('slips', language)}: {', '.join(named)}")
    return "; ".join(parts)


def _document(results: list[Graded], exercise: Exercise, request: Request) -> dict[str, Any]:
    from gradproof.grading.marking import SCHEMA

    return {
        "schema": SCHEMA,
        "version": __version__,
        "against": exercise.name,
        "seed": request.seed,
        "slips": dict(_slips(results).most_common()),
        "files": [result.to_json() for result in results],
    }
