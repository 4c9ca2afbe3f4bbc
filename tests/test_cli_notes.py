"""`gradproof notes`: which files come out, and what is said where TeX is missing or stops."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gradproof import notes
from gradproof.cli import formats, main, noting
from gradproof.cli.folders import MANIFEST
from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation
from gradproof.verify.batch import Checked
from gradproof.verify.check import verify_derivation
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Evidence, Report, Verdict

NAME = "softmax_shift"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "notes"


@pytest.fixture
def no_tex(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def files(place: Path) -> set[str]:
    return {path.name for path in place.iterdir()} - {MANIFEST}


def test_the_formats_are_those_of_the_notes() -> None:
    """The command keeps its own list, so that it can refuse a format before it loads anything."""
    assert formats.FORMATS == notes.FORMATS


@pytest.mark.usefixtures("no_tex")
def test_without_tex_the_rest_is_written_and_a_word_is_said(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notes", NAME]) == 0
    captured = capsys.readouterr()
    assert captured.out.split() == ["notes/notes.tex", "notes/notes.html"]
    assert captured.err == "gradproof: no PDF is made, as TeX (latexmk and pdflatex) is not installed here\n"
    assert files(place) == {"notes.tex", "notes.html"}


@pytest.mark.usefixtures("no_tex")
def test_a_pdf_that_was_asked_for_and_cannot_be_made_is_no_success(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["notes", NAME, "--format", "html,pdf"]) == 3
    assert "no PDF is made" in capsys.readouterr().err
    assert files(place) == {"notes.tex", "notes.html"}


@pytest.mark.usefixtures("no_tex", "capsys")
@pytest.mark.parametrize(("asked", "expected"), [("html", {"notes.html"}), ("latex, latex", {"notes.tex"})])
def test_only_what_was_asked_for_is_written(place: Path, asked: str, expected: set[str]) -> None:
    assert main(["notes", NAME, "--out", str(place), "--format", asked]) == 0
    assert files(place) == expected


def test_tex_that_stops_is_no_success_and_keeps_the_rest(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(source: Path, language: str) -> Path:
        raise notes.TexError("TeX stopped at notes.tex:\n! Undefined control sequence.")

    monkeypatch.setattr(noting, "missing_programs", lambda language: ())
    monkeypatch.setattr(noting, "make_pdf", stop)
    assert main(["notes", NAME]) == 3
    assert capsys.readouterr().err == "gradproof: TeX stopped at notes.tex: ! Undefined control sequence.\n"
    assert files(place) == {"notes.tex", "notes.html"}


@pytest.mark.usefixtures("capsys")
def test_notes_with_a_refuted_line_are_written_and_exit_1(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuted(derivations: Sequence[Derivation], *_: object) -> Iterator[Checked]:
        for derivation in derivations:
            first, *others = verify_derivation(derivation)
            claim: Claim = first.claim
            yield Checked(derivation, (Report(claim, (Evidence("a method", Verdict.REFUTED),)), *others), ())

    monkeypatch.setattr(noting, "checked", refuted)
    assert main(["notes", NAME, "--format", "html"]) == 1
    assert files(place) == {"notes.html"}


@pytest.mark.usefixtures("no_tex", "capsys")
def test_the_language(place: Path) -> None:
    assert main(["notes", NAME, "--lang", "zh", "--format", "html"]) == 0
    assert 'lang="zh' in (place / "notes.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_tex", "capsys")
def test_both_languages(place: Path) -> None:
    assert main(["notes", NAME, "--lang", "both", "--format", "html,latex,fragment,markdown,beamer"]) == 0
    assert files(place) == {
        "notes.html", "notes-en.tex", "notes-zh.tex", "slides-en.tex", "slides-zh.tex", "fragments", "markdown"
    }  # fmt: skip
    assert {path.name for path in (place / "fragments").iterdir()} == {f"{NAME}-en.tex", f"{NAME}-zh.tex"}
    assert {path.name for path in (place / "markdown").glob("*.md")} == {"softmax-en.md", "softmax-zh.md"}
    assert "逐步" in (place / "notes-zh.tex").read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_tex")
def test_chapters_by_number_and_by_name(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def unchecked(derivations: Sequence[Derivation], *_: object) -> Iterator[Checked]:
        asked.extend(derivation.name for derivation in derivations)
        yield from ()

    monkeypatch.setattr(noting, "checked", unchecked)
    monkeypatch.setattr(noting, "lessons_of", lambda *_: iter(()))
    assert main(["notes", "--chapters", "7, norms", NAME, "--format", "html"]) == 3, "without reports nothing is known"
    by_name = {chapter.name: chapter.derivations for chapter in catalogue.chapters()}
    assert asked == [entry.name for entry in (*by_name["softmax"], *by_name["norms"])], "what is there is taken once"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--chapters", "7,99"], "there is no chapter '99'; the chapters are 1 gradients, 2 "),
        (["--chapters", "3,"], "'3,' names no chapter between its commas"),
        (["--symbol", "z:o"], "--symbol wants OLD=NEW, such as z=o, not 'z:o'"),
        (["--symbol", "z=o", "--symbol", "z=y"], "--symbol gives z two symbols, o and y"),
        (["--symbol", "zz=o", NAME], "no derivation here has the symbol 'zz'; theirs are "),
        (["--symbol", "z=n", NAME], "z cannot be n in softmax_shift: n is written so there"),
        (["--symbol", "z=a b", NAME], "the name 'a b' cannot be written"),
        (["--format", "docx"], "there is no format 'docx'; the formats are latex, "),
    ],
)
def test_what_there_is_not_is_said_in_one_sentence(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["notes", *arguments]) == 2
    message = capsys.readouterr().err
    assert said in message and message.count("\n") == 1 and not place.exists()


@pytest.mark.usefixtures("no_tex", "capsys")
def test_own_symbols_are_proved_and_shown(place: Path) -> None:
    arguments = ["notes", "softmax_jacobian", "--symbol", "z=o", "--symbol", "p=y", "--format", "markdown,fragment"]
    assert main(arguments) == 0
    text = (place / "markdown" / "softmax.md").read_text(encoding="utf-8")
    assert r"\frac{\partial y_i}{\partial o_j} = y_i (\delta_{ij} - y_j)" in text
    assert "25 lines proved" in text and not re.search(r"\b[zp]_", text)


@pytest.mark.usefixtures("no_tex")
def test_a_further_language_says_what_it_lacks(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("fr.toml").write_text('language = "fr"\n[texts]\n"notes.contents" = "Sommaire"\n', encoding="utf-8")
    assert main(["notes", NAME, "--texts", "fr.toml", "--format", "html"]) == 0
    assert re.fullmatch(r"gradproof: \d{3} texts are not in fr.toml and stay English\n", capsys.readouterr().err)
    assert "Sommaire" in (place / "notes.html").read_text(encoding="utf-8")
    assert main(["notes", NAME, "--texts", "none.toml", "--format", "html"]) == 2
    assert "none.toml cannot be read" in capsys.readouterr().err


def test_somebody_elses_folder_is_refused_before_anything_is_computed(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place.mkdir()
    (place / "thesis.tex").write_text("years", encoding="utf-8")
    monkeypatch.setattr(noting, "checked", None)  # calling it would raise
    assert main(["notes", NAME]) == 2
    assert "holds files that gradproof did not write" in capsys.readouterr().err
    assert files(place) == {"thesis.tex"}


@pytest.mark.tex
@pytest.mark.parametrize("language", ["en", "zh"])
def test_with_tex_a_pdf_comes_out(place: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notes", NAME, "--lang", language]) == 0
    assert capsys.readouterr().err == ""
    assert (place / "notes.pdf").read_bytes().startswith(b"%PDF-")
