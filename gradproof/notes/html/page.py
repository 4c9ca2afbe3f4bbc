"""The page: title, how to read a verdict, contents, chapters, and how it was checked, in one language or in several."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from .. import tree as n
from ..numbers import short
from ..verdicts import counted, counts_sentence, method_scope
from ..wording import LABELS, SENTENCES, method_name, verdict_label, words
from .pieces import glyph, text, verdict_class
from .section import section_html
from .switch import switched, tag

_FONT = "assets/stix-two-math/stix-two-math-subset.woff2"


def html(*documents: n.Document) -> str:
    """The page, with its style and its font for mathematics inside; of one document, or with a switch of several.

    It can be read without its scripts, which are short. Raises ValueError if there is no document.
    """
    if not documents:
        raise ValueError("a page needs a document")
    title = " · ".join(dict.fromkeys(escape(document.title) for document in documents))
    several = len(documents) > 1
    lines = [
        "<!doctype html>",
        f'<html lang="{tag(documents[0].language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f'<meta name="description" content="{escape(documents[0].subtitle, quote=True)}">',
        f"<style>\n{_style()}</style>",
        "</head>",
        "<body>",
        *(switched(documents, _body) if several else _body(documents[0])),
        *map(_script, ("reach.js", "switch.js") if several else ("reach.js",)),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)


def _body(document: n.Document) -> Iterator[str]:
    language = document.language
    yield f'<a class="skip" href="#main">{escape(words("skip", language))}</a>'
    yield "<header>"
    yield f"<h1>{escape(document.title)}</h1>"
    yield f'<p class="subtitle">{text(document.subtitle)}</p>'
    yield from _legend(language)
    yield "</header>"
    yield from _contents(document)
    yield '<main id="main">'
    for chapter in document.chapters:
        yield from _chapter(chapter, language)
    yield "</main>"
    yield from _checked(document)


def _style() -> str:
    font = base64.b64encode(files("gradproof.notes").joinpath(_FONT).read_bytes()).decode("ascii")
    face = f'@font-face {{ font-family: "Notes Math"; src: url(data:font/woff2;base64,{font}) format("woff2"); }}\n'
    return face + _asset("page.css")


def _script(name: str) -> str:
    return f"<script>\n{_asset(name)}</script>"


def _asset(name: str) -> str:
    return files("gradproof.notes").joinpath(f"assets/{name}").read_text(encoding="utf-8")


def _legend(language: str) -> Iterator[str]:
    yield '<section class="legend" aria-labelledby="legend">'
    yield f'<h2 id="legend">{escape(words("legend", language))}</h2>'
    yield f"<p>{text(words('legend_steps', language))}</p>"
    yield "<dl>"
    for verdict in LABELS:
        label, sentence = verdict_label(verdict, language), SENTENCES[verdict].in_language(language)
        yield f'<dt class="{verdict_class(verdict)}">{glyph(verdict)} {escape(label)}</dt><dd>{text(sentence)}</dd>'
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
            yield f'<li><a href="#{section.anchor}">{number} {text(section.title)}</a></li>'
        yield "</ol></li>"
    yield f'<li><a href="#how-checked">{escape(words("how_checked", language))}</a></li>'
    yield "</ol></nav>"


def _chapter(chapter: n.Chapter, language: str) -> Iterator[str]:
    heading = f"{chapter.anchor}-title"
    yield f'<section class="chapter" id="{chapter.anchor}" aria-labelledby="{heading}">'
    yield f'<p class="kicker">{escape(words("chapter", language).format(number=chapter.number))}</p>'
    yield f'<h2 id="{heading}">{escape(chapter.title)}</h2>'
    if chapter.misread:
        items = "".join(f"<li>{text(remark)}</li>" for remark in chapter.misread)
        yield f'<section class="misread"><h3>{escape(words("misread", language))}</h3><ul>{items}</ul></section>'
    for section in chapter.sections:
        yield from section_html(section, language)
    yield "</section>"


def _checked(document: n.Document) -> Iterator[str]:
    language = document.language
    yield '<footer id="how-checked" aria-labelledby="how-checked-title">'
    yield f'<h2 id="how-checked-title">{escape(words("how_checked", language))}</h2>'
    if document.checked.methods:
        yield from _methods(document)
    else:
        yield f"<p>{text(words('nothing_checked', language))}</p>"
    if document.refuted:
        yield f"<p>{text(words('mistakes_refuted', language).format(count=document.refuted))}</p>"
    if document.undrawn:
        yield f"<p>{text(words('no_figures', language))}</p>"
    yield f'<p><a href="#contents">{escape(words("back", language))}</a></p>'
    yield "</footer>"


def _methods(document: n.Document) -> Iterator[str]:
    language, comma = document.language, words("list_separator", document.language)
    yield f"<p>{escape(counts_sentence(document, language))}</p>"
    keys = ("method", "scope", "claims", "verdicts", "points", "worst_error", "false_proof")
    numeric = {"claims", "points", "worst_error", "false_proof"}
    yield '<div class="scroll" tabindex="0"><table class="methods"><thead><tr>'
    for key in keys:
        yield f'<th scope="col"{_numeric(key in numeric)}>{escape(words(key, language))}</th>'
    yield "</tr></thead><tbody>"
    for method in document.checked.methods:
        cells = (
            method_name(method.name, language),
            method_scope(method, language),
            str(method.claims),
            counted(method.verdicts, language),
            f"{method.effective:,} / {method.drawn:,}" if method.drawn else "",
            "" if method.worst is None else short(method.worst),
            "" if method.bound is None else short(method.bound),
        )
        row = "".join(f"<td{_numeric(k in numeric)}>{escape(c)}</td>" for k, c in zip(keys, cells, strict=True))
        yield f"<tr>{row}</tr>"
    yield "</tbody></table></div>"
    versions = comma.join(f"{name} {version}" for name, version in document.checked.versions)
    seeds = comma.join(map(str, document.checked.seeds))
    yield f'<p class="note">{text(words("worst_note", language))}</p>'
    yield f'<p class="note">{escape(words("made_with", language).format(seeds=seeds, versions=versions))}</p>'


def _numeric(holds: bool) -> str:
    return ' class="number"' if holds else ""
