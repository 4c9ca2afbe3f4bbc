"""Jupyter notebooks: the formulas of Markdown cells and cells %%gradproof, and of docstrings and comments in code."""

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

#: How a cell begins that is checked when it is run, and holds Markdown.
MAGIC = "%%gradproof"


def notebook_document(path: Path, shown: str) -> Document:
    """The document of an .ipynb file. Raises FileProblem if it is none."""
    try:
        cells = json.loads(read_text(path))["cells"]
        texts = [(str(cell["cell_type"]), _source(cell)) for cell in cells]
    except json.JSONDecodeError as problem:
        at = f"line {problem.lineno}, column {problem.colno}"
        raise FileProblem(f"{path.name} is no notebook: it is no JSON at {at}") from problem
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise FileProblem(f"{path.name} is no notebook: it has no cells that can be read") from problem
    parts: list[Part] = []
    macros: dict[str, Macro] = {}
    marks = Marks()
    for number, (kind, text) in enumerate(texts, start=1):
        if kind == "code" and text.startswith(MAGIC):
            kind, text = "markdown", _without_first_line(text)
        if kind == "markdown":
            found = markdown_text(text, shown, marks, number)
        elif kind == "code" and not text.startswith("%%"):
            found = python_text(Source(_without_magic(text), shown, number), marks)
        else:
            continue
        # Half-written code is usual in a notebook, and no fault of its formulas.
        parts.extend(part for part in found.parts if kind == "markdown" or not isinstance(part, Fault))
        macros.update(found.macros)
    return Document(shown, (*parts, *marks.left()), macros)


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(map(str, source))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_first_line(text: str) -> str:
    """The text with its first line blank; every place stays what it was."""
    first, newline, rest = text.partition("\n")
    return f"{' ' * len(first)}{newline}{rest}"


def _without_magic(text: str) -> str:
    """IPython's own lines, which Python cannot read, as comments; every place stays what it was."""
    return "\n".join(
        f"{line[: len(line) - len(line.lstrip())]}#{line.lstrip()[1:]}" if line.lstrip()[:1] in tuple("%!?") else line
        for line in text.split("\n")
    )
