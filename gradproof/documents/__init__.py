"""Documents: the formulas of .tex, .md, .ipynb and .py files, each with its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from .document import Document
from .files import FileProblem, read_text
from .latex import latex_document
from .markdown import markdown_document, markdown_text
from .marks import Marks
from .notebook import notebook_document
from .passage import Declared, Fault, Handling, Passage, Place, Source
from .python import python_document
from .scan import passage_of

__all__ = [
    "KINDS",
    "Declared",
    "Document",
    "Fault",
    "FileProblem",
    "Handling",
    "Passage",
    "Place",
    "Source",
    "read_document",
    "text_document",
]

#: How a file is read, by its ending.
KINDS: dict[str, Callable[[Path, str], Document]] = {
    ".tex": latex_document,
    ".md": markdown_document,
    ".markdown": markdown_document,
    ".ipynb": notebook_document,
    ".py": python_document,
}


def read_document(
    path: Path, shown: str | None = None, root: Path | None = None, own: frozenset[Path] | None = None
) -> Document:
    """The document of a file; `shown` is how its name is shown. Raises FileProblem.

    root  the folder that it may take in files from, by default its own
    own   the only files that it may take in, where others in that folder are none of its business
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        read_text(path)  # a PDF or a picture has a sentence of its own
        raise FileProblem(f"{path.name} is of no kind that is read; the kinds are {', '.join(KINDS)}")
    if kind is latex_document:
        return latex_document(path, shown or str(path), root, own)
    return kind(path, shown or str(path))


def text_document(text: str, file: str = "-") -> Document:
    """The document of a text that stands in no file: one formula without signs around it, or a text in Markdown."""
    marks = Marks()
    found = markdown_text(text, file, marks)
    if found.parts or not text.strip():
        return replace(found, parts=(*found.parts, *marks.left()))
    source = Source(text, file)
    return Document(file, tuple(passage_of(source, 0, text, Marks())))
