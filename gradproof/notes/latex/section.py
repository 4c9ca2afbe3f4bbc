"""One entry of the catalogue as LaTeX."""

from __future__ import annotations

from collections.abc import Iterator

from gradproof.derivations.notation import tree_latex
from gradproof.derivations.notation.brackets import is_tall
from gradproof.verify.verdict import Verdict

from ..changes import unmarked
from ..tree import Formula, Listing, Prose, Reference, Row, Section, Steps, Symbol
from ..wording import words
from .graph import graph_latex, graph_note
from .pieces import COLOURS, DOT, badge_latex, broken, glyph, mark_latex, prose_latex, relation_latex
from .stability import stability_latex
from .teaching import code_latex, exercises_latex, mistakes_latex, numbers_latex, pictures_latex
from .text import bookmark, plain, prose


def section_latex(section: Section, language: str) -> Iterator[str]:
    yield ""
    yield rf"\gpsection{{{section.number}}}{{{prose(section.title)}}}{{{bookmark(section.title)}}}{{{section.anchor}}}"
    yield rf"\gpbadges{{{''.join(map(badge_latex, section.badges))}}}"
    for counterexample in section.counterexamples:
        head = plain(words("counterexample", language))
        yield rf"\begin{{gpwarning}}\small\textbf{{{head}.}} {plain(counterexample)}\end{{gpwarning}}"
    yield from _result(section)
    if section.conditions:
        conditions = words("separator", language).join(prose_latex(condition) for condition in section.conditions)
        head = plain(words("conditions", language) + words("colon", language))
        yield rf"{{\small\textbf{{\sffamily {head}}}{conditions}{plain(words('stop', language))}\par}}"
    yield from _symbols(section, language)
    yield from pictures_latex(section, language)
    yield rf"\gphead{{{plain(words('derivation', language))}}}"
    yield from steps_latex(section.steps, language)
    for case in section.cases:
        yield rf"\gpcase{{{case_title(case.condition, language)}}}"
        yield from steps_latex(case.steps, language)
    if section.textbook:
        formula, split = tree_latex(section.textbook.formula), broken(section.textbook.formula)
        mark = rf"\quad\text{{{mark_latex(section.textbook.mark)}}}"
        yield rf"\gphead{{{plain(words('textbook', language))}}}"
        yield rf"\gpequation{{{formula}{mark}}}{{{split}{mark}}}"
    if section.stability:
        yield rf"\gphead{{{plain(words('floating_point', language))}}}"
        yield from stability_latex(section.stability, language)
    for remark in section.remarks:
        yield prose(remark) + r"\par"
    if section.example:
        yield from numbers_latex(section.example, language)
    yield from _code(section, language)
    if section.mistakes:
        yield from mistakes_latex(section.mistakes, language)
    if section.exercises:
        yield from exercises_latex(section.exercises, language)
    name = rf"\texttt{{{plain(section.name)}}}"
    yield rf"\gpsmall{{{DOT.join((name, *map(plain, section.sources)))}}}"


def _result(section: Section) -> Iterator[str]:
    boxes = [rf"\gplabelled{{\gpboxed{{{tree_latex(section.result)}}}}}{{}}"]
    boxes += [rf"\gplabelled{{{tree_latex(form.formula)}}}{{{plain(form.layout)}}}" for form in section.matrix]
    yield r"\begin{gpresult}\centering "
    yield r"\hspace{2em plus 2em}\allowbreak ".join(boxes)
    yield r"\end{gpresult}"


def _symbols(section: Section, language: str) -> Iterator[str]:
    """The table of symbols, with the computation graph at its right where there is one, else with the definitions."""
    table, definitions = _table(section, language), _definitions(section, language)
    below = rf"\gpranges{{{prose_latex(section.ranges)}}}" if section.ranges else ""
    if section.graph:
        yield from graph_latex(section.graph)
        below += graph_note(language)
        yield rf"\gpbesidegraph{{{table}}}{{{definitions}}}{{{_in_a_line(section, language)}}}{{{below}}}"
    else:
        yield rf"\gpbeside{{{table}}}{{{definitions}}}{below}"


def _table(section: Section, language: str) -> str:
    heads = " & ".join(plain(words(key, language)) for key in ("symbol", "meaning", "domain", "shape"))
    rows = "".join(_symbol_row(symbol) + "\n" for symbol in section.symbols)
    return rf"\small\begin{{tabular}}{{@{{}}llll@{{}}}}\toprule {heads}\\\midrule {rows}\bottomrule\end{{tabular}}"


