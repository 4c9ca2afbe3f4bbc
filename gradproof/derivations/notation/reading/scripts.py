"""Subscripts, superscripts and primes; what they mean is not decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .syntax import Decorated, Name, Node, Scripts
from .unreadable import Unreadable

if TYPE_CHECKING:
    from .parser import Parser

#: Signs that stand alone as a superscript: w^*, x^+, x^{-}, A^†.
_ALONE = {"*": "∗", "+": "+", "-": "-", "ast": "∗", "star": "∗", "circ": "∘", "dagger": "†"}
#: Before a power that is taken of each entry.
_ENTRYWISE = frozenset({"circ", "odot"})


def scripted(parser: Parser, base: Node) -> Node:
    """The base with everything that hangs on it. A second subscript or power encloses what was there before."""
    start = parser.place
    lower: Node | None = None
    upper: Node | None = None
    primes = 0
    while True:
        if parser.skip("symbol", "'"):
            primes += 1
        elif parser.sees("symbol", "^", "_"):
            sign = parser.take()
            if (sign.text == "_" and lower is not None) or (sign.text == "^" and upper is not None):
                base = Scripts(base, lower, upper, primes, span=base.span.to(parser.since(start)))
                lower, upper, primes = None, None, 0
            if sign.text == "_":
                lower = script(parser)
            else:
                more = _primes(parser)
                primes += more
                upper = upper if more else script(parser)
        else:
            break
    if lower is None and upper is None and not primes:
        return base
    return Scripts(base, lower, upper, primes, span=base.span.to(parser.since(start)))


def _primes(parser: Parser) -> int:
    r"""Takes ^\prime or ^{\prime\prime}, and says how many."""
    at = 1 if parser.sees("symbol", "{") else 0
    count = 0
    while parser.peek(at + count).kind in ("command", "symbol") and parser.peek(at + count).text in ("prime", "'"):
        count += 1
    if at and not (parser.peek(at + count).kind == "symbol" and parser.peek(at + count).text == "}"):
        return 0
    if count:
        parser.place += count + 2 * at
    return count


def script(parser: Parser) -> Node:
    """What stands in a subscript or a superscript: a listing, or a sign alone."""
    braced = parser.sees("symbol", "{")
    token, behind = parser.peek(int(braced)), parser.peek(int(braced) + 1)
    alone = token.kind in ("symbol", "command") and token.text in _ALONE
    if alone and (not braced or (behind.kind == "symbol" and behind.text == "}")):
        parser.place += 3 if braced else 1
        return Name(_ALONE[token.text], span=token.span)
    if braced and token.text in _ENTRYWISE and token.kind == "command":  # x^{\circ 2}: of each entry
        start = parser.place
        parser.take()
        parser.take()
        body = parser.listing()
        parser.expect("}", "at the end of a power")
        return Decorated("entrywise", body, span=parser.since(start))
    if not braced and token.kind == "stop":
        raise Unreadable(
            "the formula ends where a subscript or superscript is expected; what stands behind the last sign?",
            token.span,
        )
    return parser.argument()
