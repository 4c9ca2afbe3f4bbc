r"""Comments that speak to gradproof: `% gradproof: …`, `<!-- gradproof: … -->`, `# gradproof: …`.

They stay hidden in the rendered page. `check`, `skip` and `expect-wrong` concern the next formula, `label NAME` names
it, and everything else is a line of declarations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .passage import Declared, Fault, Handling, Place, Source

_MARK = re.compile(r"\s*gradproof:[ \t]*")
#: An inline formula without one of these is no statement, and uses up no mark.
_RELATION = re.compile(r"[=<>≤≥≈∝≡]|\\(?:leq?|geq?|neq?|approx|equiv|propto|leftarrow|gets|coloneqq|triangleq)\b")


@dataclass(slots=True)
class Marks:
    """What was said since the last statement. `place`: where the first order stands; None if there is none."""

    handling: Handling = Handling.CHECK
    label: str = ""
    place: Place | None = None

    def hear(self, source: Source, start: int, end: int) -> Iterator[Declared]:
        """Takes in a comment that stands in source.text[start:end]; gives the declarations that it holds, if any."""
        found = _MARK.match(source.text, start, end)
        if found is None:
            return
        lines, places, at = [], [], found.end()
        for line in source.text[at:end].split("\n"):
            text = line.strip()
            if text:
                place = source.place(at + line.index(text))
                if self._is_order(text):
                    self.place = self.place or place
                else:
                    lines.append(text)
                    places.append(place)
            at += len(line) + 1
        if lines:
            yield Declared(tuple(lines), tuple(places))

    def _is_order(self, line: str) -> bool:
        """Obeys an order; says whether the line was one."""
        word, _, rest = line.partition(" ")
        if line in [handling.value for handling in Handling]:
            self.handling = Handling(line)
        elif word == "label" and rest.strip() and ":" not in rest and "=" not in rest:
            self.label = rest.strip()
        else:
            return False
        return True

    def taken(self, text: str, display: bool) -> tuple[Handling, str, bool]:
        """Handling and label for a formula, and whether a mark spoke of it. A statement uses them up."""
        if not display and not _RELATION.search(text):
            return Handling.CHECK, "", False
        found = self.handling, self.label, self.place is not None
        self.handling, self.label, self.place = Handling.CHECK, "", None
        return found

    def left(self) -> Iterator[Fault]:
        """At the end of a document: the mark that no formula has used up."""
        if self.place is not None:
            yield Fault("this mark speaks of the next formula, and there is none", self.place)
