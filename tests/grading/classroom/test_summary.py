"""The summary for a spreadsheet: a row a student, no cell that is carried out, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from gradproof.documents import Place
from gradproof.grading.classroom import BadSummary, Row, SummaryFile, frequent_slips, rows
from gradproof.grading.classroom.summary import cell
from gradproof.grading.findings import Finding
from gradproof.grading.marking import Graded, Line, Mark, Reached
from gradproof.grading.status import LineStatus

SIGN, FACTOR = "sign off the diagonal", "factor dropped"


def line(number: int, mark: Mark, slip: str = "") -> Line:
    return Line(Finding(Place("a.tex", number, 1), LineStatus.REFUTED), mark, slip=slip)


CLASS = (
    Graded("ada.tex", (line(1, Mark.RIGHT), line(2, Mark.RIGHT)), Reached.RIGHT, student="Ada"),
    Graded(
        "李雷.tex",
        (line(1, Mark.RIGHT), line(4, Mark.WRONG, SIGN), line(5, Mark.WRONG, SIGN), line(6, Mark.NONE)),
        Reached.WRONG,
        student="李雷",
    ),
    Graded("c.tex", (line(3, Mark.WRONG, FACTOR), line(7, Mark.WRONG, SIGN)), Reached.WRONG, student='=HYPERLINK("x")'),
    Graded("d.tex", (line(3, Mark.OPEN), line(9, Mark.WRONG)), Reached.OPEN, student="Dee, D."),
    Graded("e.pdf", problem="e.pdf is a PDF", student="Eve"),
)


def test_a_row_a_student() -> None:
    assert rows(CLASS) == [
        Row("Ada", "ada.tex", 2, 2, 0, "RIGHT", None, "", ""),
        Row("李雷", "李雷.tex", 1, 3, 0, "WRONG", 4, SIGN, ""),
        Row('=HYPERLINK("x")', "c.tex", 0, 2, 0, "WRONG", 3, FACTOR, ""),
        Row("Dee, D.", "d.tex", 0, 2, 1, "OPEN", 9, "", ""),
        Row("Eve", "e.pdf", 0, 0, 0, "", None, "", "e.pdf is a PDF"),
    ]


def test_the_most_frequent_slips_first_each_student_counted_once() -> None:
    assert [(slip.name, slip.times, slip.students) for slip in frequent_slips(CLASS)] == [(SIGN, 3, 2), (FACTOR, 1, 1)]


def written(path: Path, language: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    files = SummaryFile(path).write(CLASS, {}, language)
    assert files == (path, path.with_name("marks-slips.csv"))
    assert sorted(path.parent.iterdir()) == sorted(files)
    for file in files:
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")  # without it Excel takes UTF-8 for something else
    first, second = (list(csv.DictReader(file.open(encoding="utf-8-sig", newline=""))) for file in files)
    return first, second


def test_csv(tmp_path: Path) -> None:
    students, slips = written(tmp_path / "marks.csv", "en")
    assert [row["student"] for row in students] == ["Ada", "李雷", '\'=HYPERLINK("x")', "Dee, D.", "Eve"]
    assert students[1] == {
        "student": "李雷", "file": "李雷.tex", "points": "1", "of": "3", "open": "0", "result": "wrong",
        "first_wrong": "4", "slip": "the sign of the term without δ is wrong", "problem": "",
    }  # fmt: skip
    assert slips[0] == {"slip": "the sign of the term without δ is wrong", "name": SIGN, "times": "3", "students": "2"}


def test_csv_in_chinese(tmp_path: Path) -> None:
    students, slips = written(tmp_path / "marks.csv", "zh")
    assert (students[1]["学生"], students[1]["结果"]) == ("李雷", "错误")
    assert students[1]["失误"] == "不含 δ 的那一项符号错误"
    assert slips[0]["学生数"] == "2"


def test_json(tmp_path: Path) -> None:
    path = tmp_path / "marks.json"
    assert SummaryFile(path).write(CLASS, {"against": "softmax_jacobian"}) == (path,)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert (found["schema"], found["against"]) == ("gradproof/class/1", "softmax_jacobian")
    assert found["students"][2]["student"] == '=HYPERLINK("x")'  # JSON is no spreadsheet
    assert found["students"][1]["result"] == "WRONG"
    assert found["slips"][0] == {
        "name": SIGN, "times": 3, "students": 2,
        "en": "the sign of the term without δ is wrong", "zh": "不含 δ 的那一项符号错误",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("\t=1", "'=1"),
        ("\r\n=1", "'=1"),
        ("\x00=1", "'=1"),
        (" =1", "'=1"),
        ("a\n=1", "a =1"),
        ("\u200b=1", "'=1"),
        ("Ada-Maria", "Ada-Maria"),
        ("李雷", "李雷"),
        (-1, -1),
        (None, None),
    ],
)
def test_no_cell_is_carried_out(value: object, safe: object) -> None:
    assert cell(value) == safe


@pytest.mark.parametrize("name", ["marks.txt", "marks", "nowhere/marks.csv"])
def test_a_file_that_no_summary_can_be_written_to(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadSummary, match="marks"):
        SummaryFile(tmp_path / name)


def test_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "marks.csv").mkdir()
    with pytest.raises(BadSummary, match="it is a folder"):
        SummaryFile(tmp_path / "marks.csv")


def test_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "marks.json"
    path.write_text("before", encoding="utf-8")
    summary = SummaryFile(path)

    def full(source: Path, target: Path) -> None:
        assert Path(source).read_bytes() and target == path
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(BadSummary, match=r"marks.json cannot be written: No space left on device"):
        summary.write(CLASS, {})
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]
