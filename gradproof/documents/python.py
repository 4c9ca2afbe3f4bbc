"""Python files: the formulas of docstrings (reStructuredText and dollars) and of comments."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from .document import Document, Part
from .files import read_text
from .marks import Marks
from .passage import Fault, Place, Source
from .scan import MATHEMATICS, Origin, formulas

_PATTERN = re.compile(
    r"^(?P<indent>[ \t]*)\.\.[ \t]+math::[ \t]*\n?(?:[ \t]+:[^\n]*\n)*"
    r"(?P<fence>(?:[^\n]*\n?)(?:\s*\n|(?P=indent)[ \t]+[^\n]*(?:\n|\Z))*)"
    r"|:math:`(?P<role>[^`]+)`"
    r"|``(?P<code>.*?)``"
    r"|" + MATHEMATICS,
    re.DOTALL | re.MULTILINE,
)
_COMMENT = re.compile(MATHEMATICS, re.DOTALL)


def python_document(path: Path, shown: str) -> Document:
    """The document of a .py file."""
    return python_text(read_text(path), Origin(shown, Source("")))


def python_text(text: str, origin: Origin) -> Document:
    """The document of Python code; `origin` says where it stands. What is no Python is a fault."""
    source = Source(text)
    try:
        strings = list(_docstrings(ast.parse(text)))
        comments = list(_comments(text))
    except (SyntaxError, ValueError, tokenize.TokenError) as problem:
        line = getattr(problem, "lineno", None) or 1
        place = Place(origin.file, line, 1, origin.cell)
        return Document(origin.file, faults=(Fault(f"this is no Python: {problem}", place),))
    marks = Marks()
    found: list[tuple[int, Part]] = []
    for line, column, comment in comments:
        here = Origin(origin.file, Source(comment, line, column), origin.cell)
        if marks.hear(comment):
            from .passage import Declared

            for declaration in marks.declarations:
                found.append((line, Declared(declaration, origin.file, 0, here.place(0))))
            marks.declarations.clear()
        else:
            found += [(line, part) for part in formulas(_COMMENT, here, marks)]
    for line, docstring in strings:
        here = Origin(origin.file, Source(docstring, line), origin.cell)
        found += [(line, part) for part in formulas(_PATTERN, here, Marks())]
    found.sort(key=lambda item: item[0])
    del source
    return Document(origin.file, tuple(part for _, part in found))


def _docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The docstrings with the lines on which they begin."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
            first = node.body[0]
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                yield first.lineno, first.value.value


def _comments(text: str) -> Iterator[tuple[int, int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.start[1] + 1, token.string[1:]
