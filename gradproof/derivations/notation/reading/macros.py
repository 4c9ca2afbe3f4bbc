"""Macros of authors: \\newcommand, \\def and \\DeclareMathOperator, expanded a bounded number of times.

A token that comes from a macro stands where the macro was called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .tokens import Token, tokens
from .unreadable import LIMITS, Limits, Span, Unreadable

_DEFINITION = re.compile(
    r"\\(?P<kind>(?:re)?newcommand\*?|providecommand\*?|def|DeclareMathOperator\*?)\s*"
    r"(?:\{\s*\\(?P<braced>[A-Za-z]+)\s*\}|\\(?P<bare>[A-Za-z]+))\s*"
    r"(?:\[(?P<count>\d)\]\s*(?:\[(?P<default>[^\]]*)\]\s*)?|(?P<parameters>(?:#\d)*)\s*)(?=\{)"
)


@dataclass(frozen=True, slots=True)
class Macro:
    """parameters: how many arguments; default: of the first one, if it may be left out; body: text with #1, #2, …"""

    parameters: int
    body: str
    default: str | None = None


Macros = Mapping[str, Macro]


def macros_in(text: str) -> tuple[dict[str, Macro], str]:
    """The macros that a text defines, and the text with their definitions blanked (every place stays what it was)."""
    found: dict[str, Macro] = {}
    pieces, end = [], 0
    for match in _DEFINITION.finditer(text):
        if match.start() < end:
            continue
        body, close = braced(text, match.end())
        if close < 0:
            continue
        name = match["braced"] or match["bare"]
        if match["kind"].startswith("Declare"):
            body = rf"\operatorname{{{body}}}"
        count = int(match["count"]) if match["count"] else len(match["parameters"] or "") // 2
        found[name] = Macro(count, body, match["default"])
        pieces.append(text[end : match.start()])
        pieces.append(re.sub(r"[^\n]", " ", text[match.start() : close]))
        end = close
    return found, "".join([*pieces, text[end:]])


def braced(text: str, start: int) -> tuple[str, int]:
    """What stands in the braces that open at `start`, and where they end; −1 if they do not."""
    depth = 0
    for place in range(start, len(text)):
        if text[place] == "{" and text[place - 1 : place] != "\\":
            depth += 1
        elif text[place] == "}" and text[place - 1] != "\\":
            depth -= 1
            if not depth:
                return text[start + 1 : place], place + 1
    return "", -1


def expanded(
    stream: list[Token], macros: Macros, words: frozenset[str] = frozenset(), limits: Limits = LIMITS
) -> list[Token]:
    """The tokens with all macros carried out. Raises Unreadable where that does not end, or an argument is missing."""
    if not macros:
        return stream
    left = limits.expansions
    waiting, done = list(reversed(stream)), []
    while waiting:
        token = waiting.pop()
        if token.kind != "command" or token.text not in macros:
            done.append(token)
            continue
        left -= 1
        if left < 0 or len(waiting) > limits.tokens:
            raise Unreadable(f"the macro {token} does not come to an end; it may call itself", token.span)
        waiting.extend(reversed(_body(token, macros[token.text], waiting, words, limits)))
    return done


def _body(call: Token, macro: Macro, waiting: list[Token], words: frozenset[str], limits: Limits) -> list[Token]:
    arguments: list[list[Token]] = []
    if macro.default is not None:
        arguments.append(_optional(waiting, macro.default, call.span, words, limits))
    while len(arguments) < macro.parameters:
        arguments.append(list(_argument(call, waiting)))
    found: list[Token] = []
    body = iter(tokens(macro.body, words, limits))
    for token in body:
        if token.text != "#":
            found.append(Token(token.kind, token.text, call.span))
            continue
        number = next(body, None)
        if number is None or not number.text.isdigit() or not 0 < int(number.text[0]) <= len(arguments):
            raise Unreadable(
                f"the macro {call} uses an argument that it does not have; say in [..] how many it has", call.span
            )
        found.extend(arguments[int(number.text[0]) - 1])
        if len(number.text) > 1:  # #12 is the first argument and a 2
            found.append(Token("number", number.text[1:], call.span))
    return found


def _optional(waiting: list[Token], default: str, span: Span, words: frozenset[str], limits: Limits) -> list[Token]:
    if not waiting or waiting[-1].text != "[":
        return [Token(token.kind, token.text, span) for token in tokens(default, words, limits)]
    waiting.pop()
    found = []
    while waiting and waiting[-1].text != "]":
        found.append(waiting.pop())
    if waiting:
        waiting.pop()
    return found


def _argument(call: Token, waiting: list[Token]) -> Iterator[Token]:
    """The next group without its braces, or the next token."""
    if not waiting:
        raise Unreadable(f"the macro {call} lacks an argument; put it in braces behind the macro", call.span)
    first = waiting.pop()
    if first.text != "{" or first.kind != "symbol":
        yield first
        return
    depth = 1
    while waiting:
        token = waiting.pop()
        if token.kind == "symbol" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        if not depth:
            return
        yield token
    raise Unreadable(f"the argument of {call} has no end; a brace is missing", call.span)
