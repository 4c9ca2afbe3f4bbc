"""From a text to statements: `read` is what the rest of the house calls.

Nothing is dropped: what cannot be read is an `Unread` with its place, and the other statements are read all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from . import alphabet
from .layout import Segment, segments
from .macros import Macros, expanded, macros_in
from .parser import Parser
from .syntax import Chain, Decorated, Listing, Node, Words
from .tokens import Token, tokens
from .unreadable import LIMITS, NOWHERE, Limits, Span, Unreadable

_BETWEEN_LETTERS = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
#: Several letters behind the ∂ of a denominator are one name, everywhere in the text.
_VARIABLE = re.compile(r"\}\s*\{\s*\\partial\s*\{?([A-Za-z]{2,})")


@dataclass(frozen=True, slots=True)
class Statement:
    """One chain of relations, or a formula that stands alone.

    lead       the words or the arrow before it ("where", "⇒"), empty if there are none
    condition  what stands behind ∀ before it, or behind "if" or "for" after it
    """

    formula: Node
    lead: str = ""
    condition: Node | None = None
    span: Span = NOWHERE

    @property
    def conditional(self) -> bool:
        """Whether the words before it make it a condition."""
        return self.lead.strip(" .,:").lower() in alphabet.CONDITIONAL


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece of the text that is not read: what was met, where, and the way out."""

    message: str
    span: Span


Part = Statement | Unread


def read(
    text: str, *, macros: Macros | None = None, words: frozenset[str] = frozenset(), limits: Limits = LIMITS
) -> tuple[Part, ...]:
    """The statements of a formula or a display block, in their order.

    macros  macros that are known from elsewhere; those that the text defines are added
    words   names of several letters that were declared, such as net
    """
    own, plain = macros_in(text)
    words = words | set(_VARIABLE.findall(text))
    try:
        plainly = tokens(plain, words, limits)
        stream = expanded(plainly, {**(macros or {}), **own}, words, limits)
        parts = segments(stream, _breaks(plain, plainly))
    except Unreadable as problem:
        return (Unread(str(problem), problem.span),)
    found: list[Part] = []
    for part in parts:
        _add(found, _statement(part, len(text), limits))
    return tuple(found)


def read_formula(text: str, *, macros: Macros | None = None, words: frozenset[str] = frozenset()) -> Node:
    """The one formula of a text. Raises Unreadable if it cannot be read, or is none, or several."""
    parts = read(text, macros=macros, words=words)
    for part in parts:
        if isinstance(part, Unread):
            raise Unreadable(part.message, part.span)
    if len(parts) != 1:
        raise Unreadable(f"{len(parts)} formulas stand where one is expected", Span(0, len(text)))
    only = parts[0]
    assert isinstance(only, Statement)
    return only.formula


def _breaks(text: str, stream: list[Token]) -> frozenset[int]:
    """The places of the tokens that begin a line of the text."""
    return frozenset(
        token.span.start for before, token in pairwise(stream) if "\n" in text[before.span.end : token.span.start]
    )


def _statement(segment: Segment, end: int, limits: Limits) -> Part:
    lead = _said(segment.lead)
    every = [*segment.lead, *segment.tokens]
    span = Span(every[0].span.start, every[-1].span.end)
    if not segment.tokens:
        return Statement(_words(segment.lead, span), lead, span=span)
    parser = Parser(segment.tokens, span.end, limits)
    try:
        condition = _quantified(parser)
        formula = parser.listing()
        if parser.peek().kind != "stop":
            raise parser.stuck()
        formula = _undecorated(formula)
    except Unreadable as problem:
        return Unread(str(problem), problem.span)
    except RecursionError:
        return Unread("the formula is nested too deeply", span)
    return Statement(formula, lead, condition, span)


def _undecorated(formula: Node) -> Node:
    r"""A relation without the frame around it, as in \boxed{a = b}."""
    while isinstance(formula, Decorated) and isinstance(formula.body, (Chain, Decorated)):
        formula = formula.body
    return formula


def _words(lead: list[Token], span: Span) -> Node:
    return Words(_said(lead), span=span)


def _said(lead: list[Token]) -> str:
    """The words as one text; Chinese, which comes letter by letter, has no spaces."""
    return _BETWEEN_LETTERS.sub("", " ".join(map(_lead, lead)))


def _lead(token: Token) -> str:
    return alphabet.CONSEQUENCES.get(token.text, token.text.strip())


def _quantified(parser: Parser) -> Node | None:
    r"""Takes \forall x \in (0, 1),"""
    if not parser.skip("command", "forall"):
        return None
    condition = parser.chain()
    if not (parser.skip("symbol", ",") or parser.skip("symbol", ":") or parser.skip("gap")):
        raise Unreadable("a comma is expected behind what stands after ∀; write \\forall x > 0, …", parser.peek().span)
    return condition


def _add(found: list[Part], part: Part) -> None:
    """A chain that begins with a relation goes on with the statement before it."""
    before = found[-1] if found else None
    if isinstance(before, Statement) and isinstance(part, Statement) and _is_condition_of(before, part):
        found[-1] = replace(before, condition=part.formula, span=before.span.to(part.span))
        return
    if isinstance(before, Statement) and isinstance(part, Statement) and before.conditional and _follows(before, part):
        found[-1] = replace(part, condition=before.formula, span=before.span.to(part.span))
        return
    if not isinstance(before, Statement) or not isinstance(part, Statement) or not _goes_on(part.formula):
        found.append(part)
        return
    if part.lead in alphabet.CONSEQUENCES.values():
        found.append(part)
        return
    first, more = before.formula, part.formula
    assert isinstance(more, Chain)
    members = first.members if isinstance(first, Chain) else (first,)
    signs = first.signs if isinstance(first, Chain) else ()
    whole = Chain((*members, *more.members[1:]), (*signs, *more.signs), span=first.span.to(more.span))
    found[-1] = Statement(whole, before.lead, before.condition, before.span.to(part.span))


def _is_condition_of(before: Statement, part: Statement) -> bool:
    """Whether a statement says where the one before it holds: a = b if i = j."""
    said = isinstance(before.formula, Chain) and before.condition is None and before.lead not in alphabet.CONDITIONAL
    return said and part.conditional and isinstance(part.formula, (Chain, Listing))


def _follows(before: Statement, part: Statement) -> bool:
    """Whether a statement is what a condition before it leads to: if i = j, then a = b."""
    said = isinstance(part.formula, Chain) and isinstance(before.formula, (Chain, Listing))
    return said and part.condition is None and part.lead.strip(" ,.:").lower() in ("", "then", "则", "那么")


def _goes_on(formula: Node) -> bool:
    return isinstance(formula, Chain) and formula.members[0] is None
