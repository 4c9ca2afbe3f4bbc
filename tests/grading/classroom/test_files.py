"""What is read of a submission: a folder through its main file, and one sentence for what holds nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gradproof.documents import Document
from gradproof.grading.classroom import NamePattern, submissions
from gradproof.grading.classroom.files import MOST, read_submission


def read(*paths: Path, among: bool = False) -> tuple[Document, ...]:
    found = read_submission(paths, among)
    assert isinstance(found, tuple), found
    return found


def formulas(documents: tuple[Document, ...]) -> list[str]:
    return [passage.text.strip() for document in documents for passage in document.passages]


def refused(*paths: Path, among: bool = False) -> str:
    found = read_submission(paths, among)
    assert isinstance(found, str)
    return found


def test_a_folder_is_read_through_its_main_file(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "main.tex").write_text("\\[a\\]\\input{parts/step}\\[c\\]", encoding="utf-8")
    (tmp_path / "parts" / "step.tex").write_text("\\[b\\]", encoding="utf-8")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    (tmp_path / ".hidden.tex").write_text("\\[d\\]", encoding="utf-8")
    assert formulas(read(tmp_path)) == ["a", "b", "c"]


def test_a_main_file_deeper_in_the_folder_may_take_in_what_stands_above_but_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "other.tex").write_text("\\[secret\\]", encoding="utf-8")
    own = tmp_path / "ada"
    (own / "source").mkdir(parents=True)
    (own / "above.tex").write_text("\\[b\\]", encoding="utf-8")
    (own / "source" / "main.tex").write_text("\\[a\\]\\input{../above}\\input{../../other}", encoding="utf-8")
    (document,) = read(own)
    assert formulas((document,)) == ["a", "b"]
    assert [fault.message for fault in document.faults] == [
        "../../other lies outside of the folder ada, and is not read"
    ]


def test_a_file_among_those_of_others_takes_in_only_its_own(tmp_path: Path) -> None:
    """Ada has two files beside that of Ben, whom she names; alone in a folder she may take in what lies there."""
    ben = tmp_path / "ben_hw3.tex"
    ben.write_text("\\[secret\\]", encoding="utf-8")
    ada = [tmp_path / "ada_hw3.tex", tmp_path / "ada_part.tex"]
    ada[0].write_text("\\[a\\]\\input{ada_part}\\input{ben_hw3}\\input{nobody}", encoding="utf-8")
    ada[1].write_text("\\[b\\]", encoding="utf-8")
    first, second = submissions([*ada, ben], NamePattern("{student}_*.tex"))
    assert (first.student, first.among, second.student, second.among) == ("ada", True, "ben", True)
    found = read(*first.paths, among=first.among)
    assert formulas(found) == ["a", "b", "b"]
    words = "is not read; among the files of others, only files of the same author are"
    assert [fault.message for fault in found[0].faults] == [f"ben_hw3 {words}", f"nobody {words}"]
    (alone,) = submissions(ada, NamePattern("{student}_*.tex"))
    assert not alone.among
    assert "secret" in formulas(read(*alone.paths))  # nobody said that this folder is that of a class


def test_folders_of_students_beside_a_file_belong_to_others(tmp_path: Path) -> None:
    (tmp_path / "ben").mkdir()
    (tmp_path / "ben" / "hw3.tex").write_text("\\[secret\\]", encoding="utf-8")
    ada = tmp_path / "ada.tex"
    ada.write_text("\\[a\\]\\input{ben/hw3}", encoding="utf-8")
    first, second = submissions([ada, tmp_path / "ben"])
    assert first.among and not second.among
    assert formulas(read(*first.paths, among=True)) == ["a"]
    assert formulas(read(*second.paths, among=second.among)) == ["secret"]
    several = submissions([tmp_path / "ben" / "hw3.tex", tmp_path / "cem" / "hw3.tex"])
    assert [each.among for each in several] == [False, False]  # each is alone in its folder


def test_a_link_to_the_file_of_another_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ben.tex").write_text("\\[secret\\]", encoding="utf-8")
    (tmp_path / "ada.tex").symlink_to("ben.tex")
    assert refused(tmp_path / "ada.tex", among=True) == (
        "ada.tex is a link among the files of others; name the file itself"
    )
    assert formulas(read(tmp_path / "ada.tex")) == ["secret"]


def test_files_that_take_in_each_other_are_read_all_the_same(tmp_path: Path) -> None:
    for one, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{one}.tex").write_text(f"\\[{one}\\]\\input{{{other}}}", encoding="utf-8")
    assert {"a", "b"} <= set(formulas(read(tmp_path)))


def test_a_pdf_beside_its_source_is_left_alone(tmp_path: Path) -> None:
    source, scan = tmp_path / "ada.tex", tmp_path / "ada.pdf"
    source.write_text("\\[a\\]", encoding="utf-8")
    scan.write_bytes(b"%PDF")
    assert formulas(read(scan, source)) == ["a"]
    assert "ada.pdf is a PDF" in refused(scan)


def test_what_cannot_be_read_beside_what_can_is_a_fault(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.tex", tmp_path / "b.tex"
    good.write_text("\\[a\\]", encoding="utf-8")
    bad.write_bytes(b"\xff")
    for found in (read(good, bad), read(tmp_path)):
        assert formulas(found) == ["a"]
        (fault,) = [fault for document in found for fault in document.faults]
        assert "b.tex is no text in UTF-8" in fault.message and fault.place.file.endswith("b.tex")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.4", "a.pdf is a PDF, of which nothing can be read"),
        ("a.jpg", b"\xff\xd8", "a.jpg is a picture"),
        ("a.docx", b"PK", "a.docx is a Word file"),
        ("a.zip", b"PK\x03\x04", "a.zip is"),
        ("a.tex", b"\x89\xff\x00", "a.tex is no text in UTF-8"),
        ("a.tex", b"", "a.tex holds no formula"),
        ("a.md", b"I could not do it.", "a.md holds no formula"),
        ("a.tex", b"% gradproof: x : R", "a.tex holds no formula"),
        ("a.ipynb", b"{", "a.ipynb"),
    ],
)
def test_one_sentence_for_what_holds_nothing(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    found = refused(tmp_path / name)
    assert found.startswith(said) and "\n" not in found


def test_links_folders_and_missing_files(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.tex", tmp_path / "class"
    outside.write_text("\\[a\\]", encoding="utf-8")
    folder.mkdir()
    for name, target in (("out.tex", outside), ("gone.tex", folder / "nothing"), ("up", tmp_path)):
        (folder / name).symlink_to(target)
    (folder / "empty").mkdir()
    assert "out.tex is a link that leads out of its folder" in refused(folder / "out.tex")
    assert "there is no file gone.tex" in refused(folder / "gone.tex")
    assert "up is a link that leads out of its folder" in refused(folder / "up")
    assert "the folder empty holds no file of the kinds .tex" in refused(folder / "empty")
    assert "there is no file lost.tex" in refused(folder / "lost.tex")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be allowed everything, so that the refusal comes from us."""
    file = tmp_path / "a.tex"
    file.write_text("\\[a\\]", encoding="utf-8")

    def refuse(*arguments: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refused(file) == "a.tex cannot be read: Permission denied"


def test_a_folder_of_a_whole_class_is_not_taken_for_a_student(tmp_path: Path) -> None:
    for number in range(MOST + 1):
        (tmp_path / f"{number}.tex").touch()
    assert f"holds more than {MOST} files; is it that of one student?" in refused(tmp_path)
    os.unlink(tmp_path / "0.tex")
    assert "more than" not in refused(tmp_path)
