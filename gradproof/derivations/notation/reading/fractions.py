r"""Fractions, and among them derivatives: \frac{∂E}{∂w}, \frac{∂}{∂w} (…), ∂_w E, ∇_w E."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .syntax import Derivative, Fraction, Nabla, Node, Number, Scripts
from .tokens import Token
from .unreadable import Unreadable

if TYPE_CHECKING:
    from .parser import Parser

#: A power of a differential beyond this is no order of a derivative.
_HIGHEST = 9
#: Commands before the d of a differential.
_UPRIGHT = frozenset({
    "mathrm", "text", "textrm", "textup", "rm", "operatorname", "mathop", "mathsf", "mathit", "mathfrak",
})  # fmt: skip


def fraction(parser: Parser) -> Node:
    r"""Behind \frac: a derivative if ∂ or d stands in front of both parts."""
    start = parser.place - 1
    found = _derivative(parser, start)
    if found is not None:
        return found
    numerator, denominator = parser.argument(), parser.argument()
    return Fraction(numerator, denominator, span=parser.since(start))


def differential(parser: Parser, at: int) -> tuple[str, int]:
    """The differential that stands at a place ahead, ∂ or d, and how many tokens it takes; ("", 0) if none."""
    token = parser.peek(at)
    if token.kind == "command" and token.text == "partial":
        return "∂", 1
    if token.kind == "letter" and token.text == "d":
        return "d", 1
    if token.kind == "command" and token.text in _UPRIGHT:
        if parser.peek(at + 1).text == "d":
            return "d", 2
        return ("d", 4) if [parser.peek(at + k).text for k in (1, 2, 3)] == ["{", "d", "}"] else ("", 0)
    if token.kind == "symbol" and token.text == "{":  # {\rm d}
        kind, taken = differential(parser, at + 1)
        return (kind, taken + 2) if kind and parser.peek(at + 1 + taken).text == "}" else ("", 0)
    return "", 0


def _derivative(parser: Parser, start: int) -> Node | None:
    if not parser.sees("symbol", "{"):
        return None
    kind, _ = differential(parser, 1)
    middle = parser.matching(parser.place)
    behind = middle + 1 - parser.place
    below = parser.peek(behind)
    if not (below.kind == "symbol" and below.text == "{"):
        return None
    if not kind and differential(parser, behind + 1)[0] == "∂":
        raise _lacking(parser, 0)
    if not kind:
        return None
    if differential(parser, behind + 1)[0] != kind:
        if kind == "d":  # d is a number here
            return None
        raise _lacking(parser, behind)
    if kind == "d" and _adds(parser, behind):
        return None
    order, operand = _above(parser, kind)
    by = _below(parser, kind, order)
    if order != len(by):
        raise Unreadable(
            f"the derivative has order {order} above the line and {len(by)} below it; both must be one",
            parser.since(start),
        )
    if operand is not None:
        return Derivative(operand, by, kind=kind, span=parser.since(start))
    operand = parser.term() if parser.begins_factor() else None
    return Derivative(operand, by, before=True, kind=kind, span=parser.since(start))


def _lacking(parser: Parser, behind: int) -> Unreadable:
    """What stands where a ∂ is expected, and the fraction with it: in place of a sign, before a variable."""
    token, following = parser.peek(behind + 1), parser.peek(behind + 2)
    alone = token.text == "}" or following.text in ("}", "^", "_")
    variable = "w}" if token.text == "}" else str(token)
    meant = ""
    for part in parser.tokens[parser.place : parser.matching(parser.matching(parser.place) + 1) + 1]:
        text = str(part) if part is not token else rf"\partial {variable}" if alone else r"\partial"
        meant += " " * (text[:1].isalpha() and re.search(r"\\[A-Za-z]+\Z", meant) is not None) + text
    return Unreadable(rf"{token} stands where \partial is expected; did you mean \frac{meant}?", token.span)


def _adds(parser: Parser, behind: int) -> bool:
    """Whether the denominator is a sum, so that its d is a number."""
    opening = parser.place + behind
    depth = 0
    for token in parser.tokens[opening : parser.matching(opening)]:
        if token.kind == "symbol":
            depth += (token.text in "{([") - (token.text in "})]")
            if depth == 1 and token.text in "+-":
                return True
    return False


def _above(parser: Parser, kind: str) -> tuple[int, Node | None]:
    """The order and what is differentiated, from {∂^2 E}."""
    parser.expect("{")
    parser.place += differential(parser, 0)[1]
    order = 1
    if parser.skip("symbol", "^"):
        order = _order(parser.argument())
    operand = None if parser.sees("symbol", "}") else parser.sum()
    parser.expect("}", "at the end of the numerator")
    return order, operand


def _order(node: Node) -> int:
    if isinstance(node, Number) and node.text.isdigit() and 1 <= int(node.text) <= _HIGHEST:
        return int(node.text)
    raise Unreadable("the order of a derivative is a number from 1 to 9; write ∂^2", node.span)


def _below(parser: Parser, kind: str, order: int) -> tuple[Node, ...]:
    """The variables, from {∂x ∂y^2}; a superscript counts derivatives only where there are several."""
    parser.expect("{")
    by: list[Node] = []
    while not parser.sees("symbol", "}"):
        found, taken = differential(parser, 0)
        if found != kind:
            token = parser.peek()
            raise Unreadable(
                f"{kind} is expected before each variable of a derivative; {token} stands there; is a brace missing?",
                token.span,
            )
        parser.place += taken
        variable = parser.factor()
        times = 1
        if order > 1 and isinstance(variable, Scripts) and isinstance(variable.upper, Number):
            times = _order(variable.upper)
            lower = variable.lower
            variable = variable.base if lower is None else replace(variable, upper=None)
        by += [variable] * times
    parser.expect("}")
    if not by:
        raise Unreadable("the derivative does not say by what; write \\partial w below the line", parser.peek(-1).span)
    return tuple(by)


def partial(parser: Parser, token: Token) -> Node:
    r"""Behind \partial outside of a fraction: ∂_w E, or ∂E/∂w in one line."""
    start = parser.place - 1
    if parser.skip("symbol", "_"):
        by = parser.argument()
        operand = parser.term() if parser.begins_factor() else None
        return Derivative(operand, (by,), before=True, span=parser.since(start))
    operand = parser.factor()
    if not parser.skip("symbol", "/") or not parser.skip("command", "partial"):
        raise Unreadable(r"∂ stands alone; a derivative reads \frac{\partial E}{\partial w}", token.span)
    return Derivative(operand, (parser.factor(),), span=parser.since(start))


def nabla(parser: Parser) -> Node:
    r"""Behind \nabla: ∇E, ∇_w E, ∇^2 E."""
    start = parser.place - 1
    by: Node | None = None
    order: int | None = None
    while parser.sees("symbol", "_", "^"):
        sign = parser.take()
        if (by if sign.text == "_" else order) is not None:
            raise Unreadable(f"∇ has two of {sign}; which one is meant?", sign.span)
        if sign.text == "_":
            by = parser.argument()
        else:
            order = _order(parser.argument())
    operand = parser.factor() if parser.begins_factor() else None
    return Nabla(operand, by, order or 1, span=parser.since(start))
