"""The document tree as a complete LaTeX file: English for pdflatex, Chinese for xelatex with Noto CJK."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from gradproof.derivations.notation import tree as t
from gradproof.derivations.notation import tree_latex
from gradproof.derivations.notation.tree import Tree
from gradproof.verify.verdict import Verdict

from .changes import unmarked
from .latex_text import bookmark, plain, prose
from .tree import Badge, Chapter, Document, Formula, Listing, Mark, Prose, Reference, Row, Section, Steps, Symbol
from .verdicts import method_scope, short
from .wording import LABELS, SENTENCES, method_name, verdict_label, words

_COLOURS = {Verdict.PROVED: "cgreen", Verdict.AGREES: "cblue", Verdict.UNAVAILABLE: "mute", None: "mute"}

_DOT = r" $\cdot$ "


def latex(document: Document) -> str:
    """The .tex file. Raises UnwritableCharacterError for a character in a text that LaTeX would not print."""
    language = document.language
    preamble = files("gradproof.notes").joinpath("assets/latex/preamble.tex").read_text(encoding="utf-8")
    title = plain(document.title)
    made_with = _made_with(document)
    lines = [
        "% " + ("!TeX program = xelatex" if language == "zh" else "!TeX program = pdflatex"),
        r"\documentclass[11pt,a4paper]{article}",
        rf"\newcommand{{\gptitle}}{{{title}}}",
        rf"\newcommand{{\gpmadewith}}{{{made_with}}}",
        preamble,
        rf"\hypersetup{{pdftitle={{{bookmark(document.title)}}},pdflang={{{'zh-CN' if language == 'zh' else 'en'}}}}}",
        r"\begin{document}",
        *_front(document),
    ]
    for chapter in document.chapters:
        lines += _chapter(chapter, language)
    lines += [*_checked(document), r"\end{document}", ""]
    return "\n".join(lines)


# ---------------------------------------------------------------- front matter


def _made_with(document: Document) -> str:
    checked = document.checked
    parts = [f"seed {', '.join(map(str, checked.seeds))}"] if checked.seeds else []
    parts += [f"{name} {version}" for name, version in checked.versions]
    return _DOT.join(map(plain, parts))


def _front(document: Document) -> Iterator[str]:
    language = document.language
    yield r"\thispagestyle{fancy}\markboth{}{}"
    yield rf"{{\sffamily\Huge\bfseries {plain(document.title)}\par}}\vspace{{.2em}}"
    yield rf"{{\large\color{{mute}}{prose(document.subtitle)}\par}}\vspace{{.4em}}"
    yield r"\begin{gplegend}"
    yield rf"{{\sffamily\bfseries\small {plain(words('legend', language))}}}\par"
    yield rf"{{\small {prose(words('legend_steps', language))}\par}}\vspace{{.3em}}"
    yield r"\footnotesize\begin{tabular}{@{}c@{\hspace{.7em}}>{\sffamily}l@{\hspace{1.2em}}p{.70\linewidth}@{}}"
    for verdict in LABELS:
        colour = _COLOURS.get(verdict, "cverm")
        label, sentence = verdict_label(verdict, language), SENTENCES[verdict].in_language(language)
        yield rf"{_glyph(verdict)} & \textcolor{{{colour}!85!black}}{{{plain(label)}}} & {prose(sentence)}\\"
    yield r"\end{tabular}\end{gplegend}"
    yield from _counts(document)
    yield rf"\clearpage\gphead{{\large {plain(words('contents', language))}}}\vspace{{-1.2em}}"
    yield r"\begin{multicols}{2}\makeatletter\setlength{\parskip}{0pt}\raggedcolumns\hypersetup{linkcolor=ink}"
    yield r"\@starttoc{toc}\makeatother\end{multicols}"


def _chapter(chapter: Chapter, language: str) -> Iterator[str]:
    label = words("chapter", language).format(number=chapter.number)
    yield rf"\gpchapter{{{plain(label)}}}{{{plain(chapter.title)}}}{{{bookmark(chapter.title)}}}{{{chapter.anchor}}}"
    for section in chapter.sections:
        yield from _section(section, language)


# ---------------------------------------------------------------- sections


def _section(section: Section, language: str) -> Iterator[str]:
    yield ""
    yield rf"\gpsection{{{section.number}}}{{{prose(section.title)}}}{{{bookmark(section.title)}}}{{{section.anchor}}}"
    yield rf"\gpbadges{{{''.join(map(_badge, section.badges))}}}"
    for counterexample in section.counterexamples:
        head = plain(words("counterexample", language))
        yield rf"\begin{{gpwarning}}\small\textbf{{{head}.}} {plain(counterexample)}\end{{gpwarning}}"
    yield from _result(section)
    if section.conditions:
        conditions = words("separator", language).join(_prose(condition) for condition in section.conditions)
        head = plain(words("conditions", language) + words("colon", language))
        yield rf"{{\small\textbf{{\sffamily {head}}}{conditions}{plain(words('stop', language))}\par}}"
    yield from _symbols(section, language)
    if section.definitions:
        yield rf"\gphead{{{plain(words('definitions', language))}}}"
        equations = [rf"\gplabelled{{{tree_latex(definition)}}}{{}}" for definition in section.definitions]
        yield r"{\centering " + r"\hspace{1.6em plus 1em}\allowbreak ".join(equations) + r"\par}"
    yield rf"\gphead{{{plain(words('derivation', language))}}}"
    yield from _steps(section.steps, language)
    for case in section.cases:
        yield rf"\gpcase{{{_case_title(case.condition, language)}}}"
        yield from _steps(case.steps, language)
    if section.textbook:
        formula = tree_latex(section.textbook.formula)
        mark = _mark(section.textbook.mark)
        yield rf"\gphead{{{plain(words('textbook', language))}}}"
        yield rf"\gpequation{{{formula}\quad\text{{{mark}}}}}{{{formula}\quad\text{{{mark}}}}}"
    for remark in section.remarks:
        yield prose(remark) + r"\par"
    name = rf"\texttt{{{plain(section.name)}}}"
    yield rf"\gpsmall{{{_DOT.join((name, *map(plain, section.sources)))}}}"
    for listing in section.listings:
        yield from _listing(listing, language)


def _result(section: Section) -> Iterator[str]:
    boxes = [rf"\gplabelled{{\gpboxed{{{tree_latex(section.result)}}}}}{{}}"]
    boxes += [rf"\gplabelled{{{tree_latex(form.formula)}}}{{{plain(form.layout)}}}" for form in section.matrix]
    yield r"\begin{gpresult}\centering "
    yield r"\hspace{2em plus 2em}\allowbreak ".join(boxes)
    yield r"\end{gpresult}"


def _symbols(section: Section, language: str) -> Iterator[str]:
    heads = " & ".join(plain(words(key, language)) for key in ("symbol", "meaning", "domain", "shape"))
    yield r"\par\vspace{.2em}{\centering\small\begin{tabular}{@{}llll@{}}\toprule"
    yield rf"{heads}\\\midrule"
    for symbol in section.symbols:
        yield _symbol_row(symbol)
    yield r"\bottomrule\end{tabular}"
    if section.ranges:
        yield rf"\\[.2em]{{\footnotesize\color{{mute}}{_prose(section.ranges)}}}"
    yield r"\par}"


def _symbol_row(symbol: Symbol) -> str:
    strut = r"\rule[-2.6ex]{0pt}{6.4ex}" if any(isinstance(part, Formula) for part in symbol.meaning) else ""
    name = f"${tree_latex(symbol.symbol)}${strut}"
    meaning = _prose(symbol.meaning, r"\displaystyle ")
    cells = (name, meaning, plain(symbol.domain), _prose(symbol.shape))
    return " & ".join(cells) + r"\\"


def _case_title(condition: Prose, language: str) -> str:
    before, _, after = words("case", language).partition("{condition}")
    return plain(before) + _prose(condition) + plain(after)


def _steps(steps: Steps, language: str) -> Iterator[str]:
    yield rf"\begin{{gpsteps}}{{{tree_latex(steps.statement)}}}{{{broken(steps.statement)}}}"
    last = len(steps.rows) - 1
    for place, row in enumerate(steps.rows):
        formula, split = tree_latex(row.formula), broken(row.formula)
        if place == last:
            yield r"\gplast"
            formula, split = (rf"\gpboxed{{{form}}}" for form in (tree_latex(unmarked(row.formula)), split))
        relation = tree_latex(t.Relation(t.Words(""), row.relation, t.Words(""))).replace(r"\text{}", "").strip()
        yield rf"\gprow{{{row.id}}}{{{relation}}}{{{formula}}}{{{split}}}{{{_glyph(row.mark.verdict)}}}"
        yield rf"{{{_reason(row, language)}}}"
    yield r"\end{gpsteps}"


def _reason(row: Row, language: str) -> str:
    mark, separator = row.mark, words("separator", language)
    text = prose(separator.join(row.reasons))
    if row.lemmas:
        text += words("colon", language) + separator.join(map(_reference, row.lemmas))
    if mark.verdict not in (Verdict.PROVED, None):
        text += rf" \textcolor{{{_COLOURS.get(mark.verdict, 'cverm')}}}{{{plain(mark.label)}}}"
    return text


def _reference(reference: Reference) -> str:
    text = prose(reference.text)
    return rf"\hyperref[{reference.anchor}]{{{text}}}" if reference.anchor else text


def _listing(listing: Listing, language: str) -> Iterator[str]:
    head = rf"{{\sffamily\footnotesize\bfseries {plain(words('code', language))}}}"
    yield rf"\begin{{gpcode}}{head}\quad{{\sffamily\footnotesize\color{{mute}}{plain(listing.caption)}}}\par"
    yield rf"\begin{{minipage}}[c]{{{'.56' if listing.mathematics else '1'}\linewidth}}"
    yield r"\begin{lstlisting}"
    yield listing.source
    yield r"\end{lstlisting}\end{minipage}"
    if listing.mathematics:
        label = plain(words("as_mathematics", language))
        yield r"\hfill\begin{minipage}[c]{.41\linewidth}"
        yield rf"\gpread{{{listing.mathematics}}}{{{label}}}\end{{minipage}}"
    yield r"\end{gpcode}"


# ---------------------------------------------------------------- the end of the notes


def _counts(document: Document) -> Iterator[str]:
    language = document.language
    total = sum(count for _, count in document.counts)
    shown = (f"{count} {verdict_label(verdict, language)}" for verdict, count in document.counts)
    counts = words("separator", language).join(shown)
    yield plain(words("how_counts", language).format(total=total, counts=counts)) + r"\par"


def _checked(document: Document) -> Iterator[str]:
    language = document.language
    title = words("how_checked", language)
    yield rf"\clearpage\section{{\texorpdfstring{{{plain(title)}}}{{{bookmark(title)}}}}}\label{{how-checked}}"
    yield rf"\markboth{{{plain(title)}}}{{{plain(title)}}}"
    if not document.checked.methods:
        yield prose(words("nothing_checked", language))
        return
    yield from _counts(document)
    keys = ("method", "scope", "claims", "verdicts", "points", "worst_error", "false_proof")
    heads = " & ".join(rf"\textbf{{{plain(words(key, language))}}}" for key in keys)
    yield r"\begin{center}\footnotesize\sffamily\setlength{\tabcolsep}{4pt}"
    yield r"\begin{tabular}{@{}>{\raggedright}p{27mm}>{\raggedright}p{22mm}r"
    yield r">{\raggedright}p{33mm}>{\raggedleft}p{25mm}>{\raggedleft}p{15mm}>{\raggedleft\arraybackslash}p{18mm}@{}}"
    yield rf"\toprule {heads}\\\midrule"
    for method in document.checked.methods:
        found = words("separator", language).join(
            f"{count} {verdict_label(verdict, language)}" for verdict, count in method.verdicts
        )
        cells = (
            method_name(method.name, language),
            method_scope(method, language),
            str(method.claims),
            found,
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


# ---------------------------------------------------------------- pieces


def _badge(badge: Badge) -> str:
    return rf"\gpbadge{{{_COLOURS.get(badge.verdict, 'cverm')}}}{{{_glyph(badge.verdict)}}}{{{_prose(badge.text)}}}"


def _mark(mark: Mark) -> str:
    return rf"{_glyph(mark.verdict)}\,\footnotesize\sffamily\color{{mute}}{plain(mark.label)}"


def _glyph(verdict: Verdict | None) -> str:
    return rf"\gpmark{verdict.name.lower() if verdict else 'none'}{{}}"


def _prose(text: Prose, style: str = "") -> str:
    return "".join(f"${style}{tree_latex(part.tree)}$" if isinstance(part, Formula) else prose(part) for part in text)


def broken(formula: Tree) -> str:
    """A formula over several lines: at the signs of its outermost sum, else between its factors."""
    match formula:
        case t.SignedSum(terms=terms) if len(terms) > 1:
            lines = []
            for place, term in enumerate(terms):
                sign = "-" if term.negative else ("+" if place else "")
                lines.append(rf"{'{}' if place else ''}{sign}{tree_latex(term.body)}")
            return r"\begin{aligned}[t]&" + r"\\&".join(lines) + r"\end{aligned}"
        case t.Product(factors=factors) if len(factors) > 1:
            middle = (len(factors) + 1) // 2
            first, second = t.Product(factors[:middle]), t.Product(factors[middle:])
            parts = [tree_latex(part if len(part.factors) > 1 else part.factors[0]) for part in (first, second)]
            return rf"\begin{{aligned}}[t]&{parts[0]}\\&\quad{{}}\cdot{parts[1]}\end{{aligned}}"
        case t.Marked(body=body):
            return broken(body)
    return tree_latex(formula)
