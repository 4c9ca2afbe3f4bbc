"""The document tree as one HTML file: MathML from the display tree, no script, nothing loaded from elsewhere."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from gradproof.derivations.notation import math_element
from gradproof.derivations.notation.tree import Tree
from gradproof.verify.verdict import Verdict

from . import tree as n
from .changes import unmarked
from .measure import width
from .prose import Kind, pieces
from .verdicts import method_scope, short
from .wording import LABELS, MARKS, SENTENCES, method_name, verdict_label, words

#: Left sides and formulas that are wider than this, in letters, get a line of their own.
_WIDE_LEFT, _WIDE_FORMULA = 9.0, 34.0
_FONT = "assets/stix-two-math/stix-two-math-subset.woff2"


def html(document: n.Document) -> str:
    """The page, with its style and its font for mathematics inside."""
    language = document.language
    title = escape(document.title)
    lines = [
        "<!doctype html>",
        f'<html lang="{"zh-Hans" if language == "zh" else "en"}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f'<meta name="description" content="{escape(document.subtitle, quote=True)}">',
        f"<style>\n{_style()}</style>",
        "</head>",
        "<body>",
        f'<a class="skip" href="#main">{escape(words("skip", language))}</a>',
        "<header>",
        f"<h1>{title}</h1>",
        f'<p class="subtitle">{_text(document.subtitle)}</p>',
        *_legend(language),
        "</header>",
        *_contents(document),
        '<main id="main">',
    ]
    for chapter in document.chapters:
        lines += _chapter(chapter, language)
    lines += ["</main>", *_checked(document), "</body>", "</html>", ""]
    return "\n".join(lines)


def _style() -> str:
    package = files("gradproof.notes")
    font = base64.b64encode(package.joinpath(_FONT).read_bytes()).decode("ascii")
    face = f'@font-face {{ font-family: "Notes Math"; src: url(data:font/woff2;base64,{font}) format("woff2"); }}\n'
    return face + package.joinpath("assets/page.css").read_text(encoding="utf-8")


# ---------------------------------------------------------------- before the chapters


def _legend(language: str) -> Iterator[str]:
    yield '<section class="legend" aria-labelledby="legend">'
    yield f'<h2 id="legend">{escape(words("legend", language))}</h2>'
    yield f"<p>{_text(words('legend_steps', language))}</p>"
    yield "<dl>"
    for verdict in LABELS:
        label, sentence = verdict_label(verdict, language), SENTENCES[verdict].in_language(language)
        yield f'<dt class="{_class(verdict)}">{_glyph(verdict)} {escape(label)}</dt><dd>{_text(sentence)}</dd>'
    yield "</dl>"
    yield "</section>"


def _contents(document: n.Document) -> Iterator[str]:
    language = document.language
    yield '<nav id="contents" aria-labelledby="contents-title">'
    yield f'<h2 id="contents-title">{escape(words("contents", language))}</h2>'
    yield "<ol>"
    for chapter in document.chapters:
        yield f'<li><a href="#{chapter.anchor}">{escape(chapter.title)}</a>'
        yield "<ol>"
        for section in chapter.sections:
            number = f'<span class="number">{section.number}</span>'
            yield f'<li><a href="#{section.anchor}">{number}{_text(section.title)}</a></li>'
        yield "</ol></li>"
    yield f'<li><a href="#how-checked">{escape(words("how_checked", language))}</a></li>'
    yield "</ol></nav>"


# ---------------------------------------------------------------- chapters and sections


def _chapter(chapter: n.Chapter, language: str) -> Iterator[str]:
    heading = f"{chapter.anchor}-title"
    yield f'<section class="chapter" id="{chapter.anchor}" aria-labelledby="{heading}">'
    yield f'<p class="kicker">{escape(words("chapter", language).format(number=chapter.number))}</p>'
    yield f'<h2 id="{heading}">{escape(chapter.title)}</h2>'
    for section in chapter.sections:
        yield from _section(section, language)
    yield "</section>"


def _section(section: n.Section, language: str) -> Iterator[str]:
    heading = f"{section.anchor}-title"
    yield f'<article id="{section.anchor}" aria-labelledby="{heading}">'
    number = f'<span class="number">{section.number}</span>'
    yield f'<h3 id="{heading}"><a href="#{section.anchor}">{number} {_text(section.title)}</a></h3>'
    yield f'<ul class="badges">{"".join(map(_badge, section.badges))}</ul>'
    for counterexample in section.counterexamples:
        head = escape(words("counterexample", language))
        yield f'<p class="warning"><strong>{head}.</strong> {escape(counterexample)}</p>'
    yield from _result(section, language)
    if section.conditions:
        conditions = words("separator", language).join(map(_prose, section.conditions))
        head = escape(words("conditions", language) + words("colon", language))
        yield f'<p class="conditions"><strong>{head}</strong>{conditions}{words("stop", language)}</p>'
    yield from _symbols(section, language)
    if section.definitions:
        yield f"<h4>{escape(words('definitions', language))}</h4>"
        items = "".join(f"<li>{_scroll(_math(definition))}</li>" for definition in section.definitions)
        yield f'<ul class="definitions">{items}</ul>'
    yield f"<h4>{escape(words('derivation', language))}</h4>"
    yield from _steps(section.steps, section.anchor, language)
    for case in section.cases:
        before, _, after = words("case", language).partition("{condition}")
        title = escape(before) + _prose(case.condition) + escape(after)
        yield f'<h4 class="case" id="{case.anchor}">{title}</h4>'
        yield from _steps(case.steps, section.anchor, language)
    if section.textbook:
        mark = section.textbook.mark
        yield f"<h4>{escape(words('textbook', language))}</h4>"
        label = f'<span class="why {_class(mark.verdict)}">{_glyph(mark.verdict)} {escape(mark.label)}</span>'
        yield f'<div class="textbook">{_scroll(_math(section.textbook.formula))}{label}</div>'
    for remark in section.remarks:
        yield f"<p>{_text(remark)}</p>"
    sources = " · ".join((f"<code>{section.name}</code>", *map(escape, section.sources)))
    yield f'<p class="sources">{sources}</p>'
    for listing in section.listings:
        caption = f"{escape(words('code', language))}<span>{escape(listing.caption)}</span>"
        yield f"<figure><figcaption>{caption}</figcaption>"
        yield f'<pre tabindex="0"><code>{escape(listing.source)}</code></pre></figure>'
    yield "</article>"


def _result(section: n.Section, language: str) -> Iterator[str]:
    yield f'<div class="result" role="group" aria-label="{escape(words("result", language), quote=True)}">'
    yield f'<div class="boxed">{_scroll(_math(section.result))}</div>'
    for form in section.matrix:
        label = f"<small>{escape(form.layout)}</small>" if form.layout else ""
        yield f"<div>{_scroll(_math(form.formula))}{label}</div>"
    yield "</div>"


def _symbols(section: n.Section, language: str) -> Iterator[str]:
    heads = "".join(
        f'<th scope="col">{escape(words(key, language))}</th>' for key in ("symbol", "meaning", "domain", "shape")
    )
    yield f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>'
    for row in section.symbols:
        cells = (_math(row.symbol, block=False), _prose(row.meaning), escape(row.domain), _prose(row.shape))
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    yield "</tbody></table></div>"
    if section.ranges:
        yield f'<p class="note">{_prose(section.ranges)}</p>'


def _steps(steps: n.Steps, section: str, language: str) -> Iterator[str]:
    alone = width(steps.statement) > _WIDE_LEFT
    yield '<ol class="steps">'
    if alone:
        statement = f'<div class="left scroll">{_math(steps.statement)}</div>'
        yield f'<li class="statement"><span class="id"></span>{statement}</li>'
    last = len(steps.rows) - 1
    for place, row in enumerate(steps.rows):
        left = _math(steps.statement) if place == 0 and not alone else ""
        formula = unmarked(row.formula) if place == last else row.formula
        shown = f"<mo>{escape(row.relation)}</mo>"
        kinds = [name for name, holds in (("wide", width(formula) > _WIDE_FORMULA), ("final", place == last)) if holds]
        relation = f"<math>{shown}</math>&nbsp;"
        body = f'<span class="boxed">{_math(formula)}</span>' if place == last else _math(formula)
        attribute = f' class="{" ".join(kinds)}"' if kinds else ""
        yield f'<li id="{section}-{row.id}"{attribute}><span class="id">{row.id}</span><div class="left">{left}</div>'
        yield f'<div class="formula scroll">{relation}{body}</div>{_mark(row.mark)}'
        yield f'<div class="why">{_reason(row, language)}</div></li>'
    yield "</ol>"


def _reference(reference: n.Reference) -> str:
    text = _text(reference.text)
    return f'<a href="#{reference.anchor}">{text}</a>' if reference.anchor else text


def _reason(row: n.Row, language: str) -> str:
    separator = words("separator", language)
    text = _text(separator.join(row.reasons))
    if row.lemmas:
        text += words("colon", language) + separator.join(map(_reference, row.lemmas))
    if row.mark.verdict not in (Verdict.PROVED, None):
        text += f' <b class="{_class(row.mark.verdict)}">{escape(row.mark.label)}</b>'
    return text


# ---------------------------------------------------------------- after the chapters


def _checked(document: n.Document) -> Iterator[str]:
    language = document.language
    yield '<footer id="how-checked" aria-labelledby="how-checked-title">'
    yield f'<h2 id="how-checked-title">{escape(words("how_checked", language))}</h2>'
    if document.checked.methods:
        yield from _methods(document)
    else:
        yield f"<p>{_text(words('nothing_checked', language))}</p>"
    yield f'<p><a href="#contents">{escape(words("back", language))}</a></p>'
    yield "</footer>"


def _methods(document: n.Document) -> Iterator[str]:
    language, comma = document.language, words("list_separator", document.language)
    total = sum(count for _, count in document.counts)
    counts = _counts(document.counts, language)
    yield f"<p>{escape(words('how_counts', language).format(total=total, counts=counts))}</p>"
    keys = ("method", "scope", "claims", "verdicts", "points", "worst_error", "false_proof")
    numeric = {"claims", "points", "worst_error", "false_proof"}
    yield '<div class="scroll" tabindex="0"><table><thead><tr>'
    for key in keys:
        yield f'<th scope="col"{_numeric(key in numeric)}>{escape(words(key, language))}</th>'
    yield "</tr></thead><tbody>"
    for method in document.checked.methods:
        cells = (
            method_name(method.name, language),
            method_scope(method, language),
            str(method.claims),
            _counts(method.verdicts, language),
            f"{method.effective:,} / {method.drawn:,}" if method.drawn else "",
            "" if method.worst is None else short(method.worst),
            "" if method.bound is None else short(method.bound),
        )
        row = "".join(f"<td{_numeric(k in numeric)}>{escape(c)}</td>" for k, c in zip(keys, cells, strict=True))
        yield f"<tr>{row}</tr>"
    yield "</tbody></table></div>"
    versions = comma.join(f"{name} {version}" for name, version in document.checked.versions)
    seeds = comma.join(map(str, document.checked.seeds))
    yield f'<p class="note">{_text(words("worst_note", language))}</p>'
    yield f'<p class="note">{escape(words("made_with", language).format(seeds=seeds, versions=versions))}</p>'


def _counts(counts: Iterable[tuple[Verdict | None, int]], language: str) -> str:
    shown = (f"{count} {verdict_label(verdict, language)}" for verdict, count in counts)
    return words("separator", language).join(shown)


def _numeric(holds: bool) -> str:
    return ' class="number"' if holds else ""


# ---------------------------------------------------------------- pieces


def _class(verdict: Verdict | None) -> str:
    return verdict.name.lower() if verdict else "none"


def _glyph(verdict: Verdict | None) -> str:
    return f'<span class="glyph" aria-hidden="true">{MARKS[verdict]}</span>'


def _mark(mark: n.Mark) -> str:
    shown = f'<span aria-hidden="true">{MARKS[mark.verdict]}</span><span class="hidden">{escape(mark.label)}</span>'
    return f'<span class="mark glyph {_class(mark.verdict)}" title="{escape(mark.label, quote=True)}">{shown}</span>'


def _badge(badge: n.Badge) -> str:
    return f'<li class="badge {_class(badge.verdict)}">{_glyph(badge.verdict)} {_prose(badge.text)}</li>'


def _math(tree: Tree, block: bool = True) -> str:
    return math_element(tree, block)


def _scroll(content: str) -> str:
    """A box that scrolls by itself where its content is too wide, so that the page does not."""
    return f'<div class="scroll">{content}</div>'


def _prose(text: n.Prose) -> str:
    return "".join(_math(part.tree, block=False) if isinstance(part, n.Formula) else _text(part) for part in text)


def _text(text: str) -> str:
    """Prose with its variables in italics."""
    tags = {Kind.VARIABLE: "i", Kind.SUBSCRIPT: "sub", Kind.SUPERSCRIPT: "sup"}
    return "".join(
        f"<{tags[piece.kind]}>{escape(piece.text)}</{tags[piece.kind]}>" if piece.kind in tags else escape(piece.text)
        for piece in pieces(text)
    )
