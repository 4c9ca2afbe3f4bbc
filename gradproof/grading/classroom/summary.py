"""The summary of a class: a row a student, and the slips that most of them make, for a spreadsheet or as JSON.

A spreadsheet takes a cell that begins with = for a formula, and what students hand in must not become one: such cells
begin with an apostrophe. CSV is in UTF-8 with a mark in front, without which Excel does not read Chinese.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from gradproof.verify.whole_file import write_whole

from ..marking import Graded, slip_text

#: The schema of the summary in JSON.
SCHEMA = "gradproof/class/1"
#: What a cell must not begin with, in the forms that a keyboard for Chinese has as well.
_ORDERS = tuple("=+-@＝＋－＠\t\r\n|%")
_COLUMNS = {
    "student": "学生", "file": "文件", "points": "得分", "of": "满分", "open": "需人工判断", "result": "结果",
    "first_wrong": "首个错误行", "slip": "失误", "problem": "问题",
}  # fmt: skip
_SLIPS = {"slip": "失误", "name": "名称", "times": "次数", "students": "学生数"}
_RESULTS = {
    "RIGHT": ("right", "正确"), "WRONG": ("wrong", "错误"), "OPEN": ("not decided", "未判定"),
    "UNFINISHED": ("not finished", "未完成"), "NOT_FOUND": ("not found", "未找到"), "": ("", ""),
}  # fmt: skip


class BadSummary(ValueError):  # noqa: N818 - it is said to the grader
    """A file that no summary can be written to; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of a student; `slip` is the name of the slip in the first wrong line. Unread: `result` is empty."""

    student: str
    file: str
    points: int | float
    of: int | float
    open: int | float
    result: str
    first_wrong: int | None
    slip: str
    problem: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of the table: how often it was made, and by how many students."""

    name: str
    times: int
    students: int


def rows(results: Iterable[Graded]) -> list[Row]:
    """A row for each submission, in their order."""
    return [_row(graded) for graded in results]


def _row(graded: Graded) -> Row:
    wrong = graded.first_wrong
    return Row(
        graded.student,
        graded.file,
        graded.points,
        graded.of,
        graded.open,
        "" if graded.problem else graded.reached.name,
        wrong.finding.place.line if wrong else None,
        wrong.slip if wrong else "",
        graded.problem,
    )


def frequent_slips(results: Iterable[Graded]) -> list[Slip]:
    """The slips of a class, the most frequent first."""
    times: Counter[str] = Counter()
    students: Counter[str] = Counter()
    for graded in results:
        own = [line.slip for line in graded.lines if line.slip]
        times.update(own)
        students.update(set(own))
    return [Slip(name, times[name], students[name]) for name in sorted(times, key=lambda name: (-students[name], name))]


class SummaryFile:
    """A .csv or .json file to be written. Raises BadSummary, so that nothing is graded for a summary that cannot be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.as_json = path.suffix.lower() == ".json"
        if not self.as_json and path.suffix.lower() != ".csv":
            raise BadSummary(f"a summary is a .csv or a .json file; {path} is neither")
        if path.is_dir() or not os.access(path.absolute().parent, os.W_OK):
            raise BadSummary(f"{path} cannot be written: {'it is a folder' if path.is_dir() else 'no such folder'}")

    def write(self, results: Sequence[Graded], about: dict[str, Any], language: str = "en") -> tuple[Path, ...]:
        """Write the summary, whole or not at all; a CSV has the slips in a second file. Raises BadSummary.

        about     what JSON says besides, such as the exercise
        language  of the words in CSV; JSON has names that do not change
        """
        found, slips = rows(results), frequent_slips(results)
        if self.as_json:
            named = [asdict(slip) | {"en": text.en, "zh": text.zh} for slip in slips for text in [slip_text(slip.name)]]
            document = {"schema": SCHEMA, **about, "students": [asdict(row) for row in found], "slips": named}
            return (
                _replaced(
                    self.path, json.dumps(document, indent=1, ensure_ascii=False).encode(errors="backslashreplace")
                ),
            )
        beside = self.path.with_name(f"{self.path.stem}-slips{self.path.suffix}")
        texts = [(_text(slip.name, language), slip.name, slip.times, slip.students) for slip in slips]
        return (
            _replaced(self.path, _csv(_heads(_COLUMNS, language), [_cells(row, language) for row in found])),
            _replaced(beside, _csv(_heads(_SLIPS, language), texts)),
        )


def _heads(columns: dict[str, str], language: str) -> list[str]:
    return list(columns.values() if language == "zh" else columns)


def _text(slip: str, language: str) -> str:
    return slip_text(slip).in_language(language) if slip else ""


def _cells(row: Row, language: str) -> list[object]:
    result = _RESULTS[row.result][language == "zh"]
    return [*asdict(replace(row, result=result, slip=_text(row.slip, language))).values()]


def _csv(head: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([cell(value) for value in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def cell(value: object) -> object:
    """A value as a spreadsheet takes it: texts on one line, and none that it would carry out."""
    if not isinstance(value, str):
        return value
    plain = "".join(letter if letter.isprintable() else " " for letter in value).strip()
    return f"'{plain}" if plain.startswith(_ORDERS) else plain


def _replaced(path: Path, content: bytes) -> Path:
    """Write a file in place of any other of its name, whole or not at all."""
    try:
        write_whole(path, content)
    except OSError as problem:
        raise BadSummary(f"{path} cannot be written: {problem.strerror or problem}") from problem
    return path
