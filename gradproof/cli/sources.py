"""What the commands on documents work on: files, folders, patterns, standard input, and declarations beside them."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .exits import CommandError

#: How standard input is named, and shown.
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or a text that stands in none; `shown` is its name for the reader."""

    shown: str
    path: Path | None = None
    text: str = ""


def inputs(names: Sequence[str]) -> list[Input]:
    """Everything that is named, each once. Raises CommandError for a name that leads nowhere."""
    found: dict[str, Input] = {}
    for name in names:
        for each in _named(name):
            found.setdefault(each.shown, each)
    return list(found.values())


def _named(name: str) -> Iterator[Input]:
    from gradproof.documents import KINDS

    if name == STDIN:
        yield Input(STDIN, text=_standard_input())
        return
    path = Path(name)
    if path.is_dir():
        files = [file for file in sorted(path.rglob("*")) if file.suffix.lower() in KINDS and not _hidden(file, path)]
        if not files:
            raise CommandError(f"the folder {name} has no file of the kinds {', '.join(KINDS)}")
        yield from (Input(str(file), file) for file in files)
    elif path.exists() or path.is_symlink():
        yield Input(name, path)
    elif glob.has_magic(name):
        matches = [match for match in sorted(glob.glob(name, recursive=True)) if not Path(match).is_dir()]
        if not matches:
            raise CommandError(f"no file fits {name}")
        yield from (Input(match, Path(match)) for match in matches)
    else:
        raise CommandError(f"there is no file {name}")


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts) or file.is_dir()


def _standard_input() -> str:
    from gradproof.documents.files import LARGEST

    try:
        text = sys.stdin.read(LARGEST + 1)
    except UnicodeDecodeError as problem:
        raise CommandError("standard input is no text in UTF-8") from problem
    if len(text) > LARGEST:
        raise CommandError(f"standard input is too large; at most {LARGEST} characters are read")
    return text


def declarations(given: Sequence[str]) -> str:
    """The lines of all options --declare. Raises CommandError for a file that cannot be used, and for wrong lines."""
    from gradproof.documents.files import FileProblem
    from gradproof.documents.given import given_lines

    try:
        return given_lines(given)
    except FileProblem as problem:
        raise CommandError(f"--declare: {problem}") from problem
