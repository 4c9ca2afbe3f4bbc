"""Small pieces of the page: formulas, prose, verdicts."""

from __future__ import annotations

from html import escape

from gradproof.derivations.notation import math_element
from gradproof.derivations.notation.tree import Tree
from gradproof.verify.verdict import Verdict

from .. import tree as n
from ..measure import width
from ..prose import Kind, Piece, pieces
from ..wording import MARKS

#: Marks that no line begins with.
_MARKS = ",.;:!?)，。；：！？、）"
#: Formulas in prose that are wider than this, in letters, are in a box that scrolls.
_WIDE_INLINE = 16.0


def verdict_class(verdict: Verdict | None) -> str:
    return verdict.name.lower() if verdict else "none"


def glyph(verdict: Verdict | None) -> str:
    return f'<span class="glyph" aria-hidden="true">{MARKS[verdict]}</span>'


def mark_html(mark: n.Mark) -> str:
    shown = f'<span aria-hidden="true">{MARKS[mark.verdict]}</span><span class="hidden">{escape(mark.label)}</span>'
    kind, label = verdict_class(mark.verdict), escape(mark.label, quote=True)
    return f'<span class="mark glyph {kind}" title="{label}">{shown}</span>'


def badge_html(badge: n.Badge) -> str:
    return f'<li class="badge {verdict_class(badge.verdict)}">{glyph(badge.verdict)} {prose(badge.text)}</li>'


def math(tree: Tree, block: bool = True) -> str:
    return math_element(tree, block)


def scroll(content: str) -> str:
    """A box that scrolls by itself where its content is too wide, so that the page does not."""
    return f'<div class="scroll">{content}</div>'


def prose(line: n.Prose) -> str:
    """A line of words and formulas. A mark stays beside the formula before it, where browsers would break a line."""
    shown: list[str] = []
    for part, before in zip(line, (None, *line), strict=False):
        if isinstance(part, n.Formula):
            shown.append(_inline(part.tree))
            continue
        rest = part.lstrip(_MARKS) if isinstance(before, n.Formula) else part
        if marks := part[: len(part) - len(rest)]:
            shown[-1] = f'<span class="kept">{shown[-1]}{escape(marks)}</span>'
        shown.append(text(rest))
    return "".join(shown)


def _inline(tree: Tree) -> str:
    """A formula in a line of prose; one that may be wider than a phone scrolls by itself."""
    shown = math(tree, block=False)
    return f'<span class="scroll inline">{shown}</span>' if width(tree) > _WIDE_INLINE else shown


def text(words: str) -> str:
    """Prose with its variables in italics, also where they are indices."""
    return "".join(map(_piece, pieces(words)))


def _piece(piece: Piece) -> str:
    shown = escape(piece.text)
    match piece.kind:
        case Kind.VARIABLE:
            return f"<i>{shown}</i>"
        case Kind.SUBSCRIPT | Kind.SUPERSCRIPT:
            tag = "sub" if piece.kind is Kind.SUBSCRIPT else "sup"
            return (
                f"<{tag}><i>{shown}</i></{tag}>" if len(shown) == 1 and shown.isalpha() else f"<{tag}>{shown}</{tag}>"
            )
        case Kind.CODE:
            return f"<code>{shown}</code>"
        case Kind.TEXT:
            return shown.replace("|\u00a0", "|\u2060\u00a0")  # a line may break after a bar, also before such a space
