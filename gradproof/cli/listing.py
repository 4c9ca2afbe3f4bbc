"""`gradproof list`."""

from __future__ import annotations

import json
from typing import Any

from gradproof._version import __version__
from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation
from gradproof.derivations.notation import text

from .exits import OK
from .terminal import hanging, paint

SCHEMA = "gradproof/list/1"


def list_derivations(*, as_json: bool, language: str) -> int:
    """Print the catalogue: a heading for each chapter, and a line with name and title for each derivation."""
    chapters = catalogue.chapters()
    if as_json:
        entries = [_entry(derivation, chapter.name) for chapter in chapters for derivation in chapter.derivations]
        print(json.dumps({"schema": SCHEMA, "version": __version__, "derivations": entries}, indent=1))
        return OK
    column = max((len(derivation.name) for chapter in chapters for derivation in chapter.derivations), default=0)
    for place, chapter in enumerate(chapters):
        print(("\n" if place else "") + paint(chapter.title.in_language(language), "title"))
        for derivation in chapter.derivations:
            name = paint(f"{derivation.name:{column}}", "name")
            title = hanging(derivation.title.in_language(language), column + 4, column + 4)
            print(f"  {name}  {title}")
    return OK


def _entry(derivation: Derivation, chapter: str) -> dict[str, Any]:
    return {
        "name": derivation.name,
        "chapter": chapter,
        "title": {"en": derivation.title.en, "zh": derivation.title.zh},
        "statement": text(derivation.statement),
        "result": text(derivation.result),
        "steps": len(derivation.steps),
        "cases": [branch.name for branch in derivation.branches],
    }
