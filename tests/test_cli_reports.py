"""`gradproof check --format …` and `--baseline` as people run them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gradproof.cli import main

DECLARED = "a, b : R"
GOOD = "$$(a + b)^2 = a^2 + 2 a b + b^2$$\n"
WRONG = "$$(a + b)^2 = a^2 + b^2$$\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> tuple[str, str]:
    assert main(["check", *arguments, "--jobs", "1", "--declare", DECLARED]) == code
    return tuple(capsys.readouterr())


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    (tmp_path / "page.md").write_text(GOOD + WRONG, encoding="utf-8")
    return tmp_path / "page.md"


def test_the_formats(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = run(capsys, "page.md", "--format", "github", code=1)
    assert out.splitlines()[0].startswith("::error file=page.md,line=2,col=15,endColumn=24,title=wrong formula::")
    assert out.splitlines()[1:] == ["1 file: proved 1, REFUTED 1"]
    out, _ = run(capsys, "page.md", "--format", "junit", code=1)
    assert ElementTree.fromstring(out).attrib["failures"] == "1"
    out, _ = run(capsys, "page.md", "--format", "sarif", code=1)
    (result,) = json.loads(out)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 2


def test_a_baseline_from_its_first_day_to_its_last(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    adopt = ("page.md", "--baseline", "known.json")
    out, said = run(capsys, *adopt, "--write-baseline")
    assert "REFUTED 1" in out and said == "gradproof: known.json has 1 known failure\n"
    out, said = run(capsys, *adopt)
    assert "page.md:2:15: REFUTED  (known)\n" in out and out.endswith("REFUTED 1, known 1\n") and not said
    page.write_text(GOOD + "\n" + WRONG + "$$a b = a + b$$\n", encoding="utf-8")
    out, _ = run(capsys, *adopt, "--format", "github", code=1)
    assert [line.split("::")[1].split(",")[1] for line in out.splitlines()[:-1]] == ["line=4"]
    page.write_text(GOOD, encoding="utf-8")
    _, said = run(capsys, *adopt)
    assert "the baseline knows what is not found any longer: page.md: (a + b)^2 = a^2 + b^2" in said
    _, said = run(capsys, *adopt, "--write-baseline")
    assert said == "gradproof: known.json has 0 known failures\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--write-baseline"], "name one"),
        (["--baseline", "none.json"], "there is no baseline none.json; --write-baseline writes it"),
        (["--baseline", "page.md"], "page.md is no baseline"),
        (["--baseline", "none/known.json", "--write-baseline"], "none/known.json cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    page: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    _, told = run(capsys, "page.md", *arguments, code=2)
    assert told.count("\n") == 1 and said in told
