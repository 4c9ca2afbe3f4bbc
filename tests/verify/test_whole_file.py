"""A file is written whole or not at all, and what was there before stays until then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gradproof.verify.whole_file import write_whole


def test_what_is_written_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_text("before")
    write_whole(place, "σ\n")
    assert place.read_bytes() == "σ\n".encode()
    write_whole(place, b"\x00")
    assert place.read_bytes() == b"\x00" and list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("problem", [OSError("full"), KeyboardInterrupt()], ids=["full", "interrupted"])
def test_what_fails_leaves_what_was_there_and_nothing_else(
    problem: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "a.txt"
    place.write_text("before")

    def failing(source: Path, target: Path) -> None:
        assert Path(source).read_text() == "after" and Path(target).read_text() == "before"
        raise problem

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(type(problem)):
        write_whole(place, "after")
    assert place.read_text() == "before" and list(tmp_path.iterdir()) == [place]


def test_what_cannot_be_written_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_text("before")
    with pytest.raises(TypeError):
        write_whole(place, 5)  # type: ignore[arg-type]
    assert place.read_text() == "before" and list(tmp_path.iterdir()) == [place]


def test_a_new_file_has_the_rights_of_new_files(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "")
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_whole(tmp_path / "no" / "a", "")
