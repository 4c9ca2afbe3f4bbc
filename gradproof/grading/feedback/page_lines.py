"""The lines of a submission on a page: where, the formula as it was read, the mark, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from unicodedata import east_asian_width

from gradproof.derivations.notation.reading import Macros
from gradproof.verify.counterexample import Counterexample, with_minus

from ..exercise import Exercise
from ..marks import Graded, Line, Mark
from ..status import LineStatus
from .formulas import departure, shown
from .remarks import remarks
from .safe import clean, safe
from .words import word

#: The sign of each mark: colour is never all that tells them apart.
SIGNS = {"right": "✓", "wrong": "✗", "open": "?", "none": "·"}
#: How much of a line that was not read is shown on each side of the place.
_AROUND = 70


def badge(kind: str, said: str) -> str:
    return f'<span class="badge {kind}"><span aria-hidden="true">{SIGNS[kind]}</span> {escape(said)}</span>'


def lines(graded: Graded, exercise: Exercise, language: str) -> Iterator[str]:
    """The list of the lines of a submission."""
    if not graded.lines:
        yield f"<p>{escape(word('nothing', language))}</p>"
        return
    yield '<ol class="lines">'
    before = ""
    for line in graded.lines:
        yield from _line(line, line is graded.first_wrong, before, graded.macros, exercise, language)
        before = line.finding.right
    yield "</ol>"


def _line(line: Line, first: bool, before: str, macros: Macros, exercise: Exercise, language: str) -> Iterator[str]:
    kind = _KINDS[line.mark]
    classes = [name for name, holds in (("first", first), ("open-line", line.mark is Mark.OPEN)) if holds]
    finding = line.finding
    marked = departure(line, exercise, macros) if first and line.hint is None else ()
    left = shown(finding.left, macros) if finding.left and finding.left != before else ""
    formula = shown(finding.right, macros, marked) if finding.status is not LineStatus.UNREADABLE else ""
    if finding.status is LineStatus.UNREADABLE or not formula:
        body, classes = _source(line), [*classes, "wide"]
        left = ""
    else:
        body = f"<math><mo>{safe(finding.sign)}</mo></math> {formula}" if finding.sign else formula
    attribute = f' class="{" ".join(classes)}"' if classes else ""
    yield f'<li{attribute}><span class="where">{safe(_where(line, language))}</span>'
    if left:
        yield f'<div class="left scroll">{left}</div>'
    yield f'<div class="formula scroll">{body}</div>{badge(kind, word(kind, language))}'
    said = list(_said(line, language))
    if said:
        yield f'<div class="said">{"".join(said)}</div>'
    yield "</li>"


_KINDS = {Mark.RIGHT: "right", Mark.WRONG: "wrong", Mark.OPEN: "open", Mark.NONE: "none"}


def _where(line: Line, language: str) -> str:
    place = line.finding.place
    where = word("line", language, line=place.line)
    if line.finding.status is LineStatus.UNREADABLE:
        where = word("place", language, line=place.line, column=place.column)
    return f"{word('cell', language, cell=place.cell)}, {where}" if place.cell else where


def _said(line: Line, language: str) -> Iterator[str]:
    named = line.text() is not None or line.hint is not None
    for place, sentence in enumerate(remarks(line, language)):
        kind = ' class="slip"' if named and place == 0 else ""
        yield f"<p{kind}>{safe(sentence)}</p>"
    if line.point is not None:
        yield from _point(line.point, language)


def _point(point: Counterexample, language: str) -> Iterator[str]:
    """The point at which both sides differ, as a small table."""
    inputs = {**point.sizes, **point.indices, **point.values}
    heads = "".join(f'<th scope="col">{safe(str(name))}</th>' for name in inputs)
    sides = "".join(f'<th scope="col">{escape(word(key, language))}</th>' for key in ("left_side", "right_side"))
    cells = "".join(f"<td>{safe(_value(value))}</td>" for value in inputs.values())
    values = "".join(f'<td class="side">{safe(with_minus(value))}</td>' for value in (point.lhs, point.rhs))
    caption = f"<caption>{escape(word('counterexample', language))}</caption>"
    yield f'<div class="scroll"><table class="point">{caption}<thead><tr>{heads}{sides}</tr></thead>'
    yield f"<tbody><tr>{cells}{values}</tr></tbody></table></div>"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"({', '.join(map(_value, value))})"
    return with_minus(str(value))


def _source(line: Line) -> str:
    """What was written, as a listing; a caret stands under the place that could not be read."""
    finding = line.finding
    if not finding.line:
        return f'<pre class="source"><code>{safe(finding.right or finding.statement)}</code></pre>'
    at = min(finding.place.column - 1, len(finding.line))
    start = max(at - _AROUND, 0)
    before, rest = clean(finding.line[start:at]), clean(finding.line[at : at + _AROUND])
    gap = " " * sum(2 if east_asian_width(letter) in "WF" else 1 for letter in before)
    shown_line = f"{escape(before)}<mark>{escape(rest[:1])}</mark>{escape(rest[1:])}"
    return f'<pre class="source"><code>{shown_line}\n{gap}^</code></pre>'
