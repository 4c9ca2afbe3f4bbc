"""Output folders that are whole or not there.

A folder is written under a temporary name beside its place and moved there at the end. It holds a list of what was
written (MANIFEST); the next run replaces those files and keeps the others, such as what a TeX run left.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .exits import CommandError

MANIFEST = ".gradproof.json"
SCHEMA = "gradproof/output/1"


@contextmanager
def output_folder(place: Path) -> Iterator[Path]:
    """A fresh folder to write into, which takes the place of `place` when the block ends without an exception.

    Raises CommandError if `place` is not a folder, holds files without a list of gradproof's own, or the new files
    would fall on a file that somebody else put there. Whatever is raised, `place` is as it was before.
    """
    place = place.resolve()
    before = _written_before(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    except OSError as error:
        raise CommandError(f"{place.parent} cannot be written into: {error.strerror}") from error
    try:
        fresh.chmod(0o755)  # mkdtemp makes a private folder
        yield fresh
        files = _files(fresh)
        _keep_others(place, fresh, before)
        manifest = {"schema": SCHEMA, "files": files}
        (fresh / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        _exchange(place, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def whole_file(place: Path, text: str) -> None:
    """Write a file in place of any other of its name, whole or not at all. Raises CommandError if it cannot be."""
    from gradproof.verify.whole_file import write_whole

    try:
        write_whole(place, text)
    except OSError as error:
        raise CommandError(f"{place} cannot be written: {error.strerror}") from error


def _written_before(place: Path) -> set[str]:
    """The files that an earlier run wrote there; raises CommandError if the folder is somebody else's."""
    if not place.exists():
        return set()
    if not place.is_dir():
        raise CommandError(f"{place} is a file, not a folder; name another place with --out")
    if Path.cwd() == place or place in Path.cwd().parents:
        raise CommandError(f"{place} is the folder that you are in; name another place with --out")
    try:
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        if manifest["schema"] != SCHEMA:
            raise CommandError(f"{place} was written by another version of gradproof; name another place with --out")
        return set(manifest["files"])
    except FileNotFoundError:
        if any(place.iterdir()):
            message = f"{place} holds files that gradproof did not write; name another place with --out"
            raise CommandError(message) from None
        return set()
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{place / MANIFEST} cannot be read; name another place with --out") from error


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def _keep_others(place: Path, fresh: Path, before: set[str]) -> None:
    """Copy what others put into the folder; the original stays until the exchange."""
    if not place.exists():
        return
    for name in _files(place):
        if name in before or name == MANIFEST:
            continue
        if (fresh / name).exists():
            raise CommandError(f"{place / name} was not written by gradproof and would be lost; move it away")
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(place / name, fresh / name, follow_symlinks=False)


def _exchange(place: Path, fresh: Path) -> None:
    """Move the fresh folder to its place; if that fails the old one is put back."""
    if not place.exists():
        fresh.rename(place)
        return
    old = fresh.with_name(f"{fresh.name}-old")
    place.rename(old)
    try:
        fresh.rename(place)
    finally:
        if not place.exists():
            old.rename(place)
    shutil.rmtree(old, ignore_errors=True)
