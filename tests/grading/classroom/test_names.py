"""Students from the names of files: patterns, any alphabet, several files of one student, and names that clash."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from gradproof.grading.classroom import BadNames, NamePattern, submissions


@pytest.mark.parametrize(
    ("pattern", "name", "student"),
    [
        ("{student}_hw3.tex", "Ada Lovelace_hw3.tex", "Ada Lovelace"),
        ("{student}_hw3.tex", "李雷_hw3.tex", "李雷"),
        ("{student}_hw3.tex", "ada_hw4.tex", None),
        ("{student}_hw3.tex", "_hw3.tex", None),
        ("{student}_hw3.tex", " _hw3.tex", None),
        ("{student}_hw3.tex", "ada_hw3xtex", None),
        ("hw3-{student}.*", "hw3-ada.ipynb", "ada"),
        ("{student}_*_assignsubmission_file", "Ada Lovelace_4711_assignsubmission_file", "Ada Lovelace"),
        ("*_{student}.md", "2026_11_ada.md", "11_ada"),
        ("a+({student})[1].tex", "a+(ada)[1].tex", "ada"),
    ],
)
def test_patterns(pattern: str, name: str, student: str | None) -> None:
    assert NamePattern(pattern).student(name) == student


@pytest.mark.parametrize("pattern", ["hw3.tex", "{student}{student}.tex", "{student}/*.tex", "{name}.tex", ""])
def test_a_pattern_that_cannot_be_used(pattern: str) -> None:
    with pytest.raises(BadNames, match="the pattern"):
        NamePattern(pattern)


def students(*names: str, pattern: str | None = None) -> dict[str, int]:
    found = submissions(map(Path, names), NamePattern(pattern) if pattern else None)
    assert not any(each.problem for each in found)
    assert len({each.student for each in found}) == len(found)
    return {each.student: len(each.paths) for each in found}


def test_without_a_pattern_it_is_the_name_of_the_file() -> None:
    assert students("hw/ada.tex", "hw/ben.md", "hw/ada.pdf") == {"ada": 2, "ben": 1}


def test_what_has_one_name_in_several_folders_is_named_by_its_folder() -> None:
    assert students("hw/ada/hw3.tex", "hw/ben/hw3.tex", "hw/cem.tex") == {"ada": 1, "ben": 1, "cem": 1}
    assert students("1/ada/hw3.tex", "2/ada/hw3.tex") == {str(Path("1/ada/hw3")): 1, str(Path("2/ada/hw3")): 1}
    assert students("1/ada/hw3.tex", "2/ben/hw3.tex", "3/ada.tex") == {
        str(Path("1/ada/hw3")): 1, "ben": 1, "ada": 1
    }  # fmt: skip


def test_files_of_one_student_belong_together_in_the_order_of_the_first() -> None:
    names = ("ben_1.tex", "ada_1.tex", "ben_2.tex")
    assert list(students(*names, pattern="{student}_*.tex").items()) == [("ben", 2), ("ada", 1)]


def test_decomposed_letters_are_the_same_name() -> None:
    decomposed = unicodedata.normalize("NFD", "Zoë")
    assert decomposed != "Zoë"
    assert students(f"{decomposed}_1.tex", "Zoë_2.tex", pattern="{student}_*.tex") == {"Zoë": 2}


def test_bytes_that_are_no_text_are_shown_as_such() -> None:
    (found,) = submissions([Path(os.fsdecode(b"a\xff.tex"))])
    assert (found.student, found.shown) == ("a�", "a�.tex")
    assert found.paths[0] == Path(os.fsdecode(b"a\xff.tex"))


def test_a_name_that_does_not_fit_is_said_and_not_graded() -> None:
    ada, notes = submissions([Path("ada_hw3.tex"), Path("notes.tex")], NamePattern("{student}_hw3.tex"))
    assert (ada.student, ada.problem) == ("ada", "")
    assert (notes.student, notes.problem) == ("", "the name notes.tex does not fit {student}_hw3.tex; whose is it?")


def test_a_pattern_that_no_name_fits() -> None:
    with pytest.raises(
        BadNames, match=r"no name fits the pattern \{student\}_hw4.tex; one of the names is ada_hw3.tex"
    ):
        submissions([Path("ada_hw3.tex")], NamePattern("{student}_hw4.tex"))
