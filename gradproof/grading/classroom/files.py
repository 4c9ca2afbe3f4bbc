"""What is read of a submission: in a folder, the files that no other takes in; a PDF beside its source is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from gradproof.documents import KINDS, Document, Fault, FileProblem, Place, read_document
from gradproof.documents.latex import taken_in

from .names import written

#: How many files of a folder are looked at.
MOST = 200


def read_submission(paths: tuple[Path, ...], among: bool = False) -> tuple[Document, ...] | str:
    """The documents of a submission; or the sentence that says why there is nothing to grade.

    among   whether files of others lie beside its own: then they take in only each other, and not what is beside them

    A file that cannot be read, beside others that can, is a document with that fault in it.
    """
    own = frozenset(path.absolute() for path in paths if not path.is_symlink()) if among else None
    found = [each for path in _readable(paths) for each in _read(path, own)]
    faults = [each for each in found if isinstance(each, Fault)]
    if len(faults) == len(found):
        return "; ".join(fault.message for fault in faults)
    documents = (Document(each.place.file, (each,)) if isinstance(each, Fault) else each for each in found)
    kept = tuple(document for document in documents if document.passages or document.faults)
    return kept or f"{', '.join(written(path.name) for path in paths)} holds no formula"


def _readable(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """What can be read; all of it if nothing can, so that each is refused."""
    return tuple(path for path in paths if _is_folder(path) or path.suffix.lower() in KINDS) or paths


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _read(path: Path, own: frozenset[Path] | None) -> Iterator[Document | Fault]:
    """The documents of a file or a folder, or why there is none."""
    folder = path if _is_folder(path) else None
    if own is not None and path.is_symlink():
        yield _fault(path, FileProblem(f"{path.name} is a link among the files of others; name the file itself"))
        return
    try:
        files = [path] if folder is None else _of_folder(folder)
    except FileProblem as problem:
        yield _fault(path, problem)
        return
    for file in files:
        try:
            yield read_document(file, written(str(file)), folder, None if folder else own)
        except FileProblem as problem:
            yield _fault(file, problem)


def _fault(path: Path, problem: FileProblem) -> Fault:
    return Fault(written(str(problem)), Place(written(str(path)), 1, 1))


def _of_folder(folder: Path) -> list[Path]:
    """The files of a folder that no other takes in. Raises FileProblem if there are none, or too many."""
    files = list(islice(_files(folder), MOST + 1))
    if not files:
        raise FileProblem(f"the folder {folder.name} holds no file of the kinds {', '.join(KINDS)}")
    if len(files) > MOST:
        raise FileProblem(f"the folder {folder.name} holds more than {MOST} files; is it that of one student?")
    others = {other for file in files if file.suffix.lower() == ".tex" for other in taken_in(file) - {file.resolve()}}
    return [file for file in files if file.resolve() not in others] or files


def _files(folder: Path) -> Iterator[Path]:
    """The files of kinds that are read, in a folder and those in it; nothing hidden, and no folder behind a link."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in KINDS:
                yield Path(place, name)
