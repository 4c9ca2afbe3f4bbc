"""The lesson of an entry, and how it is kept from one run to the next.

What is kept is found under the content of every source that it follows from, and is read back only if it still belongs
to the entry: a report about another formula is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from gradproof.derivations.calculus import Derivation
from gradproof.verify.cache import Store, sources
from gradproof.verify.cache.fingerprint import fingerprint
from gradproof.verify.check import claims_of
from gradproof.verify.stability import Table, read_table

from ..figures import Figure, figures_of
from ..stability import measured
from . import mistakes, wrong_line
from .example import Example, worked_example
from .mistakes import Exposed, common_mistakes
from .wrong_line import WrongLine

#: What finds lessons. What they are about is in the key itself, so that a change of one entry leaves the others'.
_SOURCES = (*sources.PROVERS, "derivations/slips", "notes/lessons", "notes/figures")


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was found beside the lines of an entry."""

    mistakes: tuple[Exposed, ...] = ()
    wrong_line: WrongLine | None = None
    example: Example | None = None
    figures: tuple[Figure, ...] = ()
    stability: Table | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "mistakes": [mistake.to_json() for mistake in self.mistakes],
            "wrong_line": self.wrong_line.to_json() if self.wrong_line else None,
            "example": self.example.to_json() if self.example else None,
            "figures": [figure.to_json() for figure in self.figures],
            "stability": self.stability.to_json() if self.stability else None,
        }

    @classmethod
    def from_json(cls, derivation: Derivation, data: dict[str, Any]) -> Lesson:
        """What `to_json` wrote; raises ValueError, KeyError or TypeError if it is not of this derivation."""
        line, example, table = data["wrong_line"], data["example"], data["stability"]
        return cls(
            tuple(mistakes.from_json(derivation, each) for each in data["mistakes"]),
            wrong_line.from_json(derivation, line) if line else None,
            Example.from_json(example) if example else None,
            tuple(map(Figure.from_json, data["figures"])),
            read_table(table) if table else None,
        )


def lesson_of(derivation: Derivation, seed: int = 0) -> Lesson:
    """What stands beside the lines of a derivation; every verdict in it is found now."""
    return Lesson(
        common_mistakes(derivation, seed),
        wrong_line.wrong_line(derivation, seed),
        worked_example(derivation, seed),
        figures_of(derivation),
        measured(derivation, seed) if derivation.stable else None,
    )


def lessons_of(
    derivations: Iterable[Derivation], store: Store | None = None, seed: int = 0
) -> Iterator[tuple[str, Lesson]]:
    """The lesson of each derivation by its name; with a store, what an earlier run found is not searched again."""
    for derivation in derivations:
        key = _key(derivation, seed) if store else ""
        found = _kept(derivation, store.get(key)) if store else None
        if found is None:
            found = lesson_of(derivation, seed)
            if store:
                store.put(key, found.to_json())
        yield derivation.name, found


def _key(derivation: Derivation, seed: int) -> str:
    made_by = [sources.digest(_SOURCES), sources.versions(), _matplotlib()]
    claims = [fingerprint(claim) for claim in claims_of(derivation)]
    about = ["lesson", *made_by, claims, repr(derivation.title), derivation.stable, seed]
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()


def _matplotlib() -> str:
    try:
        return metadata.version("matplotlib")
    except metadata.PackageNotFoundError:
        return ""


def _kept(derivation: Derivation, data: Any) -> Lesson | None:
    try:
        return Lesson.from_json(derivation, data) if isinstance(data, dict) else None
    except (ValueError, KeyError, TypeError, IndexError):
        return None
