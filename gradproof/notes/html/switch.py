"""Several languages on one page, with a switch that needs no script.

The switch is a group of radio buttons, and the style shows the language whose button is chosen. A short script,
assets/switch.js, adds what a style cannot: it keeps the reader's place, and follows a link into the other language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape

from .. import tree as n

#: The languages as their readers know them.
_OWN_NAMES = {"en": "English", "zh": "中文"}

_NAMED = re.compile(r'(?P<before>\b(?:id|for|aria-labelledby)="|href="#|url\(#)(?=[^")])')


def switched(documents: Sequence[n.Document], body: Callable[[n.Document], Iterable[str]]) -> Iterator[str]:
    """The switch, then each document; what has a name has the language before it in all but the first."""
    names = [document.language for document in documents]
    label = escape(" / ".join(map(_own_name, names)), quote=True)
    yield f'<section class="languages" aria-label="{label}"><fieldset><legend class="hidden">{label}</legend>'
    for place, name in enumerate(names):
        chosen = " checked" if place == 0 else ""
        button = f'<input type="radio" name="language" id="language-{name}" value="{name}"{chosen}>'
        yield f'<label lang="{tag(name)}">{button} {_own_name(name)}</label>'
    yield "</fieldset></section>"
    for place, document in enumerate(documents):
        yield f'<div class="language" lang="{tag(document.language)}" data-language="{document.language}">'
        page = "\n".join(body(document))
        yield page if place == 0 else prefixed(page, f"{document.language}-")
        yield "</div>"


def tag(language: str) -> str:
    """The language as browsers know it."""
    return "zh-Hans" if language == "zh" else str(language)


def _own_name(language: str) -> str:
    return _OWN_NAMES[language]


def prefixed(page: str, prefix: str) -> str:
    """The same HTML with the prefix before every name that an element has or asks for.

    Text cannot be taken for an attribute: a quotation mark in it is an entity.
    """
    return _NAMED.sub(rf"\g<before>{prefix}", page)
