"""Prose and formulas in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gradproof.derivations.notation import tree_latex
from gradproof.derivations.notation.tree import Tree

from ..latex.pieces import broken
from ..latex.text import mathematics
from ..prose import Kind, pieces
from ..tree import Formula, Prose

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#$|~^])")


def plain(text: str) -> str:
    """Text in which no character is a sign of Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def said(text: str) -> str:
    """Prose with its variables as formulas."""
    written = []
    for piece in pieces(text):
        match piece.kind:
            case Kind.VARIABLE:
                written.append(f"${mathematics(piece.text)}$")
            case Kind.SUBSCRIPT:
                written.append(f"$_{{{piece.text}}}$")
            case Kind.SUPERSCRIPT:
                written.append(f"$^{{{piece.text}}}$")
            case Kind.CODE:
                written.append(f"`{piece.text}`")
            case Kind.TEXT:
                written.append(plain(piece.text))
    return "".join(written).replace("$$", "")  # x_i is one formula, and $$ would begin another


def prose(line: Prose) -> str:
    return "".join(inline(part.tree) if isinstance(part, Formula) else said(part) for part in line)


def _known(formula: str) -> str:
    r"""LaTeX without macros of ours: what changed is underlined, as \underline is known everywhere."""
    return formula.replace(r"\gpchanged{", r"\underline{")


def inline(tree: Tree) -> str:
    return f"${_known(tree_latex(tree))}$"


def block(tree: Tree, before: str = "", wide: bool = False) -> str:
    """A formula on lines of its own, after a relation; a wide one is broken."""
    shown = _known(broken(tree) if wide else tree_latex(tree)).removeprefix(r"\text{} ")
    sign = {"<": r"\lt", ">": r"\gt"}.get(before, before)  # a line that begins with > would be a quotation
    return f"$$\n{f'{sign} ' if sign else ''}{shown}\n$$"


def quoted(lines: Iterable[str]) -> Iterator[str]:
    """Paragraphs as one quotation."""
    for place, line in enumerate(lines):
        if place:
            yield ">"
        yield from (f"> {each}".rstrip() for each in line.split("\n"))


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table; no cell may hold a bar or a line break."""
    first = list(heads)
    yield f"| {' | '.join(first)} |"
    yield f"|{'---|' * len(first)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
