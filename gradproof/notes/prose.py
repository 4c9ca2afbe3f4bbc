"""Mathematics in plain prose: which letters of "At x = 0, 2Ax ≤ σ′" are variables, and what is `code`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    TEXT = "text"
    VARIABLE = "variable"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


# The letters of CJK stand side by side without spaces, so a boundary is the absence of another Latin letter (é as well
# as e), not of any letter. A single letter is a variable, but a, A and I are English words, and two letters are mostly
# words: these are variables where a sign, a bracket, a number or a script stands beside them, A also within a sentence.
_PIECE = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|(?<![A-Za-zÀ-ɏ'’.-])(?<![A-Za-zÀ-ɏ]\d)(?P<letters>[A-Za-z]{1,2})(?![A-Za-zÀ-ɏ0-9'’]|-(?!norm|axis|范数)|\.\w)"
    r"|(?P<greek>[α-ωϕϵℓ])"
    r"|\^\((?P<bracketed>[^()]+)\)"
    r"|\^(?P<superscript>\w+)"
    r"|(?<=\w)_(?P<subscript>[A-Za-z0-9]+)"
)
_SIGNS = "=−+≤≥≠<>·/"
_BEFORE = re.compile(rf"[{_SIGNS}] ?$|[0-9ᵀ′²³‖|]$|(?:log|exp) $")
_AFTER = re.compile(rf" ?[{_SIGNS}]|[ᵀ′²³)‖|_^]")
#: Two letters that are no product, also beside a sign.
_WORDS = frozenset(
    "am an as at be by do go he if in is it me my no of on or so to up us vs we tr nn st nd rd th KL".split()  # noqa: SIM905
)
#: Spaces around a sign, at which a line must not break.
_AROUND_SIGNS = re.compile(r" (?=[=−+≤≥≠<>·] )|(?<= [=−+≤≥≠<>·]) ")
_CHINESE = re.compile(r"[一-鿿]")


def pieces(text: str) -> Iterator[Piece]:
    """The text in pieces; they hold every character but ^ and _ of scripts, brackets after ^, and ` around code."""
    at = 0
    text = _AROUND_SIGNS.sub("\u00a0", text)
    for found in _PIECE.finditer(text):
        if found["letters"] and not _is_variable(found["letters"], text, *found.span()):
            continue
        if found.start() > at:
            yield Piece(Kind.TEXT, text[at : found.start()])
        at = found.end()
        if found["code"]:
            yield Piece(Kind.CODE, found["code"])
        elif found["subscript"]:
            yield Piece(Kind.SUBSCRIPT, found["subscript"])
        elif raised := found["superscript"] or found["bracketed"]:
            yield Piece(Kind.SUPERSCRIPT, raised)
        else:
            yield from (Piece(Kind.VARIABLE, letter) for letter in found[0])
    if at < len(text):
        yield Piece(Kind.TEXT, text[at:])


def _is_variable(letters: str, text: str, start: int, end: int) -> bool:
    if letters in _WORDS:
        return False
    if len(letters) == 1 and (letters not in "aAI" or _CHINESE.search(text)):
        return True
    if not re.search("[A-Zaeiou]", letters):
        return True  # xy
    before, after = (side.replace("\u00a0", " ") for side in (text[:start], text[end : end + 2]))
    within = letters == "A" and re.search("[a-z] $", before)
    return bool(within or _BEFORE.search(before) or _AFTER.match(after))
