"""What TeX's log tells, and what is said where there is no TeX."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradproof.derivations import catalogue
from gradproof.notes import TexError, lecture_notes, make_pdf, missing_programs, write_notes
from gradproof.notes.pdf import faults_in


@pytest.mark.parametrize(
    "line",
    [
        "Missing character: There is no ₀ in font ptmr8t!",
        "LaTeX Warning: Reference `A7' on page 3 undefined on input line 12.",
        "LaTeX Warning: There were undefined references.",
        "LaTeX Warning: Label `A1' multiply defined.",
        "LaTeX Warning: There were multiply-defined labels.",
        r"Overfull \hbox (5.1pt too wide) in paragraph at lines 3--4",
        r"Overfull \vbox (12.0pt too high) has occurred while \output is active []",
    ],
)
def test_faults_are_found(line: str) -> None:
    assert faults_in(f"This is pdfTeX\n{line}\n\nOutput written") == (line,)


@pytest.mark.parametrize(
    "line",
    [
        r"Overfull \hbox (4.9pt too wide) in paragraph at lines 3--4",
        r"Underfull \hbox (badness 10000) in paragraph at lines 3--4",
        "LaTeX Warning: Label(s) may have changed. Rerun to get cross-references right.",
    ],
)
def test_what_nobody_sees_is_no_fault(line: str) -> None:
    assert faults_in(line) == ()


def test_without_tex_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert missing_programs("zh") == ("latexmk", "xelatex")
    with pytest.raises(TexError, match="latexmk and pdflatex"):
        make_pdf(tmp_path / "notes.tex", "en")


def test_files_are_written_as_asked(tmp_path: Path) -> None:
    tanh = catalogue.find("tanh_derivative")
    written = write_notes([tanh], {}, tmp_path / "notes", "zh", ("html", "latex", "html"))
    assert sorted(path.name for path in written) == ["notes.html", "notes.tex"]
    assert all("双曲正切" in text or "tanh" in text for text in (p.read_text(encoding="utf-8") for p in written))
    with pytest.raises(ValueError, match=r"'docx'.*latex, html, pdf"):
        write_notes([tanh], {}, tmp_path, formats=("docx",))


def test_lecture_notes_check_what_they_print(tmp_path: Path) -> None:
    notes = lecture_notes(["tanh_derivative"])
    assert set(notes.reports) == {"tanh_derivative"} and notes.reports["tanh_derivative"]
    notes.write(tmp_path, ("html",))
    page = (tmp_path / "notes.html").read_text(encoding="utf-8")
    assert 'class="badge proved"' in page and 'class="badge agrees"' in page
    unchecked = lecture_notes(["tanh_derivative"], check=False)
    unchecked.write(tmp_path, ("html",))
    page = (tmp_path / "notes.html").read_text(encoding="utf-8")
    assert 'class="badge none"' in page and 'class="badge proved"' not in page
    with pytest.raises(catalogue.UnknownDerivation):
        lecture_notes(["tanh_derivativ"])
