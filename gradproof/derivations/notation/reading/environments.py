"""Rows of things: matrices, and cases with their conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import alphabet
from .syntax import Array, Case, Cases, Name, Node
from .tokens import Token
from .unreadable import Unreadable

if TYPE_CHECKING:
    from .parser import Parser

#: What stands between the braces of an array.
_COLUMNS = frozenset("lcrpmb|{}@!*<>.") | {"||"}
_OTHERWISE = ("otherwise", "else", "其他", "否则")


def environment(parser: Parser) -> Node:
    """The environment that begins here."""
    token = parser.peek()
    if token.text in alphabet.CASES:
        parser.take()
        return cases(parser, token)
    if token.text in alphabet.ARRAYS:
        return array(parser)
    raise Unreadable(f"{token} stands within a formula; end the formula before it", token.span)


def array(parser: Parser) -> Node:
    """A matrix. Empty entries are empty names."""
    start = parser.place
    opening = parser.take()
    if opening.text == "array":
        parser.skip("symbol", "[") and parser.expect("]")
        _columns(parser)
    rows: list[tuple[Node, ...]] = []
    entries: list[Node] = []
    parser.inside.append(opening.kind)
    parser.deeper()
    while True:
        if parser.sees("align") or parser.sees("row") or parser.sees("end"):
            entries.append(Name("", span=parser.peek().span))
        else:
            entries.append(parser.listing())
        if parser.sees("align"):
            parser.take()
            continue
        if parser.skip("row"):
            rows.append(tuple(entries))
            entries = []
            if not parser.sees("end"):
                continue
        if not parser.sees("end", opening.text):
            raise _unclosed(parser, opening)
        parser.take()
        break
    if entries and not (rows and entries == [Name("")]):
        rows.append(tuple(entries))
    parser.higher()
    parser.inside.pop()
    return Array(tuple(rows), alphabet.ARRAYS[opening.text], span=parser.since(start))


def _columns(parser: Parser) -> None:
    """Takes the columns of an array, such as {rcl}."""
    if not parser.sees("symbol", "{"):
        return
    end = parser.matching(parser.place)
    for token in parser.tokens[parser.place + 1 : end]:
        if token.kind not in ("number", "gap") and token.text not in _COLUMNS:
            raise Unreadable(f"{token} is no column of an array; columns are l, c and r", token.span)
    parser.place = end + 1


def _unclosed(parser: Parser, opening: Token) -> Unreadable:
    token = parser.peek()
    if token.kind in ("stop", "end"):
        return Unreadable(rf"{opening} has no \end{{{opening.text}}}; add it where the rows end", opening.span)
    return Unreadable(f"{token} is not expected in a row of {opening}; is something missing before it?", token.span)


def cases(parser: Parser, opening: Token) -> Node:
    """Rows of a value and a condition, up to the end of the environment."""
    start = parser.place - 1
    rows: list[Case] = []
    parser.inside.append(opening.kind)
    parser.deeper()
    while not parser.sees("end"):
        rows.append(_case(parser))
        if not parser.skip("row") and not parser.sees("end"):
            raise _unclosed(parser, opening)
    if parser.peek().text != opening.text:
        raise _unclosed(parser, opening)
    parser.take()
    parser.higher()
    parser.inside.pop()
    if not rows:
        raise Unreadable(f"{opening} is empty; write a value & a condition in each row", opening.span)
    return Cases(tuple(rows), span=parser.since(start))


def brace_cases(parser: Parser, start: int) -> Node:
    r"""\left\{ \begin{array}{ll} … \end{array} \right.: the same as cases."""
    opening = parser.take()
    if opening.text == "array":
        _columns(parser)
    found = cases(parser, opening)
    assert isinstance(found, Cases)
    return Cases(found.rows, span=parser.since(start))


def _case(parser: Parser) -> Case:
    start = parser.place
    parser.skip("align")
    value = parser.chain()
    condition: Node | None = None
    otherwise = said = False
    while not (parser.sees("row") or parser.sees("end")):
        wrapped = parser.sees("symbol", "{") and parser.peek(1).kind == "words"  # {\text{if } x > 0}
        if wrapped or parser.sees("align") or parser.sees("gap") or parser.sees("symbol", ",", ";", ".", ":", "}"):
            parser.take()
            continue
        words = _words(parser)
        if words is not None:
            otherwise = otherwise or any(word in words for word in _OTHERWISE)
            said = True
            continue
        if condition is not None:
            token = parser.peek()
            if token.kind == "stop":
                break
            raise Unreadable(
                f"{token} is not expected behind the condition of a case; is a line break missing before it?",
                token.span,
            )
        condition = parser.listing()
    if condition is None and not otherwise and said:
        raise Unreadable(
            "the condition of this case is not understood; write it as a formula, or otherwise", parser.since(start)
        )
    return Case(value, condition, span=parser.since(start))


def _words(parser: Parser) -> str | None:
    """Takes words; None if no words stand here."""
    return parser.take().text if parser.sees("words") else None
