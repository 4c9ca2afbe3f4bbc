"""One entry of the catalogue as a part of the page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from gradproof.derivations.notation.tree import Tree
from gradproof.verify.verdict import Verdict

from .. import tree as n
from ..changes import unmarked
from ..measure import width
from ..wording import words
from .graph import graph_html
from .pieces import badge_html, glyph, mark_html, math, prose, scroll, text, verdict_class
from .teaching import code_html, exercises_html, mistakes_html, numbers_html, pictures_html

#: Left sides and formulas that are wider than this, in letters, get a line of their own.
_WIDE_LEFT, _WIDE_FORMULA = 9.0, 34.0


def section_html(section: n.Section, language: str) -> Iterator[str]:
    heading = f"{section.anchor}-title"
    yield f'<article id="{section.anchor}" aria-labelledby="{heading}">'
    number = f'<span class="number">{section.number}</span>'
    yield f'<h3 id="{heading}"><a href="#{section.anchor}">{number} {text(section.title)}</a></h3>'
    yield f'<ul class="badges">{"".join(map(badge_html, section.badges))}</ul>'
    for counterexample in section.counterexamples:
        head = escape(words("counterexample", language))
        yield f'<p class="warning"><strong>{head}.</strong> {escape(counterexample)}</p>'
    yield from _result(section, language)
    if section.conditions:
        conditions = words("separator", language).join(map(prose, section.conditions))
        head = escape(words("conditions", language) + words("colon", language))
        yield f'<p class="conditions"><strong>{head}</strong>{conditions}{words("stop", language)}</p>'
    yield from _symbols(section, language)
    if section.definitions:
        yield f"<h4>{escape(words('definitions', language))}</h4>"
        items = "".join(f"<li>{scroll(math(definition))}</li>" for definition in section.definitions)
        yield f'<ul class="definitions">{items}</ul>'
    yield from pictures_html(section.pictures, section, language)
    if section.graph:
        yield from graph_html(section.graph, section.anchor, language)
    yield f"<h4>{escape(words('derivation', language))}</h4>"
    yield from _steps(section.steps, section.anchor, language)
    for case in section.cases:
        before, _, after = words("case", language).partition("{condition}")
        title = escape(before) + prose(case.condition) + escape(after)
        yield f'<h4 class="case" id="{case.anchor}">{title}</h4>'
        yield from _steps(case.steps, section.anchor, language)
    if section.textbook:
        mark = section.textbook.mark
        yield f"<h4>{escape(words('textbook', language))}</h4>"
        label = f'<span class="why {verdict_class(mark.verdict)}">{glyph(mark.verdict)} {escape(mark.label)}</span>'
        yield f'<div class="textbook">{scroll(math(section.textbook.formula))}{label}</div>'
    if section.stability:
        yield from _stability(section.stability, language)
    for remark in section.remarks:
        yield f"<p>{text(remark)}</p>"
    if section.example:
        yield from numbers_html(section.example, language)
    if section.code:
        yield from code_html(section.code, language)
    for listing in section.listings:
        caption = f"{escape(words('code', language))}<span>{escape(listing.caption)}</span>"
        yield f"<figure><figcaption>{caption}</figcaption>"
        yield f'<pre tabindex="0"><code>{escape(listing.source)}</code></pre></figure>'
    if section.mistakes:
        yield from mistakes_html(section.mistakes, language)
    if section.exercises:
        yield from exercises_html(section.exercises, language)
    sources = " · ".join((f"<code>{section.name}</code>", *map(escape, section.sources)))
    yield f'<p class="sources">{sources}</p>'
    yield "</article>"


def _result(section: n.Section, language: str) -> Iterator[str]:
    yield f'<div class="result" role="group" aria-label="{escape(words("result", language), quote=True)}">'
    yield f'<div class="boxed">{scroll(math(section.result))}</div>'
    for form in section.matrix:
        label = f"<small>{escape(form.layout)}</small>" if form.layout else ""
        yield f"<div>{scroll(math(form.formula))}{label}</div>"
    yield "</div>"


def _symbols(section: n.Section, language: str) -> Iterator[str]:
    heads = "".join(
        f'<th scope="col">{escape(words(key, language))}</th>' for key in ("symbol", "meaning", "domain", "shape")
    )
    yield f'<div class="scroll"><table class="symbols"><thead><tr>{heads}</tr></thead><tbody>'
    for row in section.symbols:
        cells = (math(row.symbol, block=False), prose(row.meaning), escape(row.domain), prose(row.shape))
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    yield "</tbody></table></div>"
    if section.ranges:
        yield f'<p class="note">{prose(section.ranges)}</p>'


def _stability(table: n.Stability, language: str) -> Iterator[str]:
    yield f"<h4>{escape(words('floating_point', language))}</h4>"
    numeric = ("", ' class="number"', ' class="number"', "")
    heads = "".join(
        f'<th scope="col"{kind}>{escape(head)}</th>' for kind, head in zip(numeric, table.heads, strict=True)
    )
    yield f'<div class="scroll" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>'
    for row in table.rows:
        fails = words("separator", language).join(map(text, row.fails))
        cells = (escape(row.dtype), escape(row.naive), escape(row.stable), fails)
        shown = "".join(f"<td{kind}>{cell}</td>" for kind, cell in zip(numeric, cells, strict=True))
        yield f"<tr>{shown}</tr>"
    yield "</tbody></table></div>"
    if table.note:
        yield f'<p class="note">{escape(table.note)}</p>'


def _steps(steps: n.Steps, section: str, language: str) -> Iterator[str]:
    alone = width(steps.statement) > _WIDE_LEFT
    yield '<ol class="steps">'
    if alone:
        statement = f'<div class="left scroll">{math(steps.statement)}</div>'
        yield f'<li class="statement"><span class="id"></span>{statement}</li>'
    last = len(steps.rows) - 1
    for place, row in enumerate(steps.rows):
        if row.cancelled is not None:
            yield from _cancelled(row.cancelled, language)
        left = math(steps.statement) if place == 0 and not alone else ""
        formula = unmarked(row.formula) if place == last else row.formula
        shown = f"<mo>{escape(row.relation)}</mo>"
        kinds = [name for name, holds in (("wide", width(formula) > _WIDE_FORMULA), ("final", place == last)) if holds]
        relation = f"<math>{shown}</math>&nbsp;"
        body = f'<span class="boxed">{math(formula)}</span>' if place == last else math(formula)
        attribute = f' class="{" ".join(kinds)}"' if kinds else ""
        yield f'<li id="{section}-{row.id}"{attribute}><span class="id">{row.id}</span><div class="left">{left}</div>'
        yield f'<div class="formula scroll">{relation}{body}</div>{mark_html(row.mark)}'
        yield f'<div class="why">{_reason(row, language)}</div></li>'
    yield "</ol>"


def _cancelled(formula: Tree, language: str) -> Iterator[str]:
    """A line between two steps; it has no name and no verdict of its own."""
    wide = ' class="wide"' if width(formula) > _WIDE_FORMULA else ""
    yield f'<li{wide}><span class="id"></span><div class="left"></div><div class="formula scroll">'
    yield f"<math><mo>=</mo></math>&nbsp;{math(formula)}</div><span></span>"
    yield f'<div class="why">{text(words("cancels", language))}</div></li>'


def _reference(reference: n.Reference) -> str:
    name = text(reference.text)
    return f'<a href="#{reference.anchor}">{name}</a>' if reference.anchor else name


def _reason(row: n.Row, language: str) -> str:
    separator = words("separator", language)
    reason = text(separator.join(row.reasons))
    if row.lemmas:
        reason += words("colon", language) + separator.join(map(_reference, row.lemmas))
    if row.mark.verdict not in (Verdict.PROVED, None):
        reason += f' · <b class="{verdict_class(row.mark.verdict)}">{escape(row.mark.label)}</b>'
    return reason
