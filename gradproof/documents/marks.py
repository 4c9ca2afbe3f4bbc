r"""Comments that speak to gradproof: `% gradproof: …`, `<!-- gradproof: … -->`, `# gradproof: …`.

They stay hidden in the rendered page. `skip` and `expect-wrong` concern the next formula, `label NAME` names it, and
everything else is a line of declarations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .passage import Declared, Handling, Source

_MARK = re.compile(r"\s*gradproof:[ \t]*")
#: An inline formula without one of these is no statement, and uses up no mark.
_RELATION = re.compile(r"[=<>≤≥≈∝≡]|\\(?:leq?|geq?|neq?|approx|equiv|propto|leftarrow|gets|coloneqq|triangleq)\b")


@dataclass(slots=True)
class Marks:
    """What was said since the last statement."""

    handling: Handling = Handling.CHECK
    label: str = ""

    def hear(self, source: Source, start: int, end: int) -> Iterator[Declared]:
        """Takes in a comment that stands in source.text[start:end]; gives the declarations that it holds, if any."""
        found = _MARK.match(source.text, start, end)
        if found is None:
            return
        lines, places, at = [], [], found.end()
        for line in source.text[at:end].split("\n"):
            text = line.strip()
            if text and not self._is_order(text):
                lines.append(text)
                places.append(source.place(at + line.index(text)))
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

    def taken(self, text: str, display: bool) -> tuple[Handling, str]:
        """Handling and label for a formula. A statement uses them up."""
        if not display and not _RELATION.search(text):
            return Handling.CHECK, ""
        found = self.handling, self.label
        self.handling, self.label = Handling.CHECK, ""
        return found
