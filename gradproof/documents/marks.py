r"""Comments that speak to gradproof: `% gradproof: …`, `<!-- gradproof: … -->`, `# gradproof: …`.

They stay hidden in the rendered page. `skip` and `expect-wrong` concern the next formula, `label NAME` names it, and
everything else is a line of declarations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .passage import Handling

MARK = re.compile(r"^\s*gradproof:\s*(?P<said>.*)$", re.DOTALL)


@dataclass(slots=True)
class Marks:
    """What was said since the last formula."""

    handling: Handling = Handling.CHECK
    label: str = ""
    declarations: list[str] = field(default_factory=list)

    def hear(self, comment: str) -> bool:
        """Takes in a comment; says whether it was meant for gradproof."""
        found = MARK.match(comment)
        if found is None:
            return False
        for line in found["said"].strip().splitlines() or [""]:
            self._line(line.strip())
        return True

    def _line(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if line in (Handling.SKIP.value, Handling.EXPECT_WRONG.value):
            self.handling = Handling(line)
        elif word == "label" and rest.strip():
            self.label = rest.strip()
        elif line and line != "check":
            self.declarations.append(line)

    def taken(self) -> tuple[Handling, str]:
        """Handling and label for the next formula; they are used up by it."""
        found = self.handling, self.label
        self.handling, self.label = Handling.CHECK, ""
        return found
