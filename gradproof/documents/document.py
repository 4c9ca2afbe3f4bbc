"""A document: its formulas in their order, and the declarations and macros that stand between them."""

from __future__ import annotations

from dataclasses import dataclass, field

from gradproof.derivations.notation.reading import Macros

from .passage import Declared, Fault, Passage

Part = Passage | Declared | Fault


@dataclass(frozen=True, slots=True)
class Document:
    """What was found in a file.

    parts   formulas, declarations and faults (what could not be used), in the order of the text
    macros  the macros that the file defines anywhere
    """

    file: str
    parts: tuple[Part, ...] = ()
    macros: Macros = field(default_factory=dict)

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(part for part in self.parts if isinstance(part, Passage))

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(part for part in self.parts if isinstance(part, Fault))
