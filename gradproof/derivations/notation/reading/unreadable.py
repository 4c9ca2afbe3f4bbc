"""What cannot be read, and where: the one exception of reading, and the limits beyond which nothing is tried."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text by its characters, counted from 0; `end` is the first one behind it."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """From the start of this piece to the end of the other."""
        return Span(min(self.start, other.start), max(self.end, other.end))


#: The place of what was made, not read.
NOWHERE = Span(0, 0)


class Unreadable(Exception):  # noqa: N818 - it is an answer, not a mishap
    """A formula that is not read. The text says what was met and, after a semicolon, the way out.

    span  the piece of the text that stopped the reading
    """

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read. What people write stays far below; what is beyond is meant to harm."""

    characters: int = 20_000
    depth: int = 60
    digits: int = 40
    expansions: int = 2_000
    tokens: int = 40_000


LIMITS = Limits()
