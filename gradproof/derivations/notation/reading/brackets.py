"""Brackets and bars: what opens, what closes, and what a bar between two things is.

A bar is the most overloaded character of the notation. Where something is expected it opens an absolute value or a
norm; behind a factor it closes the bar that is open, else it parts (P(y|x)) if an odd number of bars is left before the
bracket closes, else it opens; with a subscript and nothing open it evaluates at a point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import alphabet, environments, indicators
from .scripts import scripted
from .syntax import Attached, Bars, Chain, Group, Indicator, Listing, Name, Node, Number, Product, Scripts
from .tokens import Token
from .unreadable import Span, Unreadable

if TYPE_CHECKING:
    from .parser import Parser

_ONLY_CLOSING = ("rvert", "rVert")
_ONLY_OPENING = ("lvert", "lVert")
#: Relations that make a bracket [i = j] a question.
CONDITIONS = frozenset("=≠<>≤≥∈")


def bar_of(token: Token) -> str:
    """The bar that a token is: "|", "‖" or empty."""
    return alphabet.BARS.get(token.text, "") if token.kind in ("symbol", "command") else ""


def braces(parser: Parser) -> Node:
    """{…}: braces that group and are not seen."""
    opening = parser.take()
    parser.deeper()
    if parser.skip("symbol", "}"):
        parser.higher()
        return Name("", span=opening.span)
    parser.inside.append("{")
    found = parser.listing()
    parser.inside.pop()
    _close(parser, "}", opening)
    parser.higher()
    return found


def group(parser: Parser) -> Node:
    """Something that begins with a bracket or a bar."""
    token = parser.peek()
    if token.kind == "symbol" and token.text == "{":
        return braces(parser)
    if bar_of(token):
        return _bars(parser)
    start = parser.place
    parser.take()
    if token.text == "lbrace" and parser.sees("begin"):
        return environments.brace_cases(parser, start)
    bracket = alphabet.OPENING[token.text]
    closing = alphabet.CLOSING[bracket]
    parser.deeper()
    parser.inside.append(bracket)
    if _closes(parser.peek(), closing):  # f()
        body: Node = Listing((), (), span=token.span)
    else:
        body = parser.listing()
    parser.inside.pop()
    _close(parser, closing, token)
    parser.higher()
    if bracket == "[" and isinstance(body, Chain) and set(body.signs) <= CONDITIONS:
        return Indicator(body, span=parser.since(start))
    return Group(bracket, body, span=parser.since(start))


def _bars(parser: Parser) -> Node:
    start = parser.place
    token = parser.take()
    bar = bar_of(token)
    if token.text in _ONLY_CLOSING or token.text == "mid":
        raise Unreadable(f"{token} stands where a quantity is expected; what stands before it?", token.span)
    doubled = bar == "|" and bar_of(parser.peek()) == "|"  # \left|\left| x \right|\right|
    if doubled:
        parser.take()
        bar = "‖"
    parser.deeper()
    parser.inside.append(bar)
    body = parser.listing()
    parser.inside.pop()
    closing = parser.peek()
    if bar == "|" and closing.text == "||" and closing.kind == "symbol":  # |a||b|: one closes, one opens
        middle = closing.span.start + 1
        halves = Span(closing.span.start, middle), Span(middle, closing.span.end)
        parser.tokens[parser.place : parser.place + 1] = [Token("symbol", "|", half) for half in halves]
        closing = parser.peek()
    if doubled and bar_of(closing) == "|" and bar_of(parser.peek(1)) == "|":
        parser.take()
        parser.take()
    elif bar_of(closing) == bar:
        parser.take()
    else:
        raise Unreadable(f"the bar {token} is not closed before {closing}; add the second bar", token.span)
    parser.higher()
    return Bars(bar, body, span=parser.since(start))


def _closes(token: Token, closing: str) -> bool:
    return token.kind in ("symbol", "command") and alphabet.CLOSERS.get(token.text) == closing


def _close(parser: Parser, closing: str, opening: Token) -> None:
    token = parser.peek()
    visible = closing != "}" or opening.kind == "command"
    if (visible and _closes(token, closing)) or (token.kind == "symbol" and token.text == closing):
        parser.take()
        return
    if token.kind == "stop" or token.text in ("}", "]", ")") or token.kind == "end":
        raise Unreadable(
            f"the bracket {opening} is not closed before {token}; add {closing} where it ends", opening.span
        )
    raise (
        parser.stuck()
        if not parser.begins_factor()
        else Unreadable(f"{token} is not expected here; is a bracket missing before it?", token.span)
    )


def opens_bar(parser: Parser) -> bool:
    """Whether a bar behind a factor opens an absolute value or a norm that goes on the product."""
    token = parser.peek()
    bar = bar_of(token)
    if not bar or token.text in _ONLY_CLOSING or token.text == "mid":
        return False
    if token.text in _ONLY_OPENING:
        return True
    if parser.inside and parser.inside[-1] == bar:
        return False
    return bars_left(parser, bar) % 2 == 0


def separates(parser: Parser) -> bool:
    """Whether a bar parts two things, as in P(y|x) or KL(p‖q)."""
    token = parser.peek()
    bar = bar_of(token)
    if not bar or token.text in _ONLY_CLOSING or token.text in _ONLY_OPENING:
        return False
    if token.text == "mid":
        return True
    if not parser.inside or parser.inside[-1] in "|‖":
        return False
    return bars_left(parser, bar) % 2 == 1


def take_separator(parser: Parser) -> str:
    """The bar that parts; two single ones are a double one."""
    bar = bar_of(parser.take())
    if bar == "|" and bar_of(parser.peek()) == "|" and not parser.peek().text.startswith("l"):
        parser.take()
        return "‖"
    return bar


def bars_left(parser: Parser, bar: str) -> int:
    """How many such bars stand from here to where the innermost open bracket closes."""
    depth = count = 0
    for token in parser.tokens[parser.place :]:
        if token.kind == "row":
            break
        if token.kind in ("symbol", "command"):
            if token.text in alphabet.OPENING or (token.kind == "symbol" and token.text == "{"):
                depth += 1
            elif token.text in alphabet.CLOSERS:
                depth -= 1
                if depth < 0:
                    break
            elif depth == 0 and bar_of(token) == bar and token.text != "mid":
                count += 1
    return count


def evaluates(parser: Parser) -> bool:
    """Whether a bar with a subscript stands behind a factor: f|_{x=0}."""
    token, below = parser.peek(), parser.peek(1)
    if bar_of(token) != "|" or below.kind != "symbol" or below.text != "_":
        return False
    return not (parser.inside and parser.inside[-1] == "|") and bars_left(parser, "|") % 2 == 1


def take_point(parser: Parser) -> Node:
    parser.take()
    parser.take()
    return parser.argument()


def attached(parser: Parser, node: Node, start: int) -> Node:
    """A name with brackets right behind it: a call or a product, which is not decided here."""
    node = indicators.indicator(parser, node)
    while isinstance(node, (Name, Scripts, Attached)) and _is_name(node):
        if not (parser.sees("symbol", "(", "[") or parser.sees("command", "lbrack")):
            break
        found = group(parser)
        if not isinstance(found, Group):  # a question in brackets, [i = j]
            return Product((node, found), ("",), span=parser.since(start))
        node = scripted(parser, Attached(node, found, span=parser.since(start)))
    return node


def numbered(parser: Parser, name: Name) -> Node:
    """w5 is w with the subscript 5: nobody writes a product so."""
    token = parser.peek()
    if token.kind != "number" or token.span.start != name.span.end or not token.text.isdigit():
        return name
    parser.take()
    return Scripts(name, Number(token.text, span=token.span), span=name.span.to(token.span))


def _is_name(node: Node) -> bool:
    while isinstance(node, (Scripts, Attached)):
        node = node.base if isinstance(node, Scripts) else node.head
    return isinstance(node, Name)
