"""Submissions that are meant to harm, through the whole command: each guard acts, and the file beside is checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gradproof.cli import main
from gradproof.grading.checking import Checking, checked_text, through
from gradproof.grading.passages import Effort
from gradproof.grading.status import LineStatus
from gradproof.verify.running import ChildPool, Limits

#: What is handed in, what is to be said of it, and a word of the reason.
HOSTILE = {
    "long": ("$$" + "x + " * 20_000 + "x = x$$", "UNREADABLE", "20000"),
    "nested": ("$$" + "(" * 500 + "x" + ")" * 500 + " = x$$", "UNREADABLE", "deep"),
    "braces": ("$$" + "{" * 5000 + "x" + "}" * 5000 + " = x$$", "UNREADABLE", "deep"),
    "digits": ("$$x = " + "9" * 5000 + " x$$", "UNREADABLE", "digits"),
    "tower": ("$$9^{9^{9^9}} = 1$$", "UNDECIDED", "power"),
    "power": ("$$x^{9^9} = x$$", "UNDECIDED", "power"),
    "powers": ("$$((x^{999})^{999})^{999} = x$$", "UNDECIDED", "power"),
    "numbers": ("$$((7^{999})^{999})^{999} = 1$$", "UNDECIDED", "power"),
    "macro": ("$\\newcommand{\\a}{\\a\\a}$\n\n$$\\a = 1$$", "UNREADABLE", "come to an end"),
    "bomb": (
        "\n".join(
            f"\\newcommand{{\\{chr(97 + n)}}}{{{'' + chr(92) + chr(98 + n)}{chr(92) + chr(98 + n)}}}" for n in range(24)
        )
        + "\n$$\\a = 1$$",
        "UNREADABLE",
        "come to an end",
    ),
    "code": ("$$\\text{__import__('os').system('touch pwned')} = \\mathrm{eval}(\\mathrm{exit}(1))$$", None, ""),
    "shell": ('$$\\immediate\\write18{touch pwned} \\input{|"touch pwned"} = `touch pwned`$$', "UNREADABLE", ""),
    "declare": ("<!-- gradproof: x : __import__('os').system('touch pwned') -->\n$$x = x$$", "UNREADABLE", "shape"),
    "escape": ("$$\x1b]0;pwned\x07x \x1b[31m = y$$", "UNREADABLE", ""),
    "sums": ("$$" + "\\sum_{i=1}^n " * 55 + "x_i = 1$$", None, ""),
}


def test_each_is_answered_and_the_file_beside_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, (text, _, _) in HOSTILE.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    (tmp_path / "zz.md").write_text("$$(a + b)^2 = a^2 + b^2$$", encoding="utf-8")
    assert main(["check", ".", "--format", "json", "--declare", "a, b, x : R", "--jobs", "2"]) == 1
    files = {Path(each["file"]).stem: each for each in json.loads(capsys.readouterr().out)["files"]}
    assert [finding["status"] for finding in files["zz"]["findings"]] == ["REFUTED"], files["zz"]
    for name, (_, status, word) in HOSTILE.items():
        found = files[name]["findings"]
        assert found and not files[name]["problem"], name
        assert all(finding["status"] not in ("PROVED", "REFUTED", "ERROR") for finding in found[:1]), (name, found)
        if status:
            assert found[0]["status"] == status, (name, found[0])
            assert word in found[0]["reason"], (name, found[0]["reason"])
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".md"] * (len(HOSTILE) + 1)


def test_a_terminal_is_given_no_orders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(HOSTILE["escape"][0], encoding="utf-8")
    for command in ("check", "read"):
        main([command, str(tmp_path), "--jobs", "1"])
        out = capsys.readouterr().out
        assert "\x1b" not in out and "\x07" not in out and "a.md" in out


@pytest.mark.parametrize("effort", [Effort(passage=0.0), Effort(statement=1e-6)], ids=["passage", "statement"])
def test_what_takes_too_long_is_undecided(effort: Effort) -> None:
    (finding,) = checked_text("$$(a + b)^2 = a^2 + b^2$$", "-", Checking("a, b : R", effort)).findings
    assert finding.status is LineStatus.UNDECIDED
    assert "time" in finding.reason or "stopped" in finding.reason


@pytest.mark.parametrize(
    ("limits", "said"),
    [(Limits(seconds=0.0), "stopped after 0 s"), (Limits(seconds=60.0, memory=2**20), "could not be read")],
    ids=["late", "memory"],
)
def test_a_child_that_is_late_or_out_of_memory_gives_no_verdict(limits: Limits, said: str) -> None:
    with ChildPool(1, limits) as pool:
        found = checked_text("$$(a + b)^2 = a^2 + b^2$$", "-", Checking("a, b : R", ask=through(pool)))
    assert said in found.problem and found.failed and not found.findings
