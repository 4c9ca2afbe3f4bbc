r"""Signs over and under others: \stackrel{def}{=}, \underset{w}{\arg\min}, \overset{…}{y}."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import alphabet, words
from .syntax import BigOperator, Name, Node, Scripts
from .tokens import Token

if TYPE_CHECKING:
    from .parser import Parser

STACKS = frozenset({"overset", "underset", "stackrel", "stackbin"})


def stacked_relation(parser: Parser) -> str:
    r"""Takes \stackrel{…}{=} or \overset{…}{=} if it stands here; a definition if the text above says def or △."""
    found, behind = _relation(parser)
    parser.place = behind if found else parser.place
    return found


def is_relation(parser: Parser) -> bool:
    """Whether the sign that stands here with another over it is a relation."""
    return bool(_relation(parser)[0])


def _relation(parser: Parser) -> tuple[str, int]:
    """The relation that stands here, and the place behind it."""
    token = parser.peek()
    if token.kind != "command" or token.text not in STACKS:
        return "", 0
    close = _end_of_argument(parser, parser.place + 1)
    if close + 1 >= len(parser.tokens):
        return "", 0
    end = _end_of_argument(parser, close + 1)
    below = [part.text for part in parser.tokens[close + 1 : end + 1] if part.text not in "{}"]
    if len(below) != 1 or below[0] not in alphabet.RELATIONS:
        return "", 0
    above = "".join(part.text for part in parser.tokens[parser.place + 1 : close])
    defines = "def" in above or "triangle" in above or "Delta" in above
    return "≔" if defines and below[0] == "=" else alphabet.RELATIONS[below[0]], end + 1


def _end_of_argument(parser: Parser, place: int) -> int:
    """The last token of an argument: a group in braces, or one token; the end of the stream if there is none."""
    if place >= len(parser.tokens):
        return place
    return parser.matching(place) if parser.tokens[place].text == "{" else place


def stacked(parser: Parser, token: Token) -> Node:
    r"""\underset{w}{\arg\min} f and \overset{…}{y}."""
    start = parser.place - 1
    place = parser.argument()
    if token.text == "underset" and parser.sees("symbol", "{"):
        inside = parser.tokens[parser.place + 1 : parser.matching(parser.place)]
        spelled = "".join(part.text for part in inside if part.text not in ("operatorname", "mathrm", "{", "}", "text"))
        if spelled in alphabet.BIG_OPERATORS:
            parser.place = parser.matching(parser.place) + 1
            return BigOperator(alphabet.BIG_OPERATORS[spelled], words.body_of(parser), place, span=parser.since(start))
    body = parser.argument()
    if isinstance(place, Name) and not place.text:
        return body
    below = token.text == "underset"
    return Scripts(body, place if below else None, None if below else place, span=parser.since(start))
