"""Text broken into lines for a terminal, in which Chinese characters take two columns."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese characters take two, accents none."""
    widths = (0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return sum(widths)


def wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    """The text broken at spaces, or between Chinese characters, so that no line is wider than `width` if possible."""
    if columns(first + text) <= width:
        return [first + text]
    if columns(text) == len(text):
        return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False)
    lines, current = [], first
    for word in _pieces(text):
        if columns(current + word.rstrip()) > width and current.strip():
            lines.append(current.rstrip())
            current = rest
        current += word
    return [*lines, current.rstrip()]


def _pieces(text: str) -> Iterator[str]:
    """Words with the space behind them; each Chinese character by itself."""
    word = ""
    for letter in text:
        word += letter
        if letter == " " or unicodedata.east_asian_width(letter) in "WF":
            yield word
            word = ""
    if word:
        yield word
