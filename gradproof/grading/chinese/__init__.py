"""Sentences of checks in Chinese: the reasons and statuses that the code says in English, found again by their form.

Each table has the English sentence with {} for what is filled in, and the Chinese one, which takes these parts by their
order or by their number. What stands in no table is left in English, and a test looks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .commands import COMMANDS
from .files import FILES
from .judging import JUDGING, STATUSES
from .meaning import MEANING
from .notation import NOTATION
from .proving import PROVING

#: Sentences that a reason may consist of, and parts of them.
TABLES: tuple[Mapping[str, str], ...] = (STATUSES, JUDGING, MEANING, NOTATION, FILES, PROVING, COMMANDS)
_BETWEEN = "; "
#: Longer reasons hold what a person wrote at length; they are left as they are.
_LONGEST = 2000


def spoken(reason: str, language: str) -> str:
    """A reason in "en", as the code says it, or in "zh"."""
    if language != "zh" or len(reason) > _LONGEST:
        return reason
    pieces = reason.split(_BETWEEN)
    found: list[str] = []
    place = 0
    while place < len(pieces):
        for end in range(len(pieces), place, -1):
            translated = _sentence(_BETWEEN.join(pieces[place:end]))
            if translated is not None:
                found.append(translated)
                place = end
                break
        else:
            found.append(pieces[place])
            place += 1
    return "；".join(found)


@cache
def _forms() -> tuple[tuple[tuple[str, ...], str], ...]:
    """The pieces of each English sentence with its translation; what is surer to be meant comes first.

    That is what begins with words of ours, and of these what says more.
    """
    forms = [(tuple(english.split("{}")), chinese) for table in TABLES for english, chinese in table.items()]
    return tuple(sorted(forms, key=lambda form: (not form[0][0], -sum(map(len, form[0])), form[0])))


def _sentence(text: str) -> str | None:
    """One sentence in Chinese; None if no table has it."""
    for pieces, chinese in _forms():
        parts = _parts(text, pieces)
        if parts is not None:
            return chinese.format(*(spoken(part, "zh") for part in parts))
    return None


def _parts(text: str, pieces: tuple[str, ...]) -> list[str] | None:
    """What was filled in between the pieces of a sentence; None if the text is no such sentence. Takes linear time."""
    first, *rest = pieces
    if not text.startswith(first):
        return None
    if not rest:
        return [] if text == first else None
    parts: list[str] = []
    place = len(first)
    for piece in rest[:-1]:
        end = text.find(piece, place)
        if end < 0:
            return None
        parts.append(text[place:end])
        place = end + len(piece)
    last = rest[-1]
    end = len(text) - len(last)
    if not text.endswith(last) or end < place:
        return None
    return [*parts, text[place:end]]
