"""How the marks of submissions are told on a terminal: each with its lines, and at the end the class in two tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .terminal import hanging, harmless, paint, width

if TYPE_CHECKING:
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
    "": ("nothing could be read", "无法读取"),
    "graded": ("graded", "已批改"),
    "slips": ("slips in the class", "班级常见失误"),
    "students": ("students", "人数"),
}
_STYLES = {"RIGHT": "good", "WRONG": "bad", "OPEN": "open", "NONE": "faint"}
#: How many slips the table at the end has.
_MOST = 10


def _word(key: str, language: str, **values: object) -> str:
    return _WORDS[key][language == "zh"].format(**values)


def told(graded: Graded, language: str) -> Iterator[str]:
    """The lines on a submission: its marks, the first wrong line, and every line that is not plainly right."""
    yield paint(harmless(graded.file), "name")
    if graded.problem:
        yield "  " + hanging(harmless(graded.problem), 2, 4)
        return
    for line in graded.lines:
        yield from _line(line, graded.file, language)
    marks = _word("points", language, points=graded.points, of=graded.of, open=graded.count_open)
    wrong = graded.first_wrong
    first = _word("first", language, line=wrong.finding.place.line) if wrong else _word("none", language)
    ends = "。" if language == "zh" else "; "
    yield "  " + hanging(ends.join((marks, first, _word(graded.reached.name, language))), 2, 4)


def _line(line: Line, file: str, language: str) -> Iterator[str]:
    if line.mark.name == "NONE":
        return
    finding = line.finding
    word = paint(_word(line.mark.name.lower(), language), _STYLES[line.mark.name])
    formula = harmless(" ".join(filter(None, (finding.sign, finding.right))) or finding.statement)
    place = finding.place
    at = f"{place.line}:{place.column}" if place.file == file else harmless(str(place))
    yield f"  {at} {word}"
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


def class_told(results: Sequence[Graded], language: str) -> Iterator[str]:
    """How many reached what, and the slips that most of the class make, as two tables."""
    from gradproof.grading.classroom import frequent_slips
    from gradproof.grading.marking import slip_text

    counts = Counter("" if graded.problem else graded.reached.name for graded in results)
    reached = [(_word(name, language), counts[name]) for name in _WORDS if counts[name]]
    yield from _table(_word("graded", language), _word("students", language), reached)
    slips = [(slip_text(slip.name).in_language(language), slip.students) for slip in frequent_slips(results)[:_MOST]]
    if slips:
        yield ""
        yield from _table(_word("slips", language), _word("students", language), slips)


def _table(title: str, number: str, lines: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Texts and numbers in two columns, as wide as they have to be; Chinese letters take two places each."""
    from rich.cells import cell_len, chop_cells

    last = max(cell_len(number), *(len(str(count)) for _, count in lines))
    most = width() - last - 4
    first = min(most, max(cell_len(text) for text, _ in (*lines, (title, 0))))
    yield paint(f"  {title}{' ' * (first - cell_len(title))}  {' ' * (last - cell_len(number))}{number}", "title")
    for text, count in lines:
        *whole, end = chop_cells(text, first) if cell_len(text) > first else [text]
        yield from (f"  {part}" for part in whole)
        yield f"  {end}{' ' * (first - cell_len(end))}  {count:>{last}}"
