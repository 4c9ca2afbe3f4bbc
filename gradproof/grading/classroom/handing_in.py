"""What is handed in: one folder is a class, several folders are a student each, patterns name either."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from pathlib import Path

#: What stands beside submissions in a folder and is none: what TeX makes, what a course gives out, what we write.
_BESIDE = frozenset(
    (".aux", ".log", ".out", ".toc", ".gz", ".fls", ".fdb_latexmk", ".bib", ".bbl", ".blg", ".sty", ".cls", ".csv",
     ".json", ".toml", ".html")
)  # fmt: skip


class NothingHandedIn(ValueError):  # noqa: N818 - it is said to the grader
    """A name that leads to no submission; the message says which."""


def handed_in(names: Sequence[str]) -> list[Path]:
    """The files and folders that are submissions. Raises NothingHandedIn for a name that leads nowhere."""
    found = [path for name in names for path in _named(name, len(names) == 1)]
    return list(dict.fromkeys(found))


def _named(name: str, alone: bool) -> Iterator[Path]:
    path = Path(name)
    if name == "-":
        raise NothingHandedIn("a submission is a file; standard input is not graded")
    if path.is_dir() and alone and not (path / "main.tex").exists():
        yield from _class(path)
    elif path.exists() or path.is_symlink():
        yield path
    elif glob.has_magic(name):
        matches = [Path(match) for match in sorted(glob.glob(name, recursive=True))]
        if not matches:
            raise NothingHandedIn(f"no file fits {name}")
        yield from matches
    else:
        raise NothingHandedIn(f"there is no file {name}")


def _class(folder: Path) -> Iterator[Path]:
    """Everything in a folder that may be handed in, so that what cannot be read is said, too."""
    try:
        found = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "__MACOSX")))
    except OSError as problem:
        raise NothingHandedIn(f"the folder {folder} cannot be read: {problem.strerror}") from problem
    kept = [path for path in found if path.suffix.lower() not in _BESIDE or path.is_dir()]
    if not kept:
        raise NothingHandedIn(f"the folder {folder} has nothing in it that may be a submission")
    yield from kept
