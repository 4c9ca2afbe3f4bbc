"""Notes in a lecturer's own symbols: t becomes y and z becomes o, in lines, definitions, shapes and remarks.

The derivations themselves are renamed, before anything is checked: what is proved are the lines that are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gradproof.derivations.calculus import Derivation, Text
from gradproof.derivations.calculus.renaming import functions_in, names_in, renamed
from gradproof.derivations.notation import UnwritableNameError, tree_text
from gradproof.derivations.notation.functions import FUNCTIONS
from gradproof.derivations.notation.names import written

from .prose import Kind, pieces


class SymbolError(ValueError):
    """A symbol that there is not, that cannot be written, or that would stand for two things."""


def in_own_symbols(derivations: Sequence[Derivation], symbols: Mapping[str, str]) -> tuple[Derivation, ...]:
    """The derivations with these symbols, old to new. Raises SymbolError, also for an old one that none of them has."""
    if not symbols:
        return tuple(derivations)
    known = {name: names_in(derivation) for derivation in derivations for name in [derivation.name]}
    everything = sorted(set().union(*known.values()))
    for old, new in symbols.items():
        if old not in everything:
            raise SymbolError(f"no derivation here has the symbol {old!r}; theirs are {', '.join(everything)}")
        try:
            written(new)
        except UnwritableNameError as error:
            raise SymbolError(str(error)) from error
    return tuple(_renamed(derivation, known[derivation.name], symbols) for derivation in derivations)


def _renamed(derivation: Derivation, known: frozenset[str], symbols: Mapping[str, str]) -> Derivation:
    own = {old: new for old, new in symbols.items() if old in known}
    if not own:
        return derivation
    _no_clash(derivation, known, own)
    result = renamed(derivation, own)
    remarks = tuple(_text(remark, own) for remark in derivation.remarks)
    return replace(result, title=_text(derivation.title, own), remarks=remarks)


def _no_clash(derivation: Derivation, known: frozenset[str], own: Mapping[str, str]) -> None:
    """Each thing keeps a symbol of its own, as a reader sees it: λ and lambda are the same."""
    seen = {FUNCTIONS.get(name, name): f"the function {name}" for name in functions_in(derivation)}
    for name in sorted(known, key=lambda name: (name in own, name)):
        shown = _shown(own.get(name, name))
        if shown in seen and seen[shown] != name and name in own:
            raise SymbolError(f"{name} cannot be {shown} in {derivation.name}: {seen[shown]} is written so there")
        seen.setdefault(shown, name)


def _shown(name: str) -> str:
    return tree_text(written(name))


@dataclass(frozen=True, slots=True)
class _OwnText(Text):
    """A text of the catalogue in other letters, also in a further language, where it is known by its own ones."""

    source: Text
    letters: tuple[tuple[str, str], ...]

    def in_language(self, language: str) -> str:
        return _prose(self.source.in_language(language), dict(self.letters))


def _text(text: Text, own: Mapping[str, str]) -> Text:
    return _OwnText(_prose(text.en, own), _prose(text.zh, own), text, tuple(own.items()))


def _prose(text: str, own: Mapping[str, str]) -> str:
    """Prose with the new letters in place of its variables and indices."""
    letters = {_shown(old): _shown(new) for old, new in own.items()}
    signs = {Kind.SUBSCRIPT: "_", Kind.SUPERSCRIPT: "^", Kind.CODE: "`"}
    result = []
    for piece in pieces(text):
        sign = signs.get(piece.kind, "")
        named = piece.kind in (Kind.VARIABLE, Kind.SUBSCRIPT, Kind.SUPERSCRIPT)
        result.append(
            f"{sign}{letters.get(piece.text, piece.text) if named else piece.text}{sign if sign == '`' else ''}"
        )
    return "".join(result)
