"""A piece of mathematics in a file: its text, and where each of its characters stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum


class Handling(Enum):
    """What a mark in a comment asks for the statement that follows it."""

    CHECK = "check"
    SKIP = "skip"
    EXPECT_WRONG = "expect-wrong"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, counted from 1. `cell` is the cell of a notebook, else 0."""

    file: str
    line: int
    column: int
    cell: int = 0

    def __str__(self) -> str:
        cell = f"cell {self.cell}, " if self.cell else ""
        return f"{self.file}: {cell}line {self.line}, column {self.column}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A formula or a display block as it stands in a file.

    text      the mathematics, without the signs that enclose it
    file      the file as the user named it
    start     where the text begins in the source
    source    the whole text of the file, or of the cell
    display   whether it stands on lines of its own
    label     its label, from a mark or from \\label; empty if it has none
    cell      the cell of a notebook, counted from 1; else 0
    """

    text: str
    file: str
    start: int
    source: Source
    display: bool = True
    label: str = ""
    handling: Handling = Handling.CHECK
    cell: int = 0

    def place(self, offset: int = 0) -> Place:
        """The place of a character of the text."""
        line, column = self.source.position(self.start + min(offset, len(self.text)))
        return Place(self.file, line, column, self.cell)


@dataclass(frozen=True, slots=True)
class Source:
    """A text that knows its lines.

    first   the line of the file on which it begins, counted from 1
    indent  columns that were taken off each line
    """

    text: str
    first: int = 1
    indent: int = 0
    _starts: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0] + [place + 1 for place, letter in enumerate(self.text) if letter == "\n"]
        object.__setattr__(self, "_starts", tuple(starts))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, counted from 1."""
        line = bisect_right(self._starts, offset) - 1
        return self.first + line, offset - self._starts[line] + 1 + self.indent


@dataclass(frozen=True, slots=True)
class Declared:
    """Lines of declarations that a document holds, and where they begin to count."""

    text: str
    file: str
    offset: int
    place: Place


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a document that cannot be used, in a sentence, with its place."""

    message: str
    place: Place
