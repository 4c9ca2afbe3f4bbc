"""`gradproof check` and `gradproof read` as people run them: files, standard input, exit codes, text and JSON."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from gradproof.cli import main

GOOD = "$$(a + b)^2 = a^2 + 2 a b + b^2$$\n"
WRONG = "Text.\n\n  $$(a + b)^2 = a^2 + b^2$$\n"
OPEN = "$$\\frac{\\partial E}{\\partial z} = y - t$$\n"
DECLARED = "a, b : R"


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main([*arguments, "--jobs", "1"]) == code
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def test_a_wrong_line_is_told_with_place_piece_and_both_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path, one=GOOD, two=WRONG)
    out = run(capsys, "check", str(folder), "--declare", DECLARED, code=1)
    assert all(len(line.removeprefix(str(folder))) <= 80 for line in out.splitlines())
    assert f"{folder / 'two.md'}:3:17: REFUTED\n    (a + b)^2\n      = a^2 + b^2\n    at a = " in out
    assert re.search(r"left −?\d+, right −?\d+", out)
    assert f"{folder / 'one.md'}:1:15: proved" in out
    assert out.endswith("2 files: proved 1, REFUTED 1\n")


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, good=GOOD, open=OPEN)
    assert run(capsys, "check", str(folder / "good.md"), "--strict").endswith("1 file: proved 1\n")
    assert run(capsys, "check", str(folder / "open.md")).endswith("1 file: asks 1\n")
    run(capsys, "check", str(folder / "open.md"), "--strict", code=3)
    (folder / "bad.tex").write_bytes(b"\xff")
    out = run(capsys, "check", str(folder), code=1)
    assert "save it as UTF-8" in out and "asks 1" in out and "1 file could not be read" in out


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\\sigma'(x) = \\sigma(x) (1 + \\sigma(x))\n"))
    out = run(capsys, "check", "-", "--declare", "x : R", code=1)
    assert "-:1:14: REFUTED" in out and "right" in out


def test_the_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, one=GOOD + "<!-- gradproof: label L1 -->\n" + WRONG)
    document = json.loads(run(capsys, "check", str(folder), "--format", "json", "--declare", DECLARED, code=1))
    assert document["schema"] == "gradproof/check/1"
    assert not document["ok"] and document["decided"]
    assert document["counts"] == {"PROVED": 1, "REFUTED": 1}
    refuted = document["files"][0]["findings"][1]
    assert (refuted["line"], refuted["column"], refuted["label"]) == (5, 17, "L1")
    assert refuted["evidence"][0]["schema"] == "gradproof/report/1"


def test_what_an_earlier_run_found_is_not_searched_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADPROOF_CACHE_DIR", str(tmp_path / "kept"))
    (tmp_path / "notes").mkdir()
    arguments = ("check", str(write(tmp_path / "notes", one=GOOD, two=WRONG)), "--declare", DECLARED)
    fresh = run(capsys, *arguments, "--no-cache", code=1)
    assert not (tmp_path / "kept").exists()
    assert run(capsys, *arguments, code=1) == fresh

    def never(*anything: object) -> None:
        raise AssertionError("it was judged again")

    monkeypatch.setattr("gradproof.grading.checking.Walk", never)
    assert run(capsys, *arguments, code=1) == fresh
    with pytest.raises(AssertionError, match="judged again"):
        main([*arguments, "--no-cache", "--jobs", "1"])


def test_where_nothing_can_be_kept_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept").write_text("no folder")
    monkeypatch.setenv("GRADPROOF_CACHE_DIR", str(tmp_path / "kept"))
    assert main(["check", str(write(tmp_path, one=GOOD) / "one.md"), "--declare", DECLARED, "--jobs", "1"]) == 0
    captured = capsys.readouterr()
    assert captured.out.endswith("1 file: proved 1\n")
    assert captured.err.startswith("gradproof: verdicts are not kept: ") and captured.err.count("\n") == 1


def test_declarations_from_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, two=WRONG)
    (tmp_path / "given.toml").write_text('given = """\na : R\nb : R\n"""\n', encoding="utf-8")
    (tmp_path / "given.txt").write_text("a, b : R\n", encoding="utf-8")
    for name in ("given.toml", "given.txt"):
        run(capsys, "check", str(tmp_path / "two.md"), "--declare", str(tmp_path / name), code=1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.md"], "there is no file none.md"),
        (["none*.md"], "no file fits none*.md"),
        (["."], "the folder . has no file of the kinds"),
        (["-", "--declare", "x ? y"], "--declare: line 1 of the declarations"),
        (["-", "--declare", "none.toml"], "there is no file none.toml"),
        (["-", "--declare", "a.toml"], "the declarations are a text named given"),
        (["-", "--format", "xml"], "'xml' is not one of 'text', 'json'"),
    ],
)
@pytest.mark.parametrize("command", ["check", "read"])
def test_what_cannot_be_done_is_said_in_one_line(
    command: str,
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("x = x"))
    (tmp_path / "a.toml").write_text("given = 1")
    assert main([command, *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1 and said in captured.err


def test_reading_aloud(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, open=OPEN + "\n$$p = \\softmax(\\mathbf{z})$$\n$$x^2 = x \\alfa$$\n")
    out = run(capsys, "read", str(folder / "open.md"))
    assert f"{folder / 'open.md'}:1:3: I read this as\n    ∂E/∂z = y − t\n" in out
    assert (
        "it holds if these lines are added:\n      y = \\sigma(z)\n      E = -t \\log y - (1 - t) \\log(1 - y)\n" in out
    )
    assert "shapes: p : n, z : n" in out
    assert "I cannot read this" in out and "\\alfa" in out
    document = json.loads(run(capsys, "read", str(folder / "open.md"), "--format", "json"))
    first = document["files"][0]["passages"][0]
    assert first["status"] == "EQUAL_IF"
    assert first["findings"][0]["status"] == "NEEDS"  # nothing is decided before the reader accepts the lines
    declared = "\n".join(first["proposals"][0]["lines"])
    out = run(capsys, "check", str(folder / "open.md"), "--declare", declared)
    assert "open.md:1:35: proved" in out


def test_what_may_not_be_meant_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {
        "asked": r"$$\frac{\partial E}{\partial y} = \frac{\partial (y - t)^2}{\partial y} = y - t$$",
        "borne": r"$$\frac{d a}{d z} = \sigma(z) (1 - \sigma(z)) = a (1 - a) = a - a^3$$",
    }
    folder = write(tmp_path, **texts)
    asked = " ".join(run(capsys, "read", str(folder / "asked.md")).split())
    assert "are these lines meant? then, whatever t may be, a relation would be refuted, at " in asked
    assert asked.endswith("E = (t - y)^2")
    borne = " ".join(run(capsys, "read", str(folder / "borne.md")).split())
    assert "with these lines a relation would be refuted, at z = " in borne and "meant?" not in borne
    document = json.loads(run(capsys, "read", str(folder / "asked.md"), "--format", "json"))
    (passage,) = document["files"][0]["passages"]
    assert passage["status"] is None
    assert passage["proposals"][0]["asked"] is True and passage["proposals"][0]["free"] == ["t"]


def test_a_folder_is_searched_and_a_pattern_expanded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "deep" / ".hidden").mkdir(parents=True)
    (tmp_path / "deep" / ".hidden" / "c.md").write_text(WRONG)
    (tmp_path / "deep" / "picture.png").write_bytes(b"PNG")
    write(tmp_path / "deep", one=GOOD, two=GOOD)
    assert run(capsys, "check", str(tmp_path)).endswith("2 files: proved 2\n")
    assert run(capsys, "check", str(tmp_path / "**" / "o*.md")).endswith("1 file: proved 1\n")


def test_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notes.md"
    file.write_text(
        "<!-- gradproof: x : R -->\n$$2 x = x + x$$\n\n$$2 x = 3 x$$\n\n$$2 x = y$$\n\n$$x \\foo$$\n", encoding="utf-8"
    )
    out = run(capsys, "check", str(file), "--lang", "zh", code=1).replace(str(file), "")
    for said in ("已证明", "被否定", "反例", "并非对一切", "未知命令 \\foo", "1 个文件："):
        assert said in out
    assert not any(word in out for word in ("proved", "REFUTED", "left", "file", "known"))
