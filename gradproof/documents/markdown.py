r"""Markdown files: dollars as in GitHub, Pandoc, Jekyll and MyST, \(…\), fences and directives of mathematics.

Code is left alone. Front matter may hold declarations: `gradproof: |` and indented lines.
"""

from __future__ import annotations

import re
from pathlib import Path

from gradproof.derivations.notation.reading import macros_in

from .document import Document, Part
from .files import read_text
from .marks import Marks
from .passage import Declared, Source
from .scan import MATHEMATICS, Origin, formulas

PATTERN = re.compile(
    r"<!--(?P<comment>.*?)-->"
    r"|^(?P<fence_mark>`{3,}|~{3,}|:{3,})\s*(?:\{math\}|math)[^\n]*\n(?::[^\n]*\n)*(?P<fence>.*?)^(?P=fence_mark)\s*$"
    r"|^(?P<code_mark>`{3,}|~{3,})(?P<code>.*?)^(?P=code_mark)\s*$"
    r"|\{math\}`(?P<role>[^`]+)`"
    r"|(?P<ticks>`+)(?!`)\$(?P<dollar_ticks>[^`]+?)\$(?P=ticks)(?!`)"
    r"|(?P<span>`+)(?!`).+?(?<!`)(?P=span)(?!`)"
    r"|" + MATHEMATICS,
    re.DOTALL | re.MULTILINE,
)
_FRONT = re.compile(r"\A---\s*\n(?P<matter>.*?)^---\s*$", re.DOTALL | re.MULTILINE)
_DECLARED = re.compile(r"^gradproof:\s*\|?\s*\n(?P<lines>(?:[ \t]+[^\n]*\n|\s*\n)+)", re.MULTILINE)


def markdown_document(path: Path, shown: str) -> Document:
    """The document of a .md file."""
    return markdown_text(read_text(path), Origin(shown, Source("")), Marks())


def markdown_text(text: str, origin: Origin, marks: Marks) -> Document:
    """The document of a text in Markdown; `origin` says where it stands."""
    macros, plain = macros_in(text)
    origin = Origin(origin.file, Source(plain, origin.source.first, origin.source.indent), origin.cell)
    parts: list[Part] = []
    front = _FRONT.match(plain)
    if front is not None:
        declared = _DECLARED.search(plain, front.start("matter"), front.end())
        if declared is not None:
            lines = "\n".join(line.strip() for line in declared["lines"].splitlines())
            parts.append(Declared(lines, origin.file, declared.start(), origin.place(declared.start("lines"))))
    parts.extend(formulas(PATTERN, origin, marks, front.end() if front else 0))
    return Document(origin.file, tuple(parts), macros)
