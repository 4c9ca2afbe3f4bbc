"""The options of `gradproof notes`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .exits import CommandError
from .options import MatrixLayout


class NotesLanguage(StrEnum):
    EN = "en"
    ZH = "zh"
    BOTH = "both"


ChaptersOption = Annotated[
    str | None, typer.Option("--chapters", metavar="7,12", help="Whole chapters, by number or by name, with commas.")
]
FormatsOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="Any of latex, html, pdf, beamer, fragment and markdown, with commas. "
        "Default: those of latex, html and pdf that can be made here.",
    ),
]
NotesLanguageOption = Annotated[
    NotesLanguage, typer.Option("--lang", help="Language of the texts; both: one page with a switch.")
]
SymbolsOption = Annotated[
    list[str] | None,
    typer.Option("--symbol", metavar="OLD=NEW", help="A symbol of yours, such as z=o or t=y; as often as you like."),
]
TextsOption = Annotated[
    Path | None, typer.Option("--texts", metavar="FILE.toml", help="Texts of a further language, in place of --lang.")
]
NotesLayoutOption = Annotated[
    MatrixLayout | None, typer.Option("--layout", help="Of the matrix forms. Default: both where they differ.")
]


def parted(asked: str | None) -> tuple[str, ...]:
    """The parts of a text such as "7,12", each once; none where nothing is asked.

    Raises CommandError for an empty part.
    """
    if asked is None:
        return ()
    parts = tuple(dict.fromkeys(part.strip() for part in asked.split(",")))
    if "" in parts:
        raise CommandError(f"{asked!r} names no chapter between its commas; gradproof list shows the chapters")
    return parts


def paired(asked: Sequence[str]) -> dict[str, str]:
    """The symbols of texts such as "z=o", old to new. Raises CommandError for another text, or two for one symbol."""
    found: dict[str, str] = {}
    for text in asked:
        old, sign, new = (part.strip() for part in text.partition("="))
        if not (old and sign and new):
            raise CommandError(f"--symbol wants OLD=NEW, such as z=o, not {text!r}")
        if found.setdefault(old, new) != new:
            raise CommandError(f"--symbol gives {old} two symbols, {found[old]} and {new}")
    return found
