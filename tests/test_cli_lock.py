"""`gradproof lock` as people run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gradproof.cli import main

PAGE = "<!-- gradproof: x : R -->\n$$y = x^2$$\n<!-- gradproof: label twice -->\n$$2 x = x + x$$\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    return tmp_path / "page.md"


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["lock", *arguments, "--jobs", "1"]) == code
    out, err = capsys.readouterr()
    assert err == ""
    return out


def locked(folder: Path) -> dict[str, str]:
    document = json.loads((folder / "gradproof.lock").read_text(encoding="utf-8"))
    return {name: formula["right"] for name, formula in document["sources"]["page.md"]["formulas"].items()}


def test_from_the_first_lock_to_an_accepted_change(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "not locked yet" not in run(capsys, "page.md", "--check", code=1)
    assert not (page.parent / "gradproof.lock").exists()  # --check writes nothing
    assert run(capsys, "page.md").endswith("2 formulas: new 2\n")
    assert run(capsys) == "2 formulas: unchanged 2\n"
    page.write_text(PAGE.replace("x^2", "x \\cdot x").replace("x + x", "x + 1"), encoding="utf-8")
    out = run(capsys, code=1)
    assert "page.md: y: written in another way, with the same meaning\n    - y = x^2\n    + y = x \\cdot x\n" in out
    assert "page.md: twice: CHANGED\n    - 2 x = x + x\n    + 2 x = x + 1\n    at x = 0: before 0, now 1\n" in out
    assert out.endswith("gradproof lock --accept takes them as they are\n")
    assert locked(page.parent) == {"y": "x \\cdot x", "twice": "x + x"}
    run(capsys, "--check", code=1)
    run(capsys, "--accept")
    assert locked(page.parent)["twice"] == "x + 1"
    assert run(capsys, "--check") == "2 formulas: unchanged 2\n"


def test_what_is_not_known_to_be_the_same_is_open(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "page.md")
    page.write_text(PAGE.replace("x^2", "q + x^2"), encoding="utf-8")
    out = run(capsys, "--check", code=3)
    assert "page.md: y: not known to mean the same" in out and "CHANGED" not in out


def test_a_file_that_is_gone(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "page.md")
    page.unlink()
    assert "page.md: y: gone\n    - y = x^2\n" in run(capsys, code=1)
    run(capsys, "--accept")
    assert json.loads((page.parent / "gradproof.lock").read_text(encoding="utf-8"))["sources"] == {}


def test_an_entry_of_the_catalogue(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "sigmoid_derivative", "--file", "other.lock")
    assert "sigmoid_derivative: sigmoid_derivative: new" in out
    path = page.parent / "other.lock"
    document = json.loads(path.read_text(encoding="utf-8"))
    formula = document["sources"]["sigmoid_derivative"]["formulas"]["sigmoid_derivative"]
    formula["right"] = f"2 {formula['right']}"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert "sigmoid_derivative: CHANGED" in run(capsys, "--file", "other.lock", code=1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "nothing is locked yet"),
        (["page.md", "--check", "--accept"], "give one of them"),
        (["-"], "cannot be locked"),
        (["softmax_jacobain"], "softmax_jacobian"),
        (["none.md"], "there is no file none.md"),
        (["page.md", "--file", "page.md"], "page.md is no lock"),
        (["page.md", "--file", "none/gradproof.lock"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    page: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["lock", *arguments]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and said in err
