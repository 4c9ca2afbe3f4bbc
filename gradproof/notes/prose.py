"""Mathematics in plain prose: which letters of "At x = 0, σ′ ≤ 1/4" are variables, and what is `code`."""

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


# A single letter is a variable, but the English words a, A and I are not; the letters of CJK stand side by side
# without spaces, so a boundary is the absence of another Latin letter (é as well as e) or digit, not of any letter.
_PIECE = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|(?<![A-Za-zÀ-ɏ0-9'’.-])(?P<variable>[B-HJ-Zb-z])(?![A-Za-zÀ-ɏ0-9'’-]|\.\w)"
    r"|(?P<greek>[α-ωϕϵℓ])"
    r"|\^(?P<superscript>\w+)"
    r"|(?<=\w)_(?P<subscript>[A-Za-z0-9]+)"
)
#: Spaces around a sign, at which a line must not break.
_AROUND_SIGNS = re.compile(r" (?=[=−+≤≥≠<>·] )|(?<= [=−+≤≥≠<>·]) ")


def pieces(text: str) -> Iterator[Piece]:
    """The text in pieces; together they hold every character, except the signs ^ and _ of scripts and ` around code."""
    at = 0
    text = _AROUND_SIGNS.sub("\u00a0", text)
    for found in _PIECE.finditer(text):
        if found.start() > at:
            yield Piece(Kind.TEXT, text[at : found.start()])
        at = found.end()
        if found["code"]:
            yield Piece(Kind.CODE, found["code"])
        elif found["superscript"]:
            yield Piece(Kind.SUPERSCRIPT, found["superscript"])
        elif found["subscript"]:
            yield Piece(Kind.SUBSCRIPT, found["subscript"])
        else:
            yield Piece(Kind.VARIABLE, found[0])
    if at < len(text):
        yield Piece(Kind.TEXT, text[at:])
