"""Output folders: whole or not there, and other people's files stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gradproof.cli.exits import CommandError
from gradproof.cli.folders import MANIFEST, output_folder


def write(place: Path, **files: str) -> None:
    with output_folder(place) as folder:
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")


def contents(place: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in place.iterdir() if path.name != MANIFEST}


def test_a_folder_is_made_with_its_parents_and_a_list_of_its_files(tmp_path: Path) -> None:
    place = tmp_path / "far" / "notes"
    write(place, b="2", a="1")
    assert contents(place) == {"a": "1", "b": "2"}
    manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    assert manifest == {"schema": "gradproof/output/1", "files": ["a", "b"]}
    assert [path.name for path in place.parent.iterdir()] == ["notes"]


def test_others_may_read_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "notes", a="1")
    assert (tmp_path / "notes").stat().st_mode & 0o055 == 0o055


def test_a_second_run_replaces_what_the_first_wrote(tmp_path: Path) -> None:
    place = tmp_path / "notes"
    write(place, a="old", gone="old")
    write(place, a="new")
    assert contents(place) == {"a": "new"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    place = tmp_path / "notes"
    place.mkdir()
    write(place, a="1")
    assert contents(place) == {"a": "1"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_exception_midway_leaves_the_old_folder(tmp_path: Path, error: type[BaseException]) -> None:
    place = tmp_path / "notes"
    write(place, a="old")
    with pytest.raises(error), output_folder(place) as folder:
        (folder / "a").write_text("half", encoding="utf-8")
        raise error
    assert contents(place) == {"a": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["notes"]


def test_the_old_folder_comes_back_if_the_new_one_cannot_be_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "notes"
    write(place, a="old")
    rename = Path.rename

    def fail_on_the_new(self: Path, target: Path) -> Path:
        if target == place and not self.name.endswith("-old"):
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_on_the_new)
    with pytest.raises(PermissionError):
        write(place, a="new")
    assert contents(place) == {"a": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["notes"]


def test_files_that_others_added_are_kept(tmp_path: Path) -> None:
    place = tmp_path / "notes"
    write(place, a="1")
    (place / "a.aux").write_text("of TeX", encoding="utf-8")
    (place / "deep").mkdir()
    (place / "deep" / "mine").write_text("mine", encoding="utf-8")
    write(place, a="2")
    assert (place / "a").read_text(encoding="utf-8") == "2"
    assert (place / "a.aux").read_text(encoding="utf-8") == "of TeX"
    assert (place / "deep" / "mine").read_text(encoding="utf-8") == "mine"
    assert json.loads((place / MANIFEST).read_text(encoding="utf-8"))["files"] == ["a"]


def test_a_new_file_does_not_fall_on_one_that_others_added(tmp_path: Path) -> None:
    place = tmp_path / "notes"
    write(place, a="1")
    (place / "b").write_text("mine", encoding="utf-8")
    with pytest.raises(CommandError, match="b was not written by gradproof and would be lost"):
        write(place, a="2", b="2")
    assert contents(place) == {"a": "1", "b": "mine"}


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (None, "holds files that gradproof did not write"),
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"schema": "gradproof/output/1"}', "cannot be read"),
        ('{"schema": "gradproof/output/99", "files": []}', "another version of gradproof"),
    ],
)
def test_the_folder_of_somebody_else_is_refused(tmp_path: Path, manifest: str | None, message: str) -> None:
    (tmp_path / "thesis.tex").write_text("years", encoding="utf-8")
    if manifest is not None:
        (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        write(tmp_path, a="1")
    assert (tmp_path / "thesis.tex").read_text(encoding="utf-8") == "years"


def test_a_file_and_the_working_folder_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="is a file, not a folder"):
        write(tmp_path / "file", a="1")
    with pytest.raises(CommandError, match="cannot be written into"):
        write(tmp_path / "file" / "notes", a="1")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match="the folder that you are in"):
        write(Path(), a="1")
    with pytest.raises(CommandError, match="the folder that you are in"):
        write(tmp_path.parent, a="1")


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link", a="1")
    assert (tmp_path / "link").is_symlink()
    assert contents(tmp_path / "real") == {"a": "1"}
