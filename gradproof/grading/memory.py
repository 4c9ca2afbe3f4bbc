"""What earlier runs found of the parts of documents.

The outcome of a part depends on all that stands before it and on nothing behind it, so its key is that of the part
before with its own text. Where it stands in the file does not matter: who adds a paragraph of prose, or another formula
at the end, finds everything again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gradproof.documents import Declared, Document, Fault, Handling, Passage
from gradproof.verify.cache import Store, sources

from .outcome import Outcome
from .passages import Effort

#: What outcomes depend on beside the text: all that reads, understands and decides.
READERS = ("verify", "derivations", "documents", "grading")


@dataclass(frozen=True, slots=True)
class Memory:
    """Outcomes in a store, which claims are looked up in as well."""

    store: Store

    @property
    def folder(self) -> Path:
        return self.store.folder

    def recall(self, keys: Sequence[str]) -> list[Outcome] | None:
        """The outcomes under these keys; None if one of them is not known."""
        found: list[Outcome] = []
        for key in keys:
            try:
                found.append(Outcome.from_json(self.store.get(key)))
            except (KeyError, TypeError, ValueError, AttributeError):
                return None
        return found

    def keep(self, key: str, outcome: Outcome) -> None:
        if outcome.lasting and sources.unchanged(READERS):
            self.store.put(key, outcome.to_json())


def memory_in(folder: Path) -> Memory | None:
    """The memory in a folder; None if the sources changed while this process ran: what it finds belongs to neither."""
    return Memory(Store(folder)) if sources.complete(READERS) else None


def keys(document: Document, declarations: str, effort: Effort) -> Iterator[str]:
    """The key of each part of a document."""
    macros = sorted((name, asdict(macro)) for name, macro in document.macros.items())
    key = _key(sources.digest(READERS), sources.versions(), asdict(effort), declarations, macros)
    for part in document.parts:
        key = _key(key, *_content(part))
        yield key


def _content(part: Passage | Declared | Fault) -> tuple[Any, ...]:
    match part:
        case Declared(lines=lines):
            return "declared", lines
        case Passage(handling=handling) if handling is not Handling.SKIP:
            return "passage", part.text, part.supposed
    return ("left",)


def _key(*about: Any) -> str:
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()
