"""A piece of mathematics in a file: its text, and where each of its characters stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum

_SUPPOSING = re.compile(
    r"(?:\b(?:if|when|whenever|unless|assum\w+|suppos\w+|provided|for|such that|subject to|requir\w+|satisf\w+)\b"
    r"|若|当|如果|假设|假定|设|对于|满足)(?:\s+that)?[\s,:]*[$`\\({math}]*\Z",
    re.IGNORECASE,
)


class Handling(Enum):
    """What a mark in a comment asks for the formula that follows it."""

    CHECK = "check"
    SKIP = "skip"
    EXPECT_WRONG = "expect-wrong"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; line and column are counted from 1, in characters. `cell` is that of a notebook, else 0."""

    file: str
    line: int
    column: int
    cell: int = 0

    def __str__(self) -> str:
        cell = f":cell {self.cell}" if self.cell else ""
        return f"{self.file}{cell}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Source:
    """A text that knows where its characters stand in a file.

    outer    the text that this one was taken from, None for a whole file or a whole cell
    offsets  for each character, and for the end, its place in the outer text
    """

    text: str
    file: str = ""
    cell: int = 0
    outer: Source | None = None
    offsets: tuple[int, ...] = field(default=(), repr=False)
    _starts: tuple[int, ...] = field(default=(), init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.outer is None:
            starts = [0] + [place + 1 for place, letter in enumerate(self.text) if letter == "\n"]
            object.__setattr__(self, "_starts", tuple(starts))

    def place(self, offset: int) -> Place:
        """The place of a character; what lies behind the text is its end."""
        offset = min(max(offset, 0), len(self.text))
        if self.outer is not None:
            return self.outer.place(self.offsets[offset])
        line = bisect_right(self._starts, offset) - 1
        return Place(self.file, line + 1, offset - self._starts[line] + 1, self.cell)

    def line(self, offset: int) -> str:
        """The line of the file, or of the cell, in which a character stands."""
        whole = self
        while whole.outer is not None:
            whole = whole.outer
        lines = whole.text.split("\n")
        return lines[min(self.place(offset).line, len(lines)) - 1]


@dataclass(frozen=True, slots=True)
class Passage:
    r"""A formula or a display block as it stands in a file.

    text     the mathematics, without the signs that enclose it
    source   the text that it stands in, and `start`: where in it
    display  whether it stands on lines of its own
    label    its label, from a mark or from \label; empty if it has none
    marked   whether a mark names it as one to check, or says how, or gives it its label
    """

    text: str
    source: Source
    start: int
    display: bool = True
    label: str = ""
    handling: Handling = Handling.CHECK
    marked: bool = False

    def place(self, offset: int = 0) -> Place:
        """The place of a character of the text."""
        return self.source.place(self.start + min(offset, len(self.text)))

    @property
    def supposed(self) -> bool:
        """Whether the words before an inline formula say that it is supposed, not claimed: "if", "assume that", …"""
        return not self.display and _SUPPOSING.search(self.source.text, max(self.start - 60, 0), self.start) is not None


@dataclass(frozen=True, slots=True)
class Declared:
    """Lines of declarations that a document holds, each with its place. They count from where they stand."""

    lines: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a document that cannot be used, in a sentence, with its place."""

    message: str
    place: Place
