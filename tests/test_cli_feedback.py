"""`gradproof grade` with rubrics, hints, pages, results for Gradescope, and exercises of the grader's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gradproof.cli import main
from gradproof.cli.exits import USAGE

EXAMPLES = Path(__file__).parents[1] / "examples" / "grading"
CLASS = [str(EXAMPLES / "submissions"), "--against", "softmax_jacobian", "--jobs", "1"]
RUBRIC = ["--rubric", str(EXAMPLES / "rubric.toml")]


def grade(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["grade", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["2 / 2 quotient rule: earned (line 3)", "points 4 of 5", "points 5 of 5", "the sign of the term"]),
        ("zh", ["2 / 2 商的求导法则：得分 (第 3 行)", "得分 4/5", "得分 5/5", "符号错误", "左边 0.1966"]),
    ],
)
def test_the_example(language: str, said: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    out = grade(capsys, *CLASS, *RUBRIC, "--lang", language)
    assert all(each in out for each in said)
    assert "wrong" not in out or language == "en"


def test_points_of_the_rubric_stand_in_json_and_in_the_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = tmp_path / "marks.csv"
    found = json.loads(grade(capsys, *CLASS, *RUBRIC, "--format", "json", "--summary", str(summary)))
    ada, bo = found["files"]
    assert (ada["points"], ada["of"], ada["open"], bo["points"]) == (4, 5, 0, 5)
    assert [item["award"] for item in ada["rubric"]["items"]] == ["EARNED", "EARNED", "LOST"]
    assert "ada" in summary.read_text(encoding="utf-8-sig")
    assert ",4,5,0," in summary.read_text(encoding="utf-8-sig")


def test_hints_give_nothing_away_anywhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "json", "html"):
        out = grade(capsys, *CLASS, "--hints", "1", "--format", form)
        assert "Check the signs in this line." in out
        for said in ("i ≠ j", "sign off the diagonal", "0.1966"):
            assert said not in out, form


def test_pages_and_results_in_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages, results = tmp_path / "pages", tmp_path / "results"
    assert grade(capsys, *CLASS, *RUBRIC, "--format", "html", "--out", str(pages)) == ""
    assert sorted(path.name for path in pages.glob("*.html")) == ["ada.html", "bo.html", "index.html"]
    assert 'href="ada.html"' in (pages / "index.html").read_text(encoding="utf-8")
    assert 'href="index.html"' in (pages / "ada.html").read_text(encoding="utf-8")
    grade(capsys, *CLASS, *RUBRIC, "--format", "gradescope", "--out", str(results))
    found = json.loads((results / "ada.json").read_text(encoding="utf-8"))
    assert (found["score"], len(found["tests"])) == (4, 3)


def test_one_file_and_an_exercise_of_one_s_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    work = tmp_path / "work.md"
    work.write_text(r"$$\frac{dE}{dw} = (y - t) x (y - y^2)$$", encoding="utf-8")
    for own in ("own.toml", "own.tex"):
        arguments = [str(work), "--against", str(EXAMPLES / own), "--format", "gradescope"]
        assert json.loads(grade(capsys, *arguments))["score"] == 1
    place = tmp_path / "results.json"
    grade(capsys, *arguments, "--out", str(place))
    assert json.loads(place.read_text(encoding="utf-8"))["score"] == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    page = tmp_path / "work.html"
    grade(capsys, *arguments[:-1], "html", "--lang", "zh", "--out", str(page))
    assert "结果正确" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([*CLASS, "--out", "x"], "--out goes with --format html or gradescope"),
        ([*CLASS, "--format", "gradescope"], "2 submissions have a results.json each; name a folder"),
        ([*CLASS, "--format", "gradescope", "--out", "all.json"], "name a folder"),
        ([*CLASS, "--rubric", "none.toml"], "--rubric: none.toml: there is no file"),
        ([*CLASS, "--rubric", str(EXAMPLES / "own.toml")], "unknown name given"),
        ([CLASS[0], "--against", "none.toml"], "none.toml: there is no file"),
        ([CLASS[0], "--against", str(EXAMPLES / "rubric.toml")], "unknown name items"),
        ([*CLASS, "--hints", "4"], "less than or equal to 3"),
    ],
)
def test_usage(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", *arguments]) == USAGE
    assert said in capsys.readouterr().err
