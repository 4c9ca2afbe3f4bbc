"""Files that must not be read, or cannot be: each is refused in one sentence, and nothing outside is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gradproof.documents import FileProblem, read_document
from gradproof.documents.files import LARGEST


def refused(path: Path) -> str:
    with pytest.raises(FileProblem) as caught:
        read_document(path, path.name)
    message = str(caught.value)
    assert "\n" not in message and path.name in message
    return message


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.4", "is a PDF"),
        ("a.png", b"\x89PNG", "is a picture"),
        ("a.zip", b"PK", "of no kind that is read"),
        ("a.tex", b"\xff\xfe$a$", "no text in UTF-8"),
        ("a.ipynb", b"{", "no notebook"),
        ("a.ipynb", b"[1]", "no notebook"),
        ("a.ipynb", b'{"cells": [1]}', "no notebook"),
        ("a.ipynb", b'{"cells": ' + b"[" * 100_000, "no notebook"),
        ("a.tex", b"a" * (LARGEST + 1), "too large"),
    ],
)
def test_a_broken_file_gives_one_sentence(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert said in refused(tmp_path / name)


def test_what_is_no_file_gives_one_sentence(tmp_path: Path) -> None:
    assert "there is no file" in refused(tmp_path / "none.tex")
    (tmp_path / "folder.tex").mkdir()
    assert "is no file" in refused(tmp_path / "folder.tex")
    os.mkfifo(tmp_path / "pipe.tex")
    assert "is no file" in refused(tmp_path / "pipe.tex")


def test_a_link_out_of_its_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("$secret = 1$")
    folder = tmp_path / "submission"
    folder.mkdir()
    (folder / "a.tex").symlink_to(tmp_path / "secret.tex")
    assert "leads out of its folder" in refused(folder / "a.tex")
    (folder / "b.tex").write_text("$a = b$")
    (folder / "c.tex").symlink_to("b.tex")
    assert len(read_document(folder / "c.tex").passages) == 1
    (folder / "loop.tex").symlink_to("loop.tex")
    refused(folder / "loop.tex")


def test_input_stays_within_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("$secret = 1$")
    folder = tmp_path / "submission"
    (folder / "parts").mkdir(parents=True)
    (folder / "parts" / "one.tex").write_text("\\newcommand{\\half}{\\frac12}\n$c = d$ \\input{../two}")
    (folder / "two.tex").write_text("$e = f$")
    (folder / "link.tex").symlink_to(tmp_path / "secret.tex")
    main = folder / "main.tex"
    main.write_text(
        "$a = b$\n\\input{parts/one}\n$g = h$\n"
        "\\input{../secret}\n\\input{/etc/passwd}\n\\input{link}\n\\input{main}\n\\input{none}\n% \\input{two}\n"
    )
    document = read_document(main, "main.tex")
    assert [p.text for p in document.passages] == ["a = b", "c = d", "e = f", "g = h"]
    assert [p.place().file for p in document.passages] == ["main.tex", "parts/one.tex", "two.tex", "main.tex"]
    assert "half" in document.macros
    assert [(fault.place.line, fault.place.column) for fault in document.faults] == [
        (line, 8) for line in (4, 5, 6, 7, 8)
    ]
    said = [fault.message for fault in document.faults]
    assert ["outside" in message for message in said] == [True, True, True, False, False]
    assert "takes itself in" in said[3] and "there is no file" in said[4]


def test_files_that_take_in_each_other_come_to_an_end(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"f{number}.tex").write_text(
            "".join(f"\\input{{f{other}}}\n" for other in range(30) if other != number)
        )
    document = read_document(tmp_path / "f0.tex")
    assert document.faults
    assert any("at most" in fault.message for fault in document.faults)
