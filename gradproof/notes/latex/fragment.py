r"""One derivation as a file to \input into a document or a beamer frame of somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gradproof.derivations.notation import tree_latex, tree_text

from ..tree import Formula, Prose, Reference, Section, Steps
from ..wording import words
from .pieces import asset, broken, mark_latex, prose_latex
from .section import case_title, steps_latex
from .text import plain, prose

#: The packages that the macros need.
PACKAGES = ("amsmath", "amssymb", "xcolor", "cancel", "pifont", "graphicx", "etoolbox")


def fragment(section: Section, language: str) -> str:
    """The result, the definitions and the lines with reasons and verdicts, without a title and without references.

    The macros are defined where the file is read, once, unless the document has macros of these names already.
    """
    lines = [*_head(section, language), r"\ifdefined\gprow\else", asset("macros.tex") + r"\fi"]
    lines.append(r"\begingroup\setlength{\parindent}{0pt}\setlength{\parskip}{.6em}")
    lines += [*_body(section, language), r"\par\endgroup", ""]
    return "\n".join(lines)


def _head(section: Section, language: str) -> Iterator[str]:
    yield f"% {section.name}: {section.title}"
    yield from (f"% {_said(badge.text)}" for badge in section.badges)
    yield f"% It needs in the preamble: \\usepackage{{{','.join(PACKAGES)}}}"
    if language == "zh":
        yield "% and fonts for Chinese, e.g. with xelatex: \\usepackage{xeCJK}\\setCJKmainfont{Noto Serif CJK SC}"


def _said(text: Prose) -> str:
    return "".join(tree_text(part.tree) if isinstance(part, Formula) else part for part in text)


def _body(section: Section, language: str) -> Iterator[str]:
    yield from result_latex(section)
    yield from said_of(section, language)
    yield from steps_latex(unlinked(section.steps), language)
    for case in section.cases:
        yield rf"\gpcase{{{case_title(case.condition, language)}}}"
        yield from steps_latex(unlinked(case.steps), language)
    if section.textbook:
        yield from textbook_latex(section, language)


def result_latex(section: Section) -> Iterator[str]:
    """The result in a frame, then its matrix forms, each on a line of its own."""
    yield rf"\gpequation{{\gpboxed{{{tree_latex(section.result)}}}}}{{\gpboxed{{{broken(section.result)}}}}}"
    for form in section.matrix:
        label = rf"\qquad\text{{\footnotesize {plain(form.layout)}}}" if form.layout else ""
        yield rf"\gpequation{{{tree_latex(form.formula)}{label}}}{{{broken(form.formula)}{label}}}"


def said_of(section: Section, language: str) -> Iterator[str]:
    """Conditions, definitions, and which values the indices take."""
    for definition in section.definitions:
        yield rf"\gpequation{{{tree_latex(definition)}}}{{{broken(definition)}}}"
    if section.conditions:
        conditions = words("separator", language).join(prose_latex(condition) for condition in section.conditions)
        head = plain(words("conditions", language) + words("colon", language))
        yield rf"{{\small\textbf{{{head}}}{conditions}{plain(words('stop', language))}\par}}"
    if section.ranges:
        yield rf"{{\footnotesize\color{{gpmute}}{prose_latex(section.ranges)}\par}}"


def textbook_latex(section: Section, language: str) -> Iterator[str]:
    """The form of textbooks, which the section has to have."""
    assert section.textbook is not None
    yield rf"{{\small {prose(words('textbook', language))}\par}}"
    formula, mark = section.textbook.formula, rf"\quad\text{{{mark_latex(section.textbook.mark)}}}"
    yield rf"\gpequation{{{tree_latex(formula)}{mark}}}{{{broken(formula)}{mark}}}"


def unlinked(steps: Steps) -> Steps:
    """The same with names of lemmas instead of links, for a file in which they are not."""
    rows = (replace(row, lemmas=tuple(Reference("", each.text) for each in row.lemmas)) for row in steps.rows)
    return replace(steps, rows=tuple(rows))
