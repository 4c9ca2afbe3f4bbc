"""A folder that anything may have happened to: values come back whole or not at all, and nothing is raised."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from gradproof.verify.cache import Store, default_folder
from gradproof.verify.cache.store import DAYS

KEY, OTHER = "ab" * 32, "ac" * 32
VALUE = {"verdict": "PROVED", "worst": 0.5, "names": ["α", None]}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def file_of(store: Store) -> Path:
    (file,) = (path for path in store.folder.rglob("*") if path.is_file())
    return file


def test_what_is_put_comes_back(store: Store) -> None:
    assert store.get(KEY) is None and not store.written
    store.put(KEY, VALUE)
    assert store.get(KEY) == VALUE and store.written and not store.problem
    store.put(KEY, [1])
    assert store.get(KEY) == [1]
    assert store.get(OTHER) is None
    assert file_of(store).suffix == ".json"  # and nothing half-written lies about


def test_every_byte_counts(store: Store) -> None:
    store.put(KEY, VALUE)
    whole = file_of(store).read_bytes()
    for place in range(len(whole)):
        file_of(store).write_bytes(whole[:place])
        assert store.get(KEY) is None, f"cut off at {place}"
        file_of(store).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert store.get(KEY) is None, f"altered at {place}"
    file_of(store).write_bytes(whole)
    assert store.get(KEY) == VALUE


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n{}", b"[" * 100_000 + b"\n1", b"\xff\xfe\n\x00", b"null\nnull"])
def test_what_somebody_else_wrote_there(store: Store, content: bytes) -> None:
    store.put(KEY, VALUE)
    file_of(store).write_bytes(content)
    assert store.get(KEY) is None


def test_a_value_under_another_key_is_not_taken(store: Store) -> None:
    """A file that was renamed says nothing about its new name."""
    store.put(KEY, VALUE)
    file = file_of(store)
    (store.folder / OTHER[:2]).mkdir()
    file.rename(store.folder / OTHER[:2] / f"{OTHER}.json")
    assert store.get(OTHER) is None


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    store = Store(tmp_path / "file")
    store.put(KEY, VALUE)
    assert "cannot be written into" in store.problem and not store.written
    assert store.get(KEY) is None
    store.tidy()


def test_a_folder_in_the_place_of_a_value(store: Store) -> None:
    (store.folder / KEY[:2] / f"{KEY}.json").mkdir(parents=True)
    assert store.get(KEY) is None
    store.put(KEY, VALUE)
    assert store.problem
    assert [path.name for path in (store.folder / KEY[:2]).iterdir()] == [f"{KEY}.json"]


def test_what_is_old_is_removed(store: Store) -> None:
    store.put(KEY, VALUE)
    store.put(OTHER, VALUE)
    old = time.time() - (DAYS + 1) * 86400
    os.utime(store.folder / KEY[:2] / f"{KEY}.json", (old, old))
    store.tidy()
    assert (store.get(KEY), store.get(OTHER)) == (None, VALUE)


def test_of_too_many_the_oldest_are_removed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gradproof.verify.cache.store.MOST", 1)
    store.put(KEY, VALUE)
    store.put(OTHER, VALUE)
    earlier = time.time() - 60
    os.utime(store.folder / KEY[:2] / f"{KEY}.json", (earlier, earlier))
    store.tidy()
    assert (store.get(KEY), store.get(OTHER)) == (None, VALUE)


def fill(folder: Path, text: str) -> None:
    store = Store(folder)
    for _ in range(200):
        store.put(KEY, [text] * 2000)


def test_two_processes_write_at_once(store: Store) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=fill, args=(store.folder, text)) for text in "ab"]
    for writer in writers:
        writer.start()
    seen = set()
    while any(writer.is_alive() for writer in writers):
        value = store.get(KEY)
        if value is not None:
            assert value in (["a"] * 2000, ["b"] * 2000)
            seen.add(value[0])
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert seen and store.get(KEY) is not None
    assert file_of(store).suffix == ".json"


def test_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GRADPROOF_CACHE_DIR", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("GRADPROOF_CACHE_DIR")
    assert default_folder().name == "gradproof" and default_folder().is_absolute()
