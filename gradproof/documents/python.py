"""Python files: the formulas of docstrings (reStructuredText and dollars) and of comments.

A docstring is read as it stands in the file, with each doubled backslash of a string that is not raw as one.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gradproof.derivations.notation.reading import macros_in

from .document import Document, Part
from .files import read_text
from .marks import Marks
from .passage import Fault, Source
from .scan import DOLLAR, MATHEMATICS, Kind, Opener, at, itself, parts_of


def _directive(match: re.Match[str], search: object) -> tuple[int, int]:
    """The rest of the line, and the lines that are indented further than the directive."""
    text, indent = match.string, len(match["indent"])
    end = place = _line_end(text, match.end())
    while place < len(text):
        after = _line_end(text, place + 1)
        line = text[place + 1 : after]
        if line.strip():
            if len(line) - len(line.lstrip()) <= indent:
                break
            end = after
        place = after
    return end, end


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found


_ESCAPED = Opener("escaped", r"\\[\\$]", Kind.LEFT, itself)
_DOCSTRING = (
    Opener(
        "directive",
        r"^(?P<indent>[ \t]*)\.\.[ \t]+math::(?:[ \t]*\n(?:[ \t]+:label:[ \t]*(?P<label_option>\S+)[ \t]*\n"
        r"|[ \t]+:\w+:[^\n]*\n)+)?",
        Kind.DISPLAY,
        _directive,
    ),
    Opener("role", r":math:`", Kind.INLINE, at("`")),
    Opener("code", r"``", Kind.LEFT, at("``")),
    _ESCAPED,
    *MATHEMATICS,
    DOLLAR,
)
_COMMENT = (Opener("code", r"`+", Kind.LEFT, at("`")), _ESCAPED, *MATHEMATICS, DOLLAR)


def python_document(path: Path, shown: str) -> Document:
    """The document of a .py file."""
    marks = Marks()
    found = python_text(Source(read_text(path), shown), marks)
    return replace(found, parts=(*found.parts, *marks.left()))


def python_text(whole: Source, marks: Marks) -> Document:
    """The document of Python code. What is no Python is a fault."""
    try:
        pieces = sorted([*_docstrings(whole), *_comments(whole)], key=lambda piece: piece[0])
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError) as problem:
        line = getattr(problem, "lineno", None) or 1
        place = whole.place(sum(len(text) + 1 for text in whole.text.split("\n")[: line - 1]))
        said = problem.msg if isinstance(problem, SyntaxError) else str(problem)
        return Document(whole.file, (Fault(f"this is no Python: {said}", place),))
    parts: list[Part] = []
    macros = {}
    for _, source, openers in pieces:
        own, plain = macros_in(source.text)
        macros.update(own)
        piece = Source(plain, source.file, source.cell, source.outer, source.offsets)
        if openers is _COMMENT and re.match(r"\s*gradproof:", plain):
            parts.extend(marks.hear(piece, 0, len(plain)))
        else:
            parts.extend(parts_of(piece, openers, marks))
    return Document(whole.file, tuple(parts), macros)


Piece = tuple[int, Source, tuple[Opener, ...]]


def _docstrings(whole: Source) -> Iterator[Piece]:
    """The docstrings, with the places where they begin."""
    lines = whole.text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(line: int, column: int) -> int:  # ast counts bytes
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node in ast.walk(ast.parse(whole.text)):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) or not node.body:
            continue
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            value = first.value
            assert value.end_lineno is not None and value.end_col_offset is not None
            start, end = offset(value.lineno, value.col_offset), offset(value.end_lineno, value.end_col_offset)
            yield start, _unquoted(whole, start, end), _DOCSTRING


def _unquoted(whole: Source, start: int, end: int) -> Source:
    """The text of a string literal, each character with its place. Doubled backslashes are one, unless it is raw."""
    literal = whole.text[start:end]
    opening = re.match(r"(?P<prefix>[A-Za-z]*)(?P<quotes>\"\"\"|'''|\"|')", literal)
    if opening is None:  # brackets around it, or several literals in a row
        return Source("", whole.file, whole.cell, whole, (start,))
    raw = "r" in opening["prefix"].lower()
    place, last = opening.end(), len(literal) - len(opening["quotes"])
    letters, offsets = [], []
    while place < last:
        letters.append(literal[place])
        offsets.append(start + place)
        place += 2 if not raw and literal.startswith(r"\\", place) else 1
    return Source("".join(letters), whole.file, whole.cell, whole, (*offsets, start + last))


def _comments(whole: Source) -> Iterator[Piece]:
    """The comments, those on consecutive lines at one column as one text, so that a formula may go on."""
    block: list[tuple[int, int, str]] = []  # line, column, text
    for token in tokenize.generate_tokens(io.StringIO(whole.text).readline):
        if token.type == tokenize.COMMENT:
            line, column = token.start
            mark = re.match(r"#\s*gradproof:", token.string)
            if block and (
                (line - 1, column) != block[-1][:2] or mark or block[-1][2].lstrip("# ").startswith("gradproof:")
            ):
                yield _block(whole, block)
                block = []
            block.append((line, column, token.string))
    if block:
        yield _block(whole, block)


def _block(whole: Source, lines: list[tuple[int, int, str]]) -> Piece:
    starts = [0]
    for line in whole.text.split("\n")[: lines[-1][0]]:
        starts.append(starts[-1] + len(line) + 1)
    letters: list[str] = []
    offsets: list[int] = []
    for number, column, text in lines:
        letters.extend(text[1:] + "\n")
        begins = starts[number - 1] + column + 1
        offsets.extend(range(begins, begins + len(text)))
    return offsets[0], Source("".join(letters), whole.file, whole.cell, whole, (*offsets, offsets[-1])), _COMMENT
