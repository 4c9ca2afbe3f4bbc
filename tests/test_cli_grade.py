"""`gradproof grade` as people run it: folders, languages, JSON, and files of which nothing can be read."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from gradproof.cli import main
from gradproof.cli.exits import USAGE
from gradproof.cli.terminal import Bar

ASKED = r"\frac{\partial p_i}{\partial z_j}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("class")
    (found / "ada.md").write_text(rf"$${ASKED} = p_i (\delta_{{ij}} - p_j)$$", encoding="utf-8")
    (found / "ben.md").write_text(rf"$${ASKED} = p_i (\delta_{{ij}} + p_j)$$", encoding="utf-8")
    (found / "cem.pdf").write_bytes(b"%PDF-1.4\n")
    (found / "dee.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (found / "eve.tex").write_bytes(b"\xff")
    return found


def graded(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    files = [str(file) for file in sorted(folder.iterdir())]
    assert main(["grade", *files, "--against", "softmax_jacobian", "--jobs", "1", *options]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def test_one_bad_file_stops_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = graded(folder, capsys)
    assert all(len(line.replace(str(folder), "")) <= 80 for line in out.splitlines())
    assert "points 1 of 1" in out
    assert "points 0 of 1" in out
    assert "first wrong line: 1" in out
    assert "the sign of the term without δ is wrong" in out
    assert "cem.pdf is a PDF" in out
    assert "dee.png" in out
    *_, table, slips = out.split("\n\n")
    assert [line.split() for line in table.splitlines()] == [
        ["graded", "students"],
        ["the", "result", "is", "right", "1"],
        ["the", "result", "is", "wrong", "1"],
        ["nothing", "could", "be", "read", "3"],
    ]
    assert [line.strip().rsplit(None, 1) for line in slips.splitlines()] == [
        ["slips in the class", "students"],
        ["the sign of the term without δ is wrong", "1"],
    ]
    assert len({len(line) for line in slips.splitlines()}) == 1


def test_in_chinese(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = graded(folder, capsys, "--lang", "zh")
    assert "不含 δ 的那一项符号错误" in out
    assert "首个错误行：1" in out
    assert {cell_len(line) for line in out.split("\n\n")[-1].splitlines()} == {
        2 + cell_len("不含 δ 的那一项符号错误") + 2 + 2 * len("人数")
    }
    assert "wrong" not in out


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(graded(folder, capsys, "--format", "json"))
    assert (found["schema"], found["against"]) == ("gradproof/grade/1", "softmax_jacobian")
    assert found["slips"] == {"sign off the diagonal": 1}
    ada, ben, *others = found["files"]
    assert (ada["points"], ada["of"], ada["result"], ada["first_wrong"]) == (1, 1, "RIGHT", None)
    assert (ben["points"], ben["of"], ben["result"], ben["first_wrong"]) == (0, 1, "WRONG", 1)
    assert ben["lines"][0]["slip"]["zh"] == "不含 δ 的那一项符号错误"
    assert ben["lines"][0]["counterexample"]
    assert all(other["problem"] for other in others)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["grade", "-", "--against", "softmax_jacobian"], "a submission is a file"),
        (["grade", "nowhere", "--against", "softmax_jacobian"], "there is no file nowhere"),
        (["grade", "nowhere/*.tex", "--against", "softmax_jacobian"], "no file fits nowhere/*.tex"),
        (["grade", ".", "--against", "softmax_jacobian", "--names", "hw.tex"], "has to say once where the student"),
        (["grade", ".", "--against", "softmax_jacobian", "--names", "{student}_hw9.x"], "no name fits the pattern"),
        (["grade", ".", "--against", "softmax_jacobian", "--summary", "marks.txt"], "a .csv or a .json file"),
        (["grade", ".", "--against", "softmax_jacobian", "--executor", "spark"], "there is no executor spark"),
        (["grade", ".", "--against", "softmax_jacobian", "--executor", "dask:"], "there is no executor dask:"),
        (["grade", ".", "--against", "softmax_jacobain"], "softmax_jacobian"),
        (["grade", ".", "--against", "kl_nonnegative"], "cannot be graded yet"),
    ],
)
def test_usage(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == USAGE
    assert said in capsys.readouterr().err


def test_a_folder_is_a_class_and_everything_in_it_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What TeX or we ourselves write is no submission; a folder in it is one."""
    (folder / "fay").mkdir()
    (folder / "fay" / "main.tex").write_text(r"\input{step}", encoding="utf-8")
    (folder / "fay" / "step.tex").write_text(rf"\[{ASKED} = p_i (\delta_{{ij}} - p_j)\]", encoding="utf-8")
    (folder / "ada.aux").touch()
    summary = folder / "marks.csv"
    for _ in range(2):  # the summary of the first run is no submission of the second
        assert main(["grade", str(folder), "--against", "softmax_jacobian", "--summary", str(summary)]) == 0
        captured = capsys.readouterr()
        assert captured.err == f"gradproof: wrote {summary} and {folder / 'marks-slips.csv'}\n"
        rows = list(csv.DictReader(summary.open(encoding="utf-8-sig", newline="")))
        assert [(row["student"], row["points"], row["result"]) for row in rows] == [
            ("ada", "1", "right"), ("ben", "0", "wrong"), ("cem", "0", ""), ("dee", "0", ""), ("eve", "0", ""),
            ("fay", "1", "right"),
        ]  # fmt: skip
    assert main(["grade", str(folder / "fay"), "--against", "softmax_jacobian", "--format", "json"]) == 0
    (fay,) = json.loads(capsys.readouterr().out)["files"]
    assert (fay["student"], fay["points"]) == ("fay", 1)


def test_half_of_a_surrogate_pair_costs_nobody_the_marks(tmp_path: Path) -> None:
    """A notebook may hold it, and UTF-8 has no form of it."""
    cell = {"cell_type": "markdown", "source": rf"$${ASKED} = \text{{" + "\ud800" + r"}} p_i$$"}
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [cell], "nbformat": 4}), encoding="utf-8")
    (tmp_path / "b.md").write_text(rf"$${ASKED} = p_i (\delta_{{ij}} - p_j)$$", encoding="utf-8")
    command = [sys.executable, "-m", "gradproof", "grade", str(tmp_path), "--against", "softmax_jacobian"]
    for form in ("json", "text"):
        done = subprocess.run([*command, "--format", form], capture_output=True, timeout=120, check=True)
        assert not done.stderr
        if form == "json":
            hostile, other = json.loads(done.stdout)["files"]
            assert "\ud800" in hostile["lines"][0]["right"]
            assert (hostile["open"], other["points"]) == (1, 1)
        else:
            assert "points 1 of 1" in done.stdout.decode()


def test_the_bar_takes_no_orders_from_the_name_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    name = "[/bold] [red]\x1b]0;pwned\x07"
    with Bar(1) as bar:
        assert list(bar.along([name], ["marks"])) == ["marks"]
    assert "[/bold] [red]�]0;pwned�" in stream.getvalue()
    assert "\x1b]0;pwned" not in stream.getvalue()
