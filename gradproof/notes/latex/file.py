"""The file: preamble, front matter, chapters, and how it was checked."""

from __future__ import annotations

from collections.abc import Iterator

from ..numbers import short
from ..tree import Chapter, Document
from ..verdicts import counted, counts_sentence, method_scope
from ..wording import LABELS, SENTENCES, method_name, verdict_label, words
from .pieces import COLOURS, DOT, asset, glyph
from .section import section_latex
from .teaching import solutions_latex
from .text import bookmark, plain, prose


def latex(document: Document) -> str:
    """The .tex file. Raises UnwritableCharacterError for a character in a text that LaTeX would not print."""
    language = document.language
    title = plain(document.title)
    pdf_language = "zh-CN" if language == "zh" else language
    made_with = _made_with(document)
    lines = [
        "% " + ("!TeX program = xelatex" if language == "zh" else "!TeX program = pdflatex"),
        r"\documentclass[11pt,a4paper]{article}",
        rf"\newcommand{{\gptitle}}{{{title}}}",
        rf"\newcommand{{\gpmadewith}}{{{made_with}}}",
        asset("preamble.tex"),
        asset("macros.tex") + r"\color{gpink}",
        rf"\hypersetup{{pdftitle={{{bookmark(document.title)}}},pdflang={{{pdf_language}}}}}",
        r"\begin{document}",
        *_front(document),
    ]
    for chapter in document.chapters:
        lines += _chapter(chapter, language)
    lines += [*_checked(document), r"\end{document}", ""]
    return "\n".join(lines)


def _made_with(document: Document) -> str:
    checked = document.checked
    seeds = words("list_separator", document.language).join(map(str, checked.seeds))
    parts = [words("seed", document.language).format(seeds=seeds)] if checked.seeds else []
    parts += [f"{name} {version}" for name, version in checked.versions]
    return DOT.join(map(plain, parts))


def _front(document: Document) -> Iterator[str]:
    language = document.language
    yield r"\thispagestyle{fancy}\markboth{}{}"
    yield rf"{{\sffamily\Huge\bfseries {plain(document.title)}\par}}\vspace{{.2em}}"
    yield rf"{{\large\color{{gpmute}}{prose(document.subtitle)}\par}}\vspace{{.4em}}"
    yield r"\begin{gplegend}"
    yield rf"{{\sffamily\bfseries\small {plain(words('legend', language))}}}\par"
    yield rf"{{\small {prose(words('legend_steps', language))}\par}}\vspace{{.3em}}"
    yield r"\footnotesize\begin{tabular}{@{}c@{\hspace{.7em}}>{\sffamily}l@{\hspace{1.2em}}p{.70\linewidth}@{}}"
    for verdict in LABELS:
        colour = COLOURS.get(verdict, "gpred")
        label, sentence = verdict_label(verdict, language), SENTENCES[verdict].in_language(language)
        yield rf"{glyph(verdict)} & \textcolor{{{colour}!85!black}}{{{plain(label)}}} & {prose(sentence)}\\"
    yield r"\end{tabular}\end{gplegend}"
    yield plain(counts_sentence(document, language)) + r"\par"
    yield rf"\gphead{{\large {plain(words('contents', language))}}}\vspace{{-1.2em}}"
    yield r"\begin{multicols}{2}\makeatletter\setlength{\parskip}{0pt}\raggedcolumns\hypersetup{linkcolor=gpink}"
    yield r"\@starttoc{toc}\makeatother\end{multicols}"


def _chapter(chapter: Chapter, language: str) -> Iterator[str]:
    label = words("chapter", language).format(number=chapter.number)
    yield rf"\gpchapter{{{plain(label)}}}{{{plain(chapter.title)}}}{{{bookmark(chapter.title)}}}{{{chapter.anchor}}}"
    if chapter.misread:
        yield rf"\begin{{gpmisread}}{{{plain(words('misread', language))}}}"
        yield from (rf"\item {prose(remark)}" for remark in chapter.misread)
        yield r"\end{gpmisread}"
    for section in chapter.sections:
        yield from section_latex(section, language)
    yield from solutions_latex(chapter.sections, language)


def _checked(document: Document) -> Iterator[str]:
    language = document.language
    title = words("how_checked", language)
    yield rf"\clearpage\section{{\texorpdfstring{{{plain(title)}}}{{{bookmark(title)}}}}}\label{{how-checked}}"
    yield rf"\markboth{{{plain(title)}}}{{{plain(title)}}}"
    if document.refuted:
        yield prose(words("mistakes_refuted", language).format(count=document.refuted)) + r"\par"
    if document.undrawn:
        yield prose(words("no_figures", language)) + r"\par"
    if not document.checked.methods:
        yield prose(words("nothing_checked", language))
        return
    yield plain(counts_sentence(document, language)) + r"\par"
    keys = ("method", "scope", "claims", "verdicts", "points", "worst_error", "false_proof")
    heads = " & ".join(rf"\textbf{{{plain(words(key, language))}}}" for key in keys)
    yield r"\begin{center}\footnotesize\sffamily\setlength{\tabcolsep}{4pt}"
    yield r"\begin{tabular}{@{}>{\raggedright}p{27mm}>{\raggedright}p{22mm}r"
    yield r">{\raggedright}p{33mm}>{\raggedleft}p{25mm}>{\raggedleft}p{15mm}>{\raggedleft\arraybackslash}p{18mm}@{}}"
    yield rf"\toprule {heads}\\\midrule"
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
        yield " & ".join(map(plain, cells)) + r"\\"
    yield r"\bottomrule\end{tabular}\end{center}"
    yield rf"\gpsmall{{{prose(words('worst_note', language))}}}"
    comma = words("list_separator", language)
    versions = comma.join(f"{name} {version}" for name, version in document.checked.versions)
    seeds = comma.join(map(str, document.checked.seeds))
    yield rf"\gpsmall{{{plain(words('made_with', language).format(seeds=seeds, versions=versions))}}}"
