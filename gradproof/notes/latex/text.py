"""Prose for LaTeX: special characters escaped, and letters of other scripts than Latin as mathematics."""

from __future__ import annotations

import unicodedata

from gradproof.derivations.notation.names import GREEK

from ..prose import Kind, pieces

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "<": r"\ensuremath{<}",
    ">": r"\ensuremath{>}",
    "|": r"\ensuremath{|}",
}
_MATHEMATICS = {letter: f"\\{name}" for name, letter in GREEK.items()} | {
    "−": "-",
    "×": r"\times",
    "·": r"\cdot",
    "≤": r"\leq",
    "≥": r"\geq",
    "≠": r"\neq",
    "≈": r"\approx",
    "→": r"\to",
    "∞": r"\infty",
    "∂": r"\partial",
    "∇": r"\nabla",
    "‖": r"\Vert",
    "′": "{}'",
    "″": "{}''",
    "√": r"\surd",
    "½": r"\tfrac12",
    "⊙": r"\odot",
    "⊘": r"\oslash",
    "∘": r"\circ",
    "∈": r"\in",
    "…": r"\ldots",
}
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True)) | {"ᵀ": r"\mathsf{T}"}
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_SCRIPT = _MATHEMATICS | {"\u00a0": ""}
_PUNCTUATION = {"–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'", "\u00a0": "~"}
#: Punctuation of languages with Latin letters, and letters that are not in Latin-1 or its first extension.
_IN_FONTS = frozenset("¡§«»¿„‹›ȘșȚț")


class UnwritableCharacterError(ValueError):
    """A character of a text that LaTeX would not print; add it to the tables of this module."""


def prose(text: str) -> str:
    """Prose as LaTeX: variables in italics, scripts raised and lowered. Raises UnwritableCharacterError."""
    written = []
    for piece in pieces(text):
        match piece.kind:
            case Kind.VARIABLE:
                written.append(rf"\gpvar{{{mathematics(piece.text)}}}")
            case Kind.SUBSCRIPT:
                written.append(rf"\gpvar{{_{{{piece.text}}}}}")
            case Kind.SUPERSCRIPT:
                written.append(rf"\gpvar{{^{{{''.join(_SCRIPT.get(letter, letter) for letter in piece.text)}}}}}")
            case Kind.CODE:
                written.append(rf"\texttt{{{plain(piece.text)}}}")
            case Kind.TEXT:
                written.append(plain(piece.text))
    return "".join(written)


def mathematics(letter: str) -> str:
    """A letter of a formula: λ is \\lambda."""
    return _MATHEMATICS.get(letter, letter)


def plain(text: str) -> str:
    """Text as LaTeX, letter by letter. Raises UnwritableCharacterError."""
    return "".join(map(_letter, text))


def _letter(letter: str) -> str:
    if letter in _ESCAPED:
        return _ESCAPED[letter]
    if letter in _PUNCTUATION:
        return _PUNCTUATION[letter]
    if letter in _MATHEMATICS:
        return rf"\ensuremath{{{_MATHEMATICS[letter]}}}"
    if letter in _RAISED:
        return rf"\ensuremath{{{{}}^{{{_RAISED[letter]}}}}}"
    if letter in _LOWERED:
        return rf"\ensuremath{{{{}}_{{{_LOWERED[letter]}}}}}"
    if letter.isascii() or _in_text_fonts(letter):
        return letter
    name = unicodedata.name(letter, "without a name")
    raise UnwritableCharacterError(f"{letter!r} (U+{ord(letter):04X}, {name}) has no LaTeX form in the notes")


def _in_text_fonts(letter: str) -> bool:
    """Letters of languages written in Latin ones, and those of Chinese, with their punctuation."""
    code = ord(letter)
    return (
        letter in _IN_FONTS
        or 0xC0 <= code <= 0x17F
        or 0x3000 <= code <= 0x303F
        or 0x4E00 <= code <= 0x9FFF
        or 0xFF00 <= code <= 0xFFEF
    )


def bookmark(text: str) -> str:
    """Text for the outline of a PDF, where there is no mathematics: other letters by their numbers."""
    kept = " ,.:;()=+/-"
    return "".join(
        letter if (letter.isascii() and letter.isalnum()) or letter in kept else f"\\unichar{{{ord(letter)}}}"
        for letter in text
    )
