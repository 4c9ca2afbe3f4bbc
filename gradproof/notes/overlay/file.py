"""The overlay file: read with every mistake in it named, and its template.

language = "fr"
[texts]
"notes.contents" = "Table des matières"
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gradproof.derivations.calculus import Text, Translation

from ..wording import LANGUAGES
from .ids import all_texts, different_texts

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class OverlayError(ValueError):
    """An overlay that cannot be read, or that has a text too many or one that would not fit in its place."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """A further language, and the ids of the texts that it lacks, which stay English."""

    language: Translation
    missing: tuple[str, ...]


def read_overlay(file: Path) -> Overlay:
    """The overlay in a TOML file. Raises OverlayError, with the file and the text in question."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OverlayError(f"{file} cannot be read: {error}") from error
    code, texts = found.get("language"), found.get("texts", {})
    if not isinstance(code, str) or not _CODE.fullmatch(code) or code in LANGUAGES:
        raise OverlayError(f'{file}: language has to be the code of a further language, such as "fr", not {code!r}')
    known = all_texts()
    if not isinstance(texts, dict) or set(found) - {"language", "texts"}:
        raise OverlayError(f"{file}: it holds language = … and a table [texts], and nothing else")
    for name, said in texts.items():
        _check(file, name, said, known)
    laid: dict[Text, str] = {}
    for name, said in texts.items():
        if laid.setdefault(known[name], said) != said:
            raise OverlayError(f"{file}: {name!r} is the same text as another one, which is translated otherwise")
    missing = tuple(name for name, text in different_texts().items() if text not in laid)
    return Overlay(Translation(code, laid), missing)


def _check(file: Path, name: str, said: object, known: Mapping[str, Text]) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; the nearest is {near[0]!r}" if near else ""
        raise OverlayError(f"{file}: there is no text {name!r}{hint}")
    if not isinstance(said, str):
        raise OverlayError(f"{file}: {name!r} is not a text")
    places, own = (set(re.findall(r"\{\w*\}", text)) for text in (known[name].en, said))
    if places != own:
        want = ", ".join(sorted(places)) or "nothing"
        raise OverlayError(f"{file}: {name!r} has to hold {want} in braces, and nothing else, as the English text does")


def template(code: str) -> str:
    """An overlay in which every text waits: in English, behind a #."""
    lines = (
        f"# {json.dumps(name)} = {json.dumps(text.en, ensure_ascii=False)}" for name, text in different_texts().items()
    )
    return "\n".join([f'language = "{code}"', "", "[texts]", *lines, ""])
