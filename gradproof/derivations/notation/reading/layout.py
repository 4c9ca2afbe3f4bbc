"""The layout of a formula: rows parted into statements.

A row goes on with the one before if it begins with a relation or a sign, or if the one before ends with one or has a
bracket open. Within a row, a comma, a wide space or words part statements where a relation stands on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from . import alphabet
from .plain import depth_change, is_operator, plain
from .tokens import Token

_RELATIONS = frozenset(alphabet.RELATIONS) | {"not", "stackrel"}
#: Arrows that lead from one statement to the next where a wide space stands beside them.
_ARROWS = frozenset({"rightarrow", "to", "longrightarrow"})
_GOES_ON = _RELATIONS | frozenset(alphabet.PRODUCTS) | frozenset(alphabet.SIGNS)


@dataclass(slots=True)
class Segment:
    """The tokens of one statement, and the words or the arrow that lead to it."""

    tokens: list[Token] = field(default_factory=list)
    lead: list[Token] = field(default_factory=list)


def segments(stream: list[Token], breaks: frozenset[int] = frozenset()) -> list[Segment]:
    """The statements of a formula, as tokens. Empty ones are left out.

    breaks  where in the text a new line begins; one without a sign parts two statements that are whole
    """
    found: list[Segment] = []
    for row in _rows(plain(stream), breaks):
        found.extend(_statements(row))
    return [segment for segment in found if segment.tokens or segment.lead]


def _rows(stream: list[Token], breaks: frozenset[int]) -> list[list[Token]]:
    """The rows that begin a statement of their own; alignment marks outside of matrices are gone."""
    rows: list[list[Token]] = [[]]
    environments = brackets = 0
    for place, token in enumerate(stream):
        environments += (token.kind == "begin") - (token.kind == "end")
        if not environments:
            brackets = max(0, brackets + (depth_change(token) if token.kind not in ("begin", "end") else 0))
        alone = not environments and not brackets and token.span.start in breaks and token.kind not in ("row", "align")
        if alone and _begins_statement(rows[-1], stream[place:], breaks):
            rows.append([])
        if token.kind == "gap" and not environments and _indents(stream, place):
            continue
        if environments or token.kind not in ("row", "align"):
            rows[-1].append(token)
        elif token.kind == "row" and not brackets and not _goes_on(rows[-1], stream[place + 1 :]):
            rows.append([])
        elif token.kind == "row" and not brackets:  # what words said in the row before ends with it
            rows[-1].append(Token("gap", "", token.span))
    return rows


def _indents(stream: list[Token], place: int) -> bool:
    """Whether a wide space stands at the beginning of a line, where it only indents."""
    while place > 0 and stream[place].kind == "gap":
        place -= 1
    return stream[place].kind in ("row", "align")


def _goes_on(row: list[Token], following: list[Token]) -> bool:
    """Whether what follows a line break belongs to the row before it."""
    before = next((token for token in reversed(row) if token.kind != "gap"), None)
    after = next((token for token in following if token.kind not in ("align", "gap", "row")), None)
    if before is None or after is None:
        return False
    if is_operator(before, _GOES_ON) or is_operator(after, _RELATIONS):
        return True
    if not is_operator(after, _GOES_ON):
        return False
    aligned = next((token.kind for token in following if token.kind in ("align", "row")), "") == "align"
    first = following.index(after)
    return (aligned and any(token.kind == "align" for token in following[:first])) or not _has_relation(following)


def _begins_statement(row: list[Token], following: list[Token], breaks: frozenset[int]) -> bool:
    """Whether a new line of the text, without a sign for it, begins a statement: one stands on either side."""
    end = next((place for place, token in enumerate(following[1:], 1) if token.span.start in breaks), len(following))
    return _has_relation(row) and not _goes_on(row, following) and _has_relation(following[:end])


def _has_relation(following: list[Token]) -> bool:
    """Whether a relation stands outside of brackets before the next line break."""
    depth = 0
    for token in following:
        if token.kind == "row" and not depth:
            break
        depth += depth_change(token)
        if depth == 0 and is_operator(token, _RELATIONS):
            return True
    return False


def _statements(row: list[Token]) -> list[Segment]:
    found = [Segment()]
    depth = 0
    remark = False  # within (for k ≠ 0), whose brackets say nothing
    for place, token in enumerate(row):
        before, after = row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None
        current = found[-1]
        if not depth and token.text == "(" and after is not None and after.kind == "words":
            remark = True
            continue
        if remark and not depth and token.text == ")":
            remark = False
            continue
        depth += depth_change(token)
        arrow = token.text in _ARROWS and any(side is not None and side.kind == "gap" for side in (before, after))
        scripted = before is not None and before.kind == "symbol" and before.text in "_^"
        if depth or scripted:
            current.tokens.append(token)
        elif token.kind == "words" or arrow or is_operator(token, frozenset(alphabet.CONSEQUENCES)):
            while current.tokens and is_operator(current.tokens[-1], frozenset(",;.")):  # it ends what was said before
                current.tokens.pop()
            if current.tokens:
                found.append(Segment())
            found[-1].lead.append(token)
        elif token.text == ":" and current.lead and _parts(current.tokens, row[place + 1 :]):  # for i ≠ j: a = b
            found.append(Segment())
        elif token.kind == "gap" or is_operator(token, frozenset(",;.")):
            if current.tokens and not _quantifies(current.tokens) and _parts(current.tokens, row[place + 1 :]):
                found.append(Segment())
            elif token.kind != "gap" and _says_something(row[place + 1 :]):
                current.tokens.append(token)
        else:
            current.tokens.append(token)
    return found


def _quantifies(before: list[Token]) -> bool:
    """Whether what stands before a comma is what holds for all: ∀ x > 0."""
    return before[0].text == "forall" and not any(token.text == "," and not depth for token, depth in _levels(before))


def _levels(stream: list[Token]) -> Iterator[tuple[Token, int]]:
    depth = 0
    for token in stream:
        depth += depth_change(token)
        yield token, depth


def _says_something(tokens: list[Token]) -> bool:
    silent = ("gap", "row", "align")
    return any(token.kind not in silent and not is_operator(token, frozenset(",;.")) for token in tokens)


def _parts(before: list[Token], following: list[Token]) -> bool:
    """Whether a comma or a wide space parts two statements: a relation, or an end, stands on both sides."""
    if not _has_relation(before):
        return False
    ahead: list[Token] = []
    depth = 0
    for token in following:
        depth += depth_change(token)
        if depth == 0 and (token.kind in ("gap", "words") or is_operator(token, frozenset(",;."))):
            if ahead:
                break
            continue
        ahead.append(token)
    return not ahead or _has_relation(ahead)
