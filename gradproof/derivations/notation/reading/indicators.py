"""Indicators: a condition that is 1 where it holds, written in one of many ways."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import brackets
from .syntax import Attached, Chain, Group, Indicator, Name, Node, Number, Scripts

if TYPE_CHECKING:
    from .parser import Parser

_ONE = Number("1")


def indicator(parser: Parser, node: Node) -> Node:
    """1{…}, 𝟙[…], 𝟙_{…}, 1_{…} and I(i = j), if `node` is the one of an indicator."""
    plain = node == _ONE
    if plain and parser.sees("command", "lbrace"):
        found = brackets.group(parser)
        assert isinstance(found, Group)
        return Indicator(found.body, span=node.span.to(found.span))
    if isinstance(node, Scripts) and (_is_one(node.base) or node.base == _ONE) and node.upper is None:
        below = node.lower.body if isinstance(node.lower, Group) else node.lower  # 1_{\{i = j\}}
        if isinstance(below, Indicator):  # 1_{[i = j]}
            return replace(below, span=node.span)
        return Indicator(below, span=node.span) if isinstance(below, Chain) else node
    letter = isinstance(node, Name) and node.text == "I" and node.font in ("", "roman")
    if not (_is_one(node) or letter) or not (
        parser.sees("symbol", "(", "[") or parser.sees("command", "lbrace", "lbrack")
    ):
        return node
    place = parser.place
    found = brackets.group(parser)
    if isinstance(found, Indicator):
        return Indicator(found.condition, span=node.span.to(found.span))
    body = found.body if isinstance(found, Group) else found
    if isinstance(body, Chain) and (not letter or set(body.signs) <= brackets.CONDITIONS):
        return Indicator(body, span=node.span.to(found.span))
    if letter:
        parser.place = place
        return node
    assert isinstance(found, Group)
    return Attached(node, found, span=node.span.to(found.span))


def _is_one(node: Node) -> bool:
    if isinstance(node, Number):
        return node.text in ("𝟙", "𝟏")
    return isinstance(node, Name) and node.font in ("blackboard", "bold") and node.text in ("1", "I")
