"""From text to tokens: comments, spacing and style gone, every token with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from . import alphabet
from .unreadable import LIMITS, Limits, Span, Unreadable


@dataclass(frozen=True, slots=True)
class Token:
    """kind: letter, word, number, command, symbol, begin, end, words, row (a line break), align, gap (a wide space)."""

    kind: str
    text: str
    span: Span

    def __str__(self) -> str:
        """As a person would name it."""
        match self.kind:
            case "command":
                return f"\\{self.text}"
            case "begin" | "end":
                return f"\\{self.kind}{{{self.text}}}"
            case "row":
                return "the end of the row"
            case "words":
                return f"the words “{self.text.strip()}”"
        return self.text


_PATTERN = re.compile(
    r"(?P<blank>\s+|~|(?<!\\)%[^\n]*\n?)"
    r"|\\(?P<environment>begin|end)\s*\{(?P<name>[A-Za-z]+\*?)\}(?P<options>(?<=align\})\{\d*\})?"
    r"|\\(?P<side>left|right|[bB]igg?[lr])\s*(?P<delimiter>\||\\\||\\[vV]ert\b|\.)"
    r"|(?P<row>\\\\\s*(?:\[[^\]]*\])?|\\newline\b|\\cr\b)"
    r"|\\(?P<command>[A-Za-z]+\*?|[^A-Za-z])"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<letters>[A-Za-z]+)"
    r"|(?P<symbol>:=|=:|\|\||\.\.\.|<=|>=|!=|[\s\S])"
)
_TYPED = {"<=": "le", ">=": "ge", "!=": "ne", "...": "dots"}
_KNOWN_WORDS = frozenset(alphabet.FUNCTIONS) | frozenset({"max", "min", "argmax", "argmin"})
_ESCAPED = {"{": "{", "}": "}", "|": "‖", "%": "%", "&": "&", "_": "_", "#": "#", "$": "$", " ": "", "\n": ""}


def tokens(text: str, words: frozenset[str] = frozenset(), limits: Limits = LIMITS) -> list[Token]:
    """The tokens of a formula. `words` are names of several letters that the text has declared, such as net.

    Raises Unreadable for what no formula holds, and for a text that is too long.
    """
    if len(text) > limits.characters:
        raise Unreadable(
            f"the formula has {len(text)} characters; at most {limits.characters} are read",
            Span(limits.characters, len(text)),
        )
    found: list[Token] = []
    for match in _PATTERN.finditer(text):
        found.extend(_token(match, words, limits))
    return found


def _token(match: re.Match[str], words: frozenset[str], limits: Limits) -> Iterator[Token]:
    span = Span(*match.span())
    kind, text = str(match.lastgroup), match.group()
    match kind:
        case "blank":
            return
        case "name" | "options":
            yield Token(match["environment"], match["name"], span)
        case "delimiter":
            if match["delimiter"] != ".":  # `\\right.` closes nothing that is seen
                side = "l" if match["side"].endswith(("left", "l")) else "r"
                bar = "vert" if match["delimiter"] in ("|", "\\vert") else "Vert"
                yield Token("command", side + bar, span)
        case "row":
            yield Token("row", text, span)
        case "command":
            yield from _command(match["command"], span)
        case "number":
            if len(text) > limits.digits:
                raise Unreadable(f"a number has {len(text)} digits; at most {limits.digits} are read", span)
            yield Token("number", text, span)
        case "letters":
            yield from _letters(text, span.start, words)
        case _:
            yield from _symbol(text, span)


def _command(name: str, span: Span) -> Iterator[Token]:
    if name in alphabet.SILENT:
        return
    if len(name) == 1 and not name.isalpha():
        if name not in _ESCAPED:
            raise Unreadable(f"\\{name} is no command that formulas use; delete it", span)
        if _ESCAPED[name] == "‖":
            yield Token("command", "Vert", span)
        elif name in "{}":
            yield Token("command", "lbrace" if name == "{" else "rbrace", span)
        elif _ESCAPED[name]:
            yield Token("symbol", _ESCAPED[name], span)
        return
    starred = name.endswith("*") and name not in alphabet.OPERATOR_NAMES and name[:-1] in _ALL
    if starred:  # \alpha*x: a star behind a command that has no starred form
        middle = span.end - 1
        yield from _command(name[:-1], Span(span.start, middle))
        yield Token("symbol", "*", Span(middle, span.end))
    elif name in ("quad", "qquad", "tab"):
        yield Token("gap", name, span)
    else:
        yield Token("command", name, span)


#: Commands that have no starred form.
_ALL = (
    frozenset(alphabet.LETTERS) | frozenset(alphabet.FUNCTIONS) | frozenset(alphabet.PRODUCTS) | alphabet.DOTS
) | frozenset(alphabet.RELATIONS)


def _letters(run: str, start: int, words: frozenset[str]) -> Iterator[Token]:
    """Letters one by one, except for words that are known; a word that joins statements stands alone."""
    if run.lower() in alphabet.JOINING and len(run) > 1:
        yield Token("words", run, Span(start, start + len(run)))
        return
    known = words | _KNOWN_WORDS
    longest = max(map(len, known))
    place = 0
    while place < len(run):
        for length in range(min(longest, len(run) - place), 1, -1):
            word = run[place : place + length]
            whole = length == len(run)
            if word in known and (whole or length >= alphabet.SHORTEST_INSIDE or word in words):
                yield Token("word", word, Span(start + place, start + place + length))
                break
        else:
            length = 1
            yield Token("letter", run[place], Span(start + place, start + place + 1))
        place += length


def _symbol(text: str, span: Span) -> Iterator[Token]:
    text = alphabet.CHARACTERS.get(text, text)
    if text in _TYPED:
        yield Token("command", _TYPED[text], span)
    elif text in alphabet.COMMANDS:
        yield Token("command", alphabet.COMMANDS[text], span)
    elif text in alphabet.SUPERSCRIPTS or text in alphabet.SUBSCRIPTS:
        table, sign = (alphabet.SUPERSCRIPTS, "^") if text in alphabet.SUPERSCRIPTS else (alphabet.SUBSCRIPTS, "_")
        inner = table[text]
        yield Token("symbol", sign, span)
        kind = "number" if inner.isdigit() else "letter" if inner.isalpha() else "symbol"
        yield Token(kind, inner, span)
    elif text == "&":
        yield Token("align", text, span)
    elif text.isalpha():
        yield from _foreign(text, span)
    elif unicodedata.category(text[0]) in ("Cc", "Cf", "Co", "Cs", "Cn"):
        raise Unreadable(f"the character U+{ord(text[0]):04X} stands in no formula; delete it", span)
    else:
        yield Token("symbol", text, span)


def _foreign(letter: str, span: Span) -> Iterator[Token]:
    """Greek and mathematical letters are letters; letters of other scripts are words among the symbols."""
    plain = unicodedata.normalize("NFKC", letter)
    if len(plain) == 1 and (plain.isascii() or plain in _GREEK or unicodedata.name(plain, "").startswith("GREEK")):
        yield Token("letter", plain, span)
    elif letter == "ℓ":
        yield Token("letter", letter, span)
    else:
        yield Token("words", letter, span)


_GREEK = frozenset(alphabet.LETTERS.values())
