"""Displays that go on from the one before: "$$ a = b $$ which is $$ = c $$" is one chain.

Only words stand between such displays, and only words that are known to restrict nothing and to turn to nothing else.
Where another word stands between, what follows may hold in a case, or for another variable, and a person decides.
"""

from __future__ import annotations

import re
from dataclasses import replace

from gradproof.derivations.notation.reading import read
from gradproof.documents import Declared, Document, Fault, Handling, Passage

from .prose import piece

#: How a display begins that goes on.
_GOES_ON = re.compile(r"\A[\s&{}]*=")
#: What is said of a display that goes on across other words.
ACROSS = "it goes on from the display before it; does what stands between say a case, or something else?"


def joined(document: Document) -> Document:
    """The document with each display that goes on in one piece with the one before; every place stays what it is."""
    parts: list[Passage | Declared | Fault] = []
    for part in document.parts:
        before = parts[-1] if parts else None
        if isinstance(before, Passage) and isinstance(part, Passage) and _follows(part, before, document):
            gap = part.start - before.start - len(before.text)
            parts[-1] = replace(before, text=before.text + "\\\\".ljust(gap) + part.text)
        else:
            parts.append(part)
    return replace(document, parts=tuple(parts))


def _follows(part: Passage, before: Passage, document: Document) -> bool:
    """Whether a display goes on from the one before it; of two formulas in that, it is not known from which."""
    if not goes_on(part) or not _only_words(before, part):
        return False
    return len(read(before.text, macros=document.macros)) == 1


def goes_on(part: Passage) -> bool:
    """Whether a display begins with a relation."""
    return part.display and _GOES_ON.match(part.text) is not None


def _only_words(before: Passage, part: Passage) -> bool:
    """Whether words that restrict nothing, and nothing else, stand between two displays of one text."""
    if not before.display or before.source != part.source or part.label or part.marked:
        return False
    if before.handling is not Handling.CHECK:
        return False
    between = before.source.text[before.start + len(before.text) : part.start]
    said = piece(between)
    return said.silent and not said.turns
