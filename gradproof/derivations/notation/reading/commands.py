"""What begins with a command, or is a known word: letters, fonts, accents, functions, operators, decorations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import alphabet, brackets, fractions, scripts, words
from .stacks import STACKS, stacked
from .syntax import (
    Apply,
    Bars,
    Decorated,
    Dots,
    Listing,
    Name,
    Node,
    Number,
    Product,
    Root,
    Scripts,
)
from .tokens import Token
from .unreadable import Unreadable

if TYPE_CHECKING:
    from .parser import Parser

_FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"})
_OTHERS = frozenset({"sqrt", "partial", "nabla", "triangledown", "binom", "arg", "norm", "abs", "substack"})
_SPELLED = frozenset({"letter", "word", "words", "number"})  # what words are made of
_ENCLOSING = {"norm": "‖", "abs": "|"}

#: Every command that begins a factor, by the table that knows it.
_FACTORS = (
    frozenset(alphabet.LETTERS) | frozenset(alphabet.FUNCTIONS) | frozenset(alphabet.BIG_OPERATORS)
    | frozenset(alphabet.ACCENTS) | frozenset(alphabet.FONTS) | alphabet.TEXTS | alphabet.OPERATOR_NAMES
    | frozenset(alphabet.DECORATIONS) | frozenset(alphabet.LAST_ARGUMENT) | alphabet.DOTS | _FRACTIONS | STACKS
    | _OTHERS | frozenset(alphabet.OPENING)
) - frozenset({"not", "star", "ast", "bullet", "circ"})  # fmt: skip


def known(name: str) -> bool:
    """Whether a command is understood anywhere in a formula."""
    return name in _FACTORS or any(
        name in table
        for table in (
            alphabet.RELATIONS, alphabet.CONSEQUENCES, alphabet.PRODUCTS, alphabet.SIGNS, alphabet.CLOSERS,
            alphabet.BARS, alphabet.GAPS, alphabet.DROPPED,
        )
    )  # fmt: skip


def begins_factor(name: str) -> bool:
    return name in _FACTORS


def command(parser: Parser) -> Node:
    """The node that begins with the command that stands here."""
    token = parser.peek()
    name = token.text
    if name in alphabet.OPENING or brackets.bar_of(token):
        return brackets.group(parser)
    if name not in _FACTORS:
        raise parser.stuck()
    parser.take()
    if name in alphabet.LETTERS:
        return Name(alphabet.LETTERS[name], span=token.span)
    if name in _FRACTIONS:
        return fractions.fraction(parser)
    if name in alphabet.DOTS:
        return Dots(span=token.span)
    if name in alphabet.FONTS and name != "textbf":  # before functions: \vec is an arrow
        return _in_font(parser, token)
    if name in alphabet.BIG_OPERATORS or name in alphabet.FUNCTIONS:
        return words.word(parser, token)
    if name in alphabet.ACCENTS:
        return _accented(parser, token)
    if name in alphabet.TEXTS or name in alphabet.OPERATOR_NAMES:
        return _text(parser, token)
    if name in alphabet.DECORATIONS:
        return _decorated(parser, token)
    return _special(parser, token)


def _special(parser: Parser, token: Token) -> Node:
    start = parser.place - 1
    match token.text:
        case "partial":
            return fractions.partial(parser, token)
        case "nabla" | "triangledown":
            return fractions.nabla(parser)
        case "sqrt":
            return _root(parser, start)
        case "norm" | "abs":
            return Bars(_ENCLOSING[token.text], parser.argument(), span=parser.since(start))
        case "arg":
            following = parser.peek()
            if following.text in ("max", "min"):
                parser.take()
                return words.operator(parser, "arg" + following.text, token.span)
            return Name("arg", "roman", span=token.span)
        case "binom":
            return Apply(Name("binom", "roman", span=token.span), _pair(parser), True, span=parser.since(start))
        case "substack":
            return parser.argument()
        case name if name in STACKS:
            return stacked(parser, token)
        case name:
            for _ in range(alphabet.LAST_ARGUMENT[name] - 1):
                _skip_argument(parser)
            return parser.argument()


def _pair(parser: Parser) -> Node:
    first, second = parser.argument(), parser.argument()
    return Listing((first, second), (",",), span=first.span.to(second.span))


def _skip_argument(parser: Parser) -> None:
    if not parser.sees("symbol", "{"):
        raise Unreadable(
            "an argument in braces is expected here; a colour, a link or a style is missing", parser.peek().span
        )
    parser.place = parser.matching(parser.place) + 1


def _root(parser: Parser, start: int) -> Node:
    degree = None
    if parser.skip("symbol", "["):
        degree = parser.sum()
        parser.expect("]", "behind the degree of a root")
    return Root(parser.argument(), degree, span=parser.since(start))


def _accented(parser: Parser, token: Token) -> Node:
    start = parser.place - 1
    body = parser.argument()
    mark = alphabet.ACCENTS[token.text]
    outer = body
    while isinstance(body, Scripts):  # \hat{y_i} is ŷ_i
        body = body.base
    if not isinstance(body, Name):
        if mark == "bar" or mark == "underline":
            return Decorated(mark, outer, span=parser.since(start))
        raise Unreadable(
            f"{token} stands over something that is no name; give it a name of its own", parser.since(start)
        )
    marked = replace(body, accents=(*body.accents, mark))
    return replace(_with_base(outer, marked), span=parser.since(start))


def _with_base(node: Node, base: Name) -> Node:
    return replace(node, base=_with_base(node.base, base)) if isinstance(node, Scripts) else base


def _in_font(parser: Parser, token: Token) -> Node:
    """A font command with its argument, or a switch that holds until the group ends."""
    start = parser.place - 1
    font = alphabet.FONTS[token.text]
    if token.text in alphabet.SWITCHES:
        name = _letters(parser) if font == "roman" else ""
        if name:
            return _named(parser, name, font, start)
        body = parser.atom()
    else:
        if font == "roman" and parser.sees("symbol", "{"):
            name = _word_in_braces(parser)
            if name:
                return _named(parser, name, font, start)
        body = parser.argument()
    return _set_in(body, font)


def _set_in(body: Node, font: str) -> Node:
    r"""Names in a font: \mathbf{x}_i and \mathbf{Xw} alike."""
    if isinstance(body, Name):
        return replace(body, font=font)
    if isinstance(body, Number):
        return Name(body.text, font, span=body.span)
    if isinstance(body, Scripts):
        return replace(body, base=_set_in(body.base, font))
    if isinstance(body, Product):
        return replace(body, factors=tuple(_set_in(factor, font) for factor in body.factors))
    return body


def _word_in_braces(parser: Parser) -> str:
    """The word between braces, which may have digits and underscores, if there is nothing else; it is taken then."""
    close = parser.matching(parser.place)
    inner = parser.tokens[parser.place + 1 : close]
    if not inner or inner[0].kind in ("number", "symbol") or {t.kind for t in inner if t.text != "_"} - _SPELLED:
        return ""
    parser.place = close + 1
    return "".join(token.text for token in inner)


def _letters(parser: Parser) -> str:
    found = ""
    while parser.sees("letter") or parser.sees("word"):
        found += parser.take().text
    return found


def _named(parser: Parser, name: str, font: str, start: int) -> Node:
    """A word: a function or an operator that is known, else a name."""
    token = Token("word", name, parser.since(start))
    if len(name) > 1 and (name in alphabet.FUNCTIONS or name in alphabet.BIG_OPERATORS):
        return words.word(parser, token)
    return Name(name, font, span=token.span)


def _text(parser: Parser, token: Token) -> Node:
    r"""\text{…} and \operatorname{…} with a name in them; other texts are words, and have been taken out before."""
    start = parser.place - 1
    if not parser.sees("symbol", "{"):
        following = parser.take()
        if following.text in alphabet.FONTS:  # \mathop\mathrm{argmax}
            return _in_font(parser, following)
        return Name(following.text, "roman", span=parser.since(start))
    inside = parser.tokens[parser.place + 1 : parser.matching(parser.place)]
    if token.text in alphabet.OPERATOR_NAMES:
        if inside and inside[0].text in ("max", "min") and len(inside) > 1:  # \mathop{\max^{(2)}}_k
            return words.ranked(parser, token.span)
        if any(part.kind not in {*_SPELLED, "gap"} and part.text not in ("{", "}", *alphabet.FONTS) for part in inside):
            return parser.argument()
        spelled = "".join(part.text for part in inside if part.kind in _SPELLED)
        parser.place = parser.matching(parser.place) + 1
        if not spelled:
            raise Unreadable(f"{token} names nothing; write a name in its braces", token.span)
        return _named(parser, spelled, "roman", start)
    name = _word_in_braces(parser)
    if name and token.text == "textbf":
        return Name(name, "bold", span=parser.since(start))
    if not name:
        raise Unreadable(f"{token} holds no name; write one word in its braces", parser.since(start))
    return _named(parser, name, "roman", start)


def _decorated(parser: Parser, token: Token) -> Node:
    start = parser.place - 1
    kind = alphabet.DECORATIONS[token.text]
    if kind == "not":
        raise parser.stuck()
    body = parser.argument()
    label = None
    if kind in ("underbrace", "overbrace") and parser.sees("symbol", "_" if kind == "underbrace" else "^"):
        parser.take()
        label = scripts.script(parser)
    return Decorated(kind, body, label, span=parser.since(start))
