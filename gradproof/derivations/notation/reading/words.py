"""Functions and big operators, with a backslash or typed as words: log, softmax, Σ, max."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import alphabet, brackets, scripts
from .syntax import Apply, BigOperator, Group, Name, Node, Product, Sum
from .tokens import Token
from .unreadable import Span, Unreadable

if TYPE_CHECKING:
    from .parser import Parser

#: Words that are both a function, max(a, b), and an operator, max_j z_j.
_BOTH = frozenset({"max", "min", "sup", "inf"})


def word(parser: Parser, token: Token) -> Node:
    """A word with its subscript, power and argument: a function or a big operator where it is known, else a name."""
    name = token.text
    if name == "sum" and token.kind == "word" and parser.sees("symbol", "("):  # of all entries, \operatorname{sum}(L)
        return _applied(parser, Name(name, "roman", span=token.span), token.span)
    scripted_below = parser.sees("symbol", "_", "^")
    if name in alphabet.BIG_OPERATORS and (name not in _BOTH or scripted_below):
        return operator(parser, alphabet.BIG_OPERATORS[name], token.span)
    if name not in alphabet.FUNCTIONS and name not in _BOTH:
        return Name(name, "roman", span=token.span)
    function = scripts.scripted(parser, Name(alphabet.FUNCTIONS.get(name, name), "roman", span=token.span))
    return _applied(parser, function, token.span)


def _applied(parser: Parser, function: Node, begin: Span) -> Node:
    """A function and its argument: brackets, or the factors side by side up to the next function or bracket."""
    if parser.sees("symbol", "(", "[") or parser.sees("command", "lbrace"):
        found = brackets.group(parser)
        body = found.body if isinstance(found, Group) else found
        return Apply(function, body, True, span=begin.to(parser.peek(-1).span))
    if parser.sees("symbol", "{"):
        return Apply(function, brackets.braces(parser), True, span=begin.to(parser.peek(-1).span))
    if not parser.begins_factor():
        return function  # a function named, not applied
    factors = [parser.factor()]
    while parser.begins_factor() and not _ends_argument(parser):
        factors.append(parser.factor())
    span = factors[0].span.to(factors[-1].span)
    argument = factors[0] if len(factors) == 1 else Product(tuple(factors), ("",) * (len(factors) - 1), span=span)
    return Apply(function, argument, False, span=begin.to(parser.peek(-1).span))


def _ends_argument(parser: Parser) -> bool:
    token = parser.peek()
    if (token.kind == "symbol" and token.text in "([") or brackets.bar_of(token):
        return True
    return token.text in alphabet.FUNCTIONS or token.text in alphabet.BIG_OPERATORS or token.kind == "begin"


def operator(parser: Parser, kind: str, begin: Span) -> Node:
    lower: Node | None = None
    upper: Node | None = None
    while parser.sees("symbol", "_", "^"):
        sign = parser.take()
        if (lower if sign.text == "_" else upper) is not None:
            side = "below" if sign.text == "_" else "above"
            raise Unreadable(f"{kind} has two things {side} it; which one bounds it?", sign.span)
        if sign.text == "_":
            lower = scripts.script(parser)
        else:
            upper = scripts.script(parser)
    rank: Node | None = None
    if kind in ("max", "min") and isinstance(upper, Group):  # max^{(2)}
        rank, upper = upper.body, None
    empty = (None, Name(""))
    return BigOperator(
        kind,
        body_of(parser),
        None if lower in empty else lower,
        None if upper in empty else upper,
        rank,
        span=begin.to(parser.peek(-1).span),
    )


def ranked(parser: Parser, begin: Span) -> Node:
    r"""The rest of \mathop{\max^{(2)}}_k z_k: a rank above, what runs below, and the body."""
    parser.expect("{")
    kind = alphabet.BIG_OPERATORS[parser.take().text]
    parser.expect("^", "before the rank of an extremum")
    above = scripts.script(parser)
    parser.expect("}", "behind the rank of an extremum")
    parser.expect("_", "before the index of an extremum")
    lower = scripts.script(parser)
    rank = above.body if isinstance(above, Group) else above
    return BigOperator(kind, body_of(parser), lower, None, rank, span=begin.to(parser.peek(-1).span))


def body_of(parser: Parser) -> Node:
    """What an operator stretches over: the next product, which may begin with a minus."""
    start = parser.place
    sign = parser.sign()
    if not sign:
        return parser.term()
    return Sum((parser.term(),), (sign,), span=parser.since(start))
