"""Quantities that are used first and said afterwards: "∂E/∂w_j = δ x_j, where δ = …".

A formula that explains a name is gone through before the display that it explains. That is done only where nothing else
in the text gives the name: where two formulas do, a person is asked which one is meant.
"""

from __future__ import annotations

import re
from collections import Counter

from gradproof.derivations.meaning import Context, Glossary
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.notation.reading import Macros, Statement, read
from gradproof.documents import Document, Handling, Passage

from .order import defined_by
from .said import key_of, names_in

#: What stands between a formula and its explanation, and between two explanations.
_EXPLAINS = re.compile(
    r"[\s.,;:，。；：$\\()\[\]]*(?:and\s+)?(?:where|with|in which|here|其中|这里|此处|式中)"
    r"(?:\s+(?:we\s+)?(?:write|put|set|let|denote|abbreviate|define))?[\s,:，：$\\()\[\]]*",
    re.IGNORECASE,
)
_ENCLOSING = re.compile(r"\\(?:begin|end)\{[^{}]*\}")
_GOES_ON = re.compile(r"[\s,，、$\\()\[\]]*(?:and|和|以及)?[\s,，$\\()\[\]]*", re.IGNORECASE)


def in_reading_order(document: Document, glossary: Glossary, macros: Macros) -> list[int]:
    """The places of the parts of a document in the order in which they are gone through."""
    given = {place: _given(part, glossary, macros) for place, part in enumerate(document.parts)}
    times = Counter(key for keys in given.values() for key in keys)
    order: list[int] = []
    said: list[int] = []  # the last display, and what stands behind it without explaining it
    explains = False
    for place, part in enumerate(document.parts):
        explains = isinstance(part, Passage) and _explains(document, place, explains)
        keys = given[place]
        new = explains and keys and all(times[key] == 1 and not glossary.knows(*key) for key in keys)
        used = (each for each in said if _mentions(document.parts[each], keys, glossary, macros)) if new else iter(())
        order.insert(min((order.index(each) for each in used), default=len(order)), place)
        if isinstance(part, Passage) and not explains:
            said = [place] if part.display else [*said, place]
    return order


def _explains(document: Document, place: int, before: bool) -> bool:
    """Whether the words right before a formula say that it explains what stands before them."""
    one, two = document.parts[place - 1] if place else None, document.parts[place]
    if not isinstance(one, Passage) or not isinstance(two, Passage) or one.source != two.source:
        return False
    between = _ENCLOSING.sub(" ", one.source.text[one.start + len(one.text) : two.start])
    return _EXPLAINS.fullmatch(between) is not None or (before and _GOES_ON.fullmatch(between) is not None)


def _statements(part: object, macros: Macros) -> list[Statement]:
    if not isinstance(part, Passage) or part.handling is Handling.SKIP:
        return []
    return [each for each in read(part.text, macros=macros) if isinstance(each, Statement)]


def _given(part: object, glossary: Glossary, macros: Macros) -> set[Key]:
    """The names on the left sides of the equations of a part."""
    keys = (defined_by(each, glossary) for each in _statements(part, macros))
    return {key for key in keys if key is not None}


def _mentions(part: object, keys: set[Key], glossary: Glossary, macros: Macros) -> bool:
    context = Context(glossary.copy())
    names = (name for each in _statements(part, macros) for name in names_in(each.formula))
    return any(key_of(context, name) in keys for name in names)
