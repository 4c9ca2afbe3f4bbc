"""Slides for beamer: the result of an entry, then a frame for each step, each shrunk where it would not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradproof.derivations.notation import tree_latex
from gradproof.derivations.notation.tree import Tree

from ..changes import unmarked
from ..parts import Mistake
from ..tree import Document, Prose, Row, Section, Steps
from ..wording import verdict_label, words
from .fragment import result_latex, said_of, textbook_latex, unlinked
from .pieces import COLOURS, asset, badge_words, broken, glyph, prose_latex, relation_latex
from .section import case_title, reason_latex
from .teaching import pictures_latex
from .text import bookmark, plain, prose


def slides(document: Document) -> str:
    """The .tex file of the slides, for pdflatex or, in Chinese, for xelatex. Raises UnwritableCharacterError."""
    language = document.language
    lines = [
        "% " + ("!TeX program = xelatex" if language == "zh" else "!TeX program = pdflatex"),
        r"\documentclass[aspectratio=169,11pt]{beamer}",
        asset("slides.tex") + asset("macros.tex"),
        rf"\title{{{plain(document.title)}}}\subtitle{{{prose(document.subtitle)}}}\date{{}}",
        r"\begin{document}",
        r"\begin{frame}[plain]\titlepage\end{frame}",
    ]
    for chapter in document.chapters:
        lines.append(rf"\section{{\texorpdfstring{{{plain(chapter.title)}}}{{{bookmark(chapter.title)}}}}}")
        for section in chapter.sections:
            lines += _section(section, language)
    return "\n".join([*lines, r"\end{document}", ""])


def _section(section: Section, language: str) -> Iterator[str]:
    title = rf"{section.number}\enspace {prose(section.title)}"
    badges = ((rf"{{\scriptsize {badge_words(badge)}\par}}") for badge in section.badges)
    yield from _frame(title, "", [*result_latex(section), *said_of(section, language), *badges])
    yield from _pictures(section, title, language)
    yield from _steps(section.steps, title, "", language)
    for case in section.cases:
        yield from _steps(case.steps, title, case_title(case.condition, language), language)
    if section.textbook:
        yield from _frame(title, "", textbook_latex(section, language))
    for mistake in section.mistakes:
        yield from _frame(title, plain(words("mistake", language)), _mistake(mistake, language))


def _frame(title: str, subtitle: str, lines: Iterable[str]) -> Iterator[str]:
    below = rf"\framesubtitle{{{subtitle}}}" if subtitle else ""
    yield rf"\begin{{frame}}\frametitle{{{title}}}{below}\begin{{gpslide}}"
    yield from lines
    yield r"\end{gpslide}\end{frame}"


def _steps(steps: Steps, title: str, case: str, language: str) -> Iterator[str]:
    before = steps.statement
    for row in unlinked(steps).rows:
        subtitle = rf"{case}\quad {row.id}" if case else row.id
        yield from _frame(title, subtitle, _step(before, row, language))
        before = unmarked(row.formula)


def _step(before: Tree, row: Row, language: str) -> Iterator[str]:
    """The line before, what cancels in it, the new line, and why."""
    relation = relation_latex(row.relation)
    yield rf"{{\color{{gpmute}}{_shown('', before)}}}"
    if row.cancelled is not None:
        yield _shown("=", row.cancelled)
        yield rf"{{\centering\small\color{{gpmute}}{prose(words('cancels', language))}\par}}"
    yield _shown(relation, row.formula)
    yield rf"{{\centering\small {glyph(row.mark.verdict)}\enspace {reason_latex(row, language)}\par}}"


def _shown(relation: str, formula: Tree) -> str:
    return rf"\gpequation{{{relation} {tree_latex(formula)}}}{{{relation} {broken(formula)}}}"


def _mistake(mistake: Mistake, language: str) -> Iterator[str]:
    yield prose(mistake.text) + r"\par"
    yield _shown("", mistake.formula)
    exposed: Prose = mistake.exposed
    verdict = rf"\textcolor{{{COLOURS.get(mistake.verdict, 'gpred')}}}{{{glyph(mistake.verdict)}\,"
    yield rf"{{\small {prose_latex(exposed)}\quad {verdict}{plain(verdict_label(mistake.verdict, language))}}}\par}}"


def _pictures(section: Section, title: str, language: str) -> Iterator[str]:
    for line in pictures_latex(section, language):
        yield from _frame(title, "", [line])
