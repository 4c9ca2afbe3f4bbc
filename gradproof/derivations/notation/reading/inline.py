"""Derivatives written in one line with d: dE/dw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .syntax import Derivative

if TYPE_CHECKING:
    from .parser import Parser


def derivative(parser: Parser) -> Derivative | None:
    """dE/dw, if it stands here: d, a letter with scripts, a slash, d, a letter."""
    start = parser.place
    if parser.peek().text != "d":
        return None
    slash = _behind_name(parser, 1)
    if not slash or parser.peek(slash).text != "/" or parser.peek(slash + 1).text != "d":
        return None
    if not _behind_name(parser, slash + 2):
        return None
    parser.take()
    operand = parser.factor()
    parser.place += 2
    by = parser.factor()
    return Derivative(operand, (by,), kind="d", span=parser.since(start))


def _behind_name(parser: Parser, at: int) -> int:
    """How far ahead a letter with its scripts ends; 0 if none stands there."""
    first = parser.peek(at)
    if first.kind != "letter" and not (first.kind == "command" and first.text in _letters()):
        return 0
    at += 1
    while parser.peek(at).kind == "symbol" and parser.peek(at).text in "^_":
        at += 1
        if parser.peek(at).text == "{":
            at = parser.matching(parser.place + at) - parser.place
        at += 1
    return at


def _letters() -> frozenset[str]:
    from .alphabet import LETTERS

    return frozenset(LETTERS)
