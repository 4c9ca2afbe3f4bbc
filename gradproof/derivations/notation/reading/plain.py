"""A formula without its wrapping: labels, references and outer environments gone, texts joined to words."""

from __future__ import annotations

from itertools import pairwise

from . import alphabet
from .tokens import Token
from .unreadable import Span, Unreadable

_OPEN = frozenset({"(", "[", "{", "lbrace", "lbrack", "langle"})
_CLOSE = frozenset({")", "]", "}", "rbrace", "rbrack", "rangle"})


def plain(stream: list[Token]) -> list[Token]:
    """Without labels, references and outer environments; texts that are no names have become words."""
    return _unwrapped(_with_fractions(_listed(_bare(stream))))


def is_operator(token: Token, among: frozenset[str]) -> bool:
    return token.kind in ("symbol", "command") and token.text in among


def depth_change(token: Token) -> int:
    if token.kind in ("symbol", "command"):
        return (token.text in _OPEN) - (token.text in _CLOSE)
    return (token.kind == "begin") - (token.kind == "end")


def _bare(stream: list[Token]) -> list[Token]:
    """Without labels, references and outer environments; texts that are no names have become words."""
    found: list[Token] = []
    place = 0
    outer = False
    brace_rows: list[bool] = []  # for each open environment of rows, whether a brace stands before it
    while place < len(stream):
        token = stream[place]
        if token.kind == "command" and token.text in alphabet.DROPPED:
            place = _behind_arguments(stream, place + 1, alphabet.DROPPED[token.text])
        elif token.kind == "command" and token.text == "hspace":
            found.append(Token("gap", token.text, token.span))
            place = _behind_arguments(stream, place + 1, 1)
        elif token.kind == "command" and token.text in alphabet.TEXTS:
            place = _text(stream, place, found)
        elif token.text == "array" and token.kind in ("begin", "end") and (outer or (not found and not place)):
            outer = token.kind == "begin"  # an array around everything is a layout, not a matrix
            found.append(Token("row", "", token.span))
            place = _behind_arguments(stream, place + 1, 1) if outer else place + 1
        elif token.kind in ("begin", "end") and token.text in alphabet.ENVIRONMENTS:
            opens = token.kind == "begin"
            braced = bool(found) and found[-1].text == "lbrace" if opens else bool(brace_rows) and brace_rows.pop()
            if opens:
                brace_rows.append(braced)
            found.append(Token(token.kind, "cases", token.span) if braced else Token("row", "", token.span))
            place += 1
        elif token.kind in ("begin", "end") and not (token.text in alphabet.ARRAYS or token.text in alphabet.CASES):
            raise Unreadable(f"{token} is no environment of formulas; put the formula in equation or align", token.span)
        else:
            found.append(token)
            place += 1
    return found


def _behind_arguments(stream: list[Token], place: int, count: int) -> int:
    for _ in range(count):
        place = _close(stream, place) + 1 if place < len(stream) and stream[place].text == "{" else place + 1
    return place


def _close(stream: list[Token], opening: int) -> int:
    depth = 0
    for place in range(opening, len(stream)):
        if stream[place].kind == "symbol" and stream[place].text in "{}":
            depth += 1 if stream[place].text == "{" else -1
            if not depth:
                return place
    raise Unreadable("a brace is not closed; add } where it ends", stream[opening].span)


def _text(stream: list[Token], place: int, found: list[Token]) -> int:
    r"""A text command: \text{softmax} stays, \text{if } and \text{data loss} become words."""
    command = stream[place]
    if place + 1 >= len(stream) or stream[place + 1].text != "{":
        found.append(command)
        return place + 1
    close = _close(stream, place + 1)
    inside = stream[place + 2 : close]
    if _is_name(inside):
        found.extend(stream[place : close + 1])
        return close + 1
    text = ""
    for before, token in zip([None, *inside], inside, strict=False):
        apart = before is not None and token.span.start > before.span.end
        text += (" " if apart else "") + token.text
    if text or inside:
        found.append(Token("words", text, Span(command.span.start, stream[close].span.end)))
    return close + 1


def _is_name(inside: list[Token]) -> bool:
    """One word, which may carry digits or an underscore, that does not join statements."""
    if not inside or any(token.kind not in ("letter", "word", "number") and token.text != "_" for token in inside):
        return False
    joined = all(first.span.end == second.span.start or first.span == second.span for first, second in pairwise(inside))
    return (
        joined
        and inside[0].kind not in ("number", "symbol")
        and "".join(token.text for token in inside).lower() not in alphabet.JOINING
    )


def _listed(stream: list[Token]) -> list[Token]:
    r"""\substack{j = 1 \\ j \ne i} as {j = 1, j \ne i}."""
    found: list[Token] = []
    end = -1
    for place, token in enumerate(stream):
        if token.text == "substack" and place + 1 < len(stream) and stream[place + 1].text == "{":
            end = max(end, _close(stream, place + 1))
        found.append(Token("symbol", ",", token.span) if token.kind == "row" and place < end else token)
    return found


def _with_fractions(stream: list[Token]) -> list[Token]:
    r"""{a \over b} as \frac{a}{b}, within braces where it is an argument."""
    found: list[Token] = []
    open_braces: list[tuple[int, bool]] = []  # where each stands, and whether its group is a fraction in braces
    for token in stream:
        brace = token.text if token.kind == "symbol" else ""
        if token.kind == "command" and token.text == "over" and open_braces and not open_braces[-1][1]:
            opening = open_braces.pop()[0]
            before = found[opening - 1] if opening else None
            argument = before is not None and (before.kind == "command" or before.text in ("^", "_", "}"))
            open_braces.append((opening, argument))
            begin = [Token("command", "frac", token.span), Token("symbol", "{", token.span)]
            found[opening : opening + 1] = [found[opening], *begin] if argument else begin
            found += [Token("symbol", "}", token.span), Token("symbol", "{", token.span)]
            continue
        if brace == "{":
            open_braces.append((len(found), False))
        elif brace == "}" and open_braces and open_braces.pop()[1]:
            found.append(Token("symbol", "}", token.span))
        found.append(token)
    return found


def _unwrapped(stream: list[Token]) -> list[Token]:
    r"""Without the braces of {\sum_i}, which would keep a sum from its body."""
    found: list[Token] = []
    closing: set[int] = set()
    for place, token in enumerate(stream):
        following = stream[place + 1] if place + 1 < len(stream) else None
        if place in closing:
            continue
        if token.text == "{" and following is not None and following.text in ("sum", "prod"):
            at = place + 2
            while at + 1 < len(stream) and stream[at].text in ("_", "^"):
                at = _close(stream, at + 1) + 1 if stream[at + 1].text == "{" else at + 2
            if at < len(stream) and stream[at].text == "}":
                closing.add(at)
                continue
        found.append(token)
    return found
