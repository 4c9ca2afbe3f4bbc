"""Finding formulas in a text: one pattern for the signs that enclose mathematics, with what must not be searched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .marks import Marks
from .passage import Declared, Passage, Place, Source

_ENVIRONMENTS = (
    "equation|align|alignat|gather|multline|eqnarray|displaymath|math|flalign|split|aligned|gathered|dmath|subequations"
)
#: What encloses mathematics in LaTeX, longest first. `\$` is a dollar.
MATHEMATICS = (
    r"(?P<escaped>\\[\\$%])"
    rf"|\\begin\{{(?P<environment>(?:{_ENVIRONMENTS})\*?)\}}(?P<block>.*?)\\end\{{(?P=environment)\}}"
    r"|\\\[(?P<brackets>.*?)\\\]"
    r"|\\\((?P<parentheses>.*?)\\\)"
    r"|\$\$(?P<dollars>.+?)\$\$"
    r"|(?<![\\$])\$(?!\s)(?P<dollar>(?:[^$\\]|\\.){1,2000}?)(?<!\s)\$(?![\d$])"
)
_DISPLAY = ("block", "brackets", "dollars", "fence")
_LABEL = re.compile(r"\\label\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from."""

    file: str
    source: Source
    cell: int = 0

    def place(self, offset: int) -> Place:
        line, column = self.source.position(offset)
        return Place(self.file, line, column, self.cell)


def formulas(pattern: re.Pattern[str], origin: Origin, marks: Marks, start: int = 0) -> Iterator[Passage | Declared]:
    """The formulas and declarations of a text. Groups of the pattern named `comment` hold what marks may say."""
    text = origin.source.text
    for match in pattern.finditer(text, start):
        groups = {name: value for name, value in match.groupdict().items() if value is not None}
        if "comment" in groups:
            yield from _heard(groups["comment"], match.start("comment"), origin, marks)
            continue
        name = next((name for name in (*_DISPLAY, "parentheses", "dollar", "role") if name in groups), "")
        if not name:
            continue
        yield from _passage(groups[name], match.start(name), name in _DISPLAY, origin, marks)


def _heard(comment: str, offset: int, origin: Origin, marks: Marks) -> Iterator[Declared]:
    if marks.hear(comment) and marks.declarations:
        yield Declared("\n".join(marks.declarations), origin.file, offset, origin.place(offset))
        marks.declarations.clear()


def _passage(text: str, start: int, display: bool, origin: Origin, marks: Marks) -> Iterator[Passage]:
    if not text.strip():
        return
    handling, label = marks.taken() if display else (marks.handling, "")
    named = _LABEL.search(text)
    label = label or (named[1] if named else "")
    yield Passage(text, origin.file, start, origin.source, display, label, handling, origin.cell)