def _definitions(section: Section, language: str) -> str:
    """The definitions below one another, under their heading; nothing where there is none."""
    if not section.definitions:
        return ""
    lines = [rf"\gpfit{{.96\linewidth}}{{{tree_latex(each)}}}{{{broken(each)}}}" for each in section.definitions]
    below, head = r"\\[.7em]".join(lines), rf"\gprunin{{{plain(words('definitions', language))}}}"
    return rf"\begin{{tabular}}{{@{{}}l@{{}}}}{head}\\[.5em]{below}\end{{tabular}}"


def _in_a_line(section: Section, language: str) -> str:
    """The definitions in a line, or in as many as they need."""
    if not section.definitions:
        return ""
    equations = [rf"\gplabelled{{{tree_latex(definition)}}}{{}}" for definition in section.definitions]
    head = rf"\gprunin{{{plain(words('definitions', language))}}}\quad "
    shown = r"\hspace{1.6em plus 1em}\allowbreak ".join(equations)
    return rf"\par\addvspace{{.6em}}{{\centering {head}{shown}\par}}"


def _symbol_row(symbol: Symbol) -> str:
    strut = (
        r"\rule[-2.6ex]{0pt}{6.4ex}"
        if any(isinstance(part, Formula) and is_tall(part.tree) for part in symbol.meaning)
        else ""
    )
    name = f"${tree_latex(symbol.symbol)}${strut}"
    meaning = prose_latex(symbol.meaning, r"\displaystyle ")
    cells = (name, meaning, plain(symbol.domain), prose_latex(symbol.shape))
    return " & ".join(cells) + r"\\"


def case_title(condition: Prose, language: str) -> str:
    """The name of a case: "Case i = j"."""
    before, _, after = words("case", language).partition("{condition}")
    return plain(before) + prose_latex(condition) + plain(after)


def steps_latex(steps: Steps, language: str) -> Iterator[str]:
    """The lines, the first one with the statement at its left, the last one in a frame."""
    yield rf"\begin{{gpsteps}}{{{tree_latex(steps.statement)}}}{{{broken(steps.statement)}}}"
    last = len(steps.rows) - 1
    for place, row in enumerate(steps.rows):
        if row.cancelled is not None:
            between, parts = tree_latex(row.cancelled), broken(row.cancelled)
            yield rf"\gprow{{}}{{=}}{{{between}}}{{{parts}}}{{}}{{{prose(words('cancels', language))}}}"
        formula, split = tree_latex(row.formula), broken(row.formula)
        if place == last:
            yield r"\gplast"
            formula, split = (rf"\gpboxed{{{form}}}" for form in (tree_latex(unmarked(row.formula)), split))
        relation = relation_latex(row.relation)
        yield rf"\gprow{{{row.id}}}{{{relation}}}{{{formula}}}{{{split}}}{{{glyph(row.mark.verdict)}}}"
        yield rf"{{{reason_latex(row, language)}}}"
    yield r"\end{gpsteps}"


def reason_latex(row: Row, language: str) -> str:
    """Why a line is right; the verdict in words where it is no proof."""
    mark, separator = row.mark, words("separator", language)
    text = prose(separator.join(row.reasons))
    if row.lemmas:
        text += words("colon", language) + separator.join(map(_reference, row.lemmas))
    if mark.verdict not in (Verdict.PROVED, None):
        text += rf" $\cdot$ \textcolor{{{COLOURS.get(mark.verdict, 'gpred')}}}{{{plain(mark.label)}}}"
    return text


def _reference(reference: Reference) -> str:
    text = prose(reference.text)
    return rf"\hyperref[{reference.anchor}]{{{text}}}" if reference.anchor else text


def _code(section: Section, language: str) -> Iterator[str]:
    """The program beside the formulas, and the one by hand, in one box."""
    if section.code or section.listings:
        yield r"\begin{gpcode}"
        if section.code:
            yield from code_latex(section.code, language)
        for place, listing in enumerate(section.listings):
            if section.code or place:
                yield r"\gpcoderule"
            yield from _listing(listing, language)
        yield r"\end{gpcode}"


def _listing(listing: Listing, language: str) -> Iterator[str]:
    note = plain(listing.caption)
    if listing.mathematics:
        note += rf"\hfill {plain(words('as_mathematics', language))}"
    yield rf"\gpcodehead{{{plain(words('code', language))}}}{{{note}}}"
    yield rf"\begin{{minipage}}[c]{{{'.56' if listing.mathematics else '1'}\linewidth}}"
    yield r"\begin{lstlisting}"
    yield listing.source
    yield r"\end{lstlisting}\end{minipage}"
    if listing.mathematics:
        yield r"\hfill\begin{minipage}[c]{.41\linewidth}"
        yield rf"\gpread{{{listing.mathematics}}}\end{{minipage}}"
