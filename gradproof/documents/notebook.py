"""Jupyter notebooks: the formulas of Markdown cells, and of docstrings and comments in code cells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gradproof.derivations.notation.reading import Macro

from .document import Document, Part
from .files import FileProblem, read_text
from .markdown import markdown_text
from .marks import Marks
from .passage import Fault, Source
from .python import python_text
from .scan import Origin


def notebook_document(path: Path, shown: str) -> Document:
    """The document of an .ipynb file. Raises FileProblem if it is none."""
    try:
        cells = json.loads(read_text(path))["cells"]
        texts = [(str(cell["cell_type"]), _source(cell)) for cell in cells]
    except (ValueError, KeyError, TypeError) as problem:
        raise FileProblem(f"{shown} is no notebook: {problem}") from problem
    parts: list[Part] = []
    faults: list[Fault] = []
    macros: dict[str, Macro] = {}
    marks = Marks()
    for number, (kind, text) in enumerate(texts, start=1):
        origin = Origin(shown, Source(text), number)
        if kind == "markdown":
            found = markdown_text(text, origin, marks)
        elif kind == "code":
            found = python_text(_without_magic(text), origin)
        else:
            continue
        parts.extend(found.parts)
        faults.extend(found.faults)
        macros.update(found.macros)
    return Document(shown, tuple(parts), macros, tuple(faults))


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(map(str, source))


def _without_magic(text: str) -> str:
    """IPython's own lines, which Python cannot read, as comments."""
    return "\n".join(
        f"#{line[1:]}" if line.lstrip()[:1] in "%!?" and line.strip() else line for line in text.split("\n")
    )
