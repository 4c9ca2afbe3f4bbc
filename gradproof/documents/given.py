"""Declarations that stand before documents: lines as they are written, a text file, or a TOML file with `given`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from .files import FileProblem, read_text


def given_lines(given: Iterable[str], folder: Path | None = None) -> str:
    """The lines of declarations and of files that have them, in this order; files are named from a folder.

    Raises FileProblem for a file that cannot be used, and for lines that declare nothing.
    """
    lines = "\n".join(_lines(each, folder or Path()) for each in given)
    if lines:
        from gradproof.derivations.meaning import BadDeclaration, declared

        try:
            declared(lines)
        except (BadDeclaration, ValueError) as problem:
            raise FileProblem(str(problem)) from problem
    return lines


def _lines(given: str, folder: Path) -> str:
    if "\n" in given or not (given.endswith((".toml", ".txt")) or Path(folder, given).is_file()):
        return given
    try:
        text = read_text(Path(folder, given))
        if not given.endswith(".toml"):
            return text
        said = tomllib.loads(text).get("given")
    except (FileProblem, tomllib.TOMLDecodeError) as problem:
        raise FileProblem(f"{given}: {problem}") from problem
    if not isinstance(said, str):
        raise FileProblem(f'{given}: the declarations are a text named given, as in given = "x : R"')
    return said
