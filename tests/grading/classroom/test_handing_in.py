"""What is a submission of what is handed in: a class in a folder, folders of students, patterns."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradproof.grading.classroom import NothingHandedIn, handed_in


@pytest.fixture
def hw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A class with files, a student's folder, and what stands beside them."""
    monkeypatch.chdir(tmp_path)
    folder = Path("hw")
    for name in ("ada.tex", "ben.pdf", "ben.aux", "marks.csv", ".hidden.tex", "cem/hw3.tex", "dee/a.md", "__MACOSX/x"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def test_one_folder_is_a_class(hw: Path) -> None:
    assert handed_in(["hw"]) == [hw / "ada.tex", hw / "ben.pdf", hw / "cem", hw / "dee"]


def test_several_folders_are_a_student_each(hw: Path) -> None:
    assert handed_in(["hw/cem", "hw/dee"]) == [hw / "cem", hw / "dee"]


def test_a_folder_with_a_main_file_is_a_student(hw: Path) -> None:
    assert handed_in(["hw/cem"]) == [hw / "cem" / "hw3.tex"]
    (hw / "cem" / "main.tex").touch()
    assert handed_in(["hw/cem"]) == [hw / "cem"]


def test_a_pattern_names_files_and_folders_themselves(hw: Path) -> None:
    assert handed_in(["hw/[cd]*"]) == [hw / "cem", hw / "dee"]
    assert handed_in(["hw/*/hw3.tex"]) == [hw / "cem" / "hw3.tex"]
    assert handed_in(["hw/**/*.tex"]) == [hw / "ada.tex", hw / "cem" / "hw3.tex"]


def test_each_counts_once_and_a_name_with_signs_of_patterns_is_a_name(hw: Path) -> None:
    (hw / "eve[1].tex").touch()
    names = ["hw/ada.tex", "hw/eve[1].tex", "hw/a*.tex"]
    assert handed_in(names) == [hw / "ada.tex", hw / "eve[1].tex"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("-", "standard input is not graded"),
        ("nowhere", "there is no file nowhere"),
        ("hw/*.docx", "no file fits hw/*.docx"),
        ("empty", "the folder empty has nothing in it that may be a submission"),
    ],
)
def test_names_that_lead_nowhere(name: str, said: str, hw: Path) -> None:
    Path("empty").mkdir()
    Path("empty", "marks.csv").touch()
    with pytest.raises(NothingHandedIn) as error:
        handed_in([name])
    assert said in str(error.value)
