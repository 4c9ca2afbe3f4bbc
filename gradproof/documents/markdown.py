r"""Markdown files: dollars as in GitHub, Pandoc, Jekyll and MyST, \(…\), fences, directives and roles of mathematics.

Code is left alone. Front matter may hold declarations: `gradproof: |` and indented lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gradproof.derivations.notation.reading import macros_in

from .document import Document, Part
from .files import read_text
from .marks import Marks
from .passage import Declared, Source
from .scan import DOLLAR, MATHEMATICS, End, Kind, Opener, Search, at, by, itself, parts_of

#: Marks of quotes and lists may stand before a fence.
_BEFORE = r"^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?"


def _end_of_fence(group: str) -> End:
    """It ends at the next line of at least as many such signs and nothing else."""

    def end(match: re.Match[str], search: Search) -> tuple[int, int] | None:
        mark, start = match[group], match.end()
        while (start := search.find(mark, start)) >= 0:
            first = search.text.rfind("\n", 0, start) + 1
            last = search.text.find("\n", start)
            last = len(search.text) if last < 0 else last
            if set(search.text[first:last].strip()) == {mark[0]} and first >= match.end():
                return first, last
            start = max(last, start + 1)
        return None

    return end


_OPENERS = (
    Opener("comment", r"<!--", Kind.COMMENT, at("-->")),
    Opener(
        "fence",
        _BEFORE + r"(?P<fence_mark>`{3,}|~{3,}|:{3,})[ \t]*(?:\{math\}|math\b)[^\n]*\n"
        r"(?:[ \t]*:label:[ \t]*(?P<label_option>\S+)[ \t]*\n|[ \t]*:\w+:[^\n]*\n)*",
        Kind.DISPLAY,
        _end_of_fence("fence_mark"),
        "this fence has no end",
    ),
    Opener("code", _BEFORE + r"(?P<code_mark>`{3,}|~{3,})[^`\n]*\n", Kind.LEFT, _end_of_fence("code_mark")),
    Opener("html", r"<(?P<tag>pre|code|script|style)\b", Kind.LEFT, at(lambda match: f"</{match['tag']}>")),
    Opener("liquid", r"\{%-?\s*(?P<liquid_name>highlight|raw)\b", Kind.LEFT, by(r"(.*?)\{%-?\s*end(?:highlight|raw)")),
    Opener("role", r"\{math\}`", Kind.INLINE, at("`")),
    Opener("dollar_ticks", r"\$`", Kind.INLINE, at("`$")),
    Opener("span", r"(?P<ticks>`+)", Kind.LEFT, at(lambda match: match["ticks"])),
    Opener("kramdown_brackets", r"\\\\\[", Kind.DISPLAY, at(r"\\]")),
    Opener("kramdown_parentheses", r"\\\\\(", Kind.INLINE, at(r"\\)")),
    Opener("escaped", r"\\[\\$`]", Kind.LEFT, itself),
    *MATHEMATICS,
    DOLLAR,
)
_FRONT = re.compile(r"\A---[ \t]*\n(?P<matter>.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_DECLARED = re.compile(r"^gradproof:[ \t]*[|>]?[-+]?[ \t]*\n(?P<lines>(?:[ \t]+[^\n]*\n|[ \t]*\n)+)", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)


def markdown_document(path: Path, shown: str) -> Document:
    """The document of a .md file."""
    marks = Marks()
    found = markdown_text(read_text(path), shown, marks)
    return replace(found, parts=(*found.parts, *marks.left()))


def markdown_text(text: str, file: str, marks: Marks, cell: int = 0) -> Document:
    """The document of a text in Markdown."""
    macros, plain = macros_in(text)
    # The marks of quotes become spaces, so that every place stays what it was.
    source = Source(_QUOTE.sub(lambda match: " " * len(match[0]), plain), file, cell)
    front = None if cell else _FRONT.match(plain)
    parts: list[Part] = [] if front is None else list(_declarations(source, front))
    parts.extend(parts_of(source, _OPENERS, marks, front.end() if front else 0))
    return Document(file, tuple(parts), macros)


def _declarations(source: Source, front: re.Match[str]) -> Iterator[Declared]:
    """What the front matter declares."""
    found = _DECLARED.search(source.text, front.start("matter"), front.end("matter"))
    if found is None:
        return
    lines, places, at = [], [], found.start("lines")
    for line in found["lines"].split("\n"):
        if line.strip():
            lines.append(line.strip())
            places.append(source.place(at + line.index(line.strip())))
        at += len(line) + 1
    yield Declared(tuple(lines), tuple(places))
