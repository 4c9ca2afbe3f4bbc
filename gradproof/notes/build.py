"""From derivations and reports to the document tree."""

from __future__ import annotations

import inspect
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from gradproof.derivations.calculus import Condition, Derivation, Entry, Equal, Partial, Step, Translation
from gradproof.derivations.catalogue import UnknownDerivation, find
from gradproof.derivations.notation import (
    Layout,
    ReferenceUnavailableError,
    Untranslatable,
    UnwritableNameError,
    derivation_reference_latex,
    display,
    tree,
)
from gradproof.verify.check import TEXTBOOK
from gradproof.verify.verdict import Report, Verdict

from .code import code_lines
from .conditions import condition_prose
from .figures import available
from .graph import computation_graph
from .lessons import Lesson
from .lines import ShownLine, lines_of
from .matrices import layout_note, matrix_forms
from .misread import often_misread
from .numbering import numbered
from .stability import measured, stability_table
from .symbols import Letters, definitions, letters, ranges, symbol_table
from .teaching import exercises, mistakes, noted_once, numbers, pictures, refuted
from .tree import Case, Chapter, Document, Listing, Prose, Reference, Row, Section, Stability, Steps, Textbook
from .verdicts import Findings, badges, checked, findings
from .wording import LANGUAGES, words

Reports = Mapping[str, Sequence[Report]]


def build(
    derivations: Iterable[Derivation],
    reports: Reports,
    language: str,
    title: str = "",
    lessons: Mapping[str, Lesson] | None = None,
    layout: Layout | None = None,
) -> Document:
    """The notes about these derivations, in the chapters of the catalogue and with its numbers (see `numbering`).

    reports    by the name of the derivation; a derivation without reports is shown as not checked
    lessons    by the name of the derivation; one without has no mistakes, exercises, worked example and figures
    layout     of the matrix forms; None shows both where they differ
    Raises ValueError for a language that there is not, ForeignReportError for a report on other formulas.
    """
    if language not in LANGUAGES and not isinstance(language, Translation):
        raise ValueError(f"there are no notes in {language!r}; the languages are {', '.join(LANGUAGES)}")
    chosen = tuple(derivations)
    taught = lessons or {}
    groups = numbered(chosen)
    entries = {
        derivation.name: Reference(derivation.name, f"{number} {derivation.title.in_language(language)}")
        for group in groups
        for number, derivation in group.entries
    }
    chapters = []
    counts: Counter[Verdict | None] = Counter()
    for group in groups:
        sections = []
        for number, derivation in group.entries:
            found = findings(derivation, reports.get(derivation.name, ()))
            counts.update(found.verdict(claim) for claim in found.reports)
            lesson = taught.get(derivation.name, Lesson())
            sections.append(_section(derivation, found, lesson, number, language, entries, layout))
        anchor, heading = f"chapter-{group.name}", group.title.in_language(language)
        misread = often_misread([derivation for _, derivation in group.entries], language)
        chapters.append(Chapter(group.number, group.name, anchor, heading, misread, tuple(noted_once(sections))))
    used = [report for derivation in chosen for report in reports.get(derivation.name, ())]
    return Document(
        language=language,
        title=title or words("title", language),
        subtitle=words("subtitle", language),
        chapters=tuple(chapters),
        counts=tuple((verdict, counts[verdict]) for verdict in (*Verdict, None) if counts[verdict]),
        checked=checked(used),
        refuted=sum(refuted(taught[derivation.name]) for derivation in chosen if derivation.name in taught),
        undrawn=bool(taught) and not available(),
    )


def _section(
    derivation: Derivation,
    found: Findings,
    lesson: Lesson,
    number: str,
    language: str,
    entries: Mapping[str, Reference],
    layout: Layout | None,
) -> Section:
    chosen = letters(derivation)
    return Section(
        name=derivation.name,
        anchor=derivation.name,
        number=number,
        title=derivation.title.in_language(language),
        badges=badges(derivation, found, language),
        result=tree.Relation(
            display(derivation.statement, letters=chosen),
            derivation.relation.value,
            display(derivation.result, letters=chosen),
        ),
        matrix=matrix_forms(derivation, language, layout),
        conditions=tuple(condition_prose(condition, language) for condition in derivation.given),
        symbols=symbol_table(derivation, language),
        ranges=_ranges(derivation, language),
        definitions=definitions(derivation, chosen),
        steps=_steps(derivation, derivation, found, language, entries),
        cases=tuple(_case(derivation, branch, found, language, entries) for branch in derivation.branches),
        textbook=_textbook(derivation, found, chosen, language),
        stability=_stability(derivation, lesson, language),
        remarks=tuple(remark.in_language(language) for remark in derivation.remarks),
        listings=_listings(derivation, language),
        sources=derivation.sources,
        counterexamples=found.counterexamples(language),
        graph=computation_graph(derivation),
        pictures=pictures(lesson, language),
        example=numbers(derivation, lesson.example, chosen, language) if lesson.example else None,
        code=code_lines(derivation),
        mistakes=mistakes(derivation, lesson, chosen, language),
        exercises=exercises(derivation, lesson, chosen, number, language) if lesson != Lesson() else (),
    )


def _ranges(derivation: Derivation, language: str) -> Prose:
    """Which values the indices take, and what stands where in the derivative as a whole."""
    first, second = ranges(derivation, language), layout_note(derivation, language)
    return (*first, *((" ",) if first and second and language != "zh" else ()), *second)


def _stability(derivation: Derivation, lesson: Lesson, language: str) -> Stability | None:
    """The table of a stable form, measured now where no lesson brings it."""
    if not derivation.stable:
        return None
    return stability_table(lesson.stability or measured(derivation), language)


def _steps(
    part: Derivation, whole: Derivation, found: Findings, language: str, entries: Mapping[str, Reference]
) -> Steps:
    lines = lines_of(part, whole)
    rows = (
        _row(part.name, step, shown, found, language, entries)
        for step, shown in zip(part.steps, lines.steps, strict=True)
    )
    return Steps(lines.statement, tuple(rows))


def _elsewhere(lemma: str, language: str) -> Reference:
    """An entry that is not in this document, by its title; a derivation that is no entry, by its name in words."""
    try:
        return Reference("", find(lemma).title.in_language(language))
    except UnknownDerivation:
        return Reference("", lemma.replace("_", " "))


def _row(
    name: str, step: Step, shown: ShownLine, found: Findings, language: str, entries: Mapping[str, Reference]
) -> Row:
    known = dict.fromkeys(lemma.partition(".")[0] for lemma in step.lemmas)
    lemmas = tuple(entries.get(lemma) or _elsewhere(lemma, language) for lemma in known)
    return Row(
        id=step.id,
        relation=step.relation.value,
        cancelled=shown.cancelled,
        formula=shown.formula,
        reasons=tuple(dict.fromkeys(rule.text.in_language(language) for rule in step.rules)),
        lemmas=lemmas,
        mark=found.mark(f"{name}:{step.id}", language),
    )


def _case(
    derivation: Derivation,
    branch: Derivation,
    found: Findings,
    language: str,
    entries: Mapping[str, Reference],
) -> Case:
    label = branch.name.rpartition(".")[2]
    condition = condition_prose(_case_condition(derivation, branch), language)
    steps = _steps(branch, derivation, found, language, entries)
    return Case(f"{derivation.name}-{label}", condition, steps)


def _case_condition(derivation: Derivation, branch: Derivation) -> Condition:
    """i ≠ j or x > 0 is a condition of the branch; i = j is written into its statement, which lacks an index."""
    for condition in branch.given:
        if condition not in derivation.given:
            return condition
    gone = next(index for index in derivation.indices if index not in branch.indices)
    return Equal(next(index for index in branch.indices if index.dim == gone.dim), gone)


def _textbook(derivation: Derivation, found: Findings, chosen: Letters, language: str) -> Textbook | None:
    """The form of textbooks where it reads otherwise than the last line."""
    if derivation.textbook is None:
        return None
    formula = display(derivation.textbook, letters=chosen)
    if formula == display(derivation.result, letters=chosen):
        return None
    whole = tree.Relation(display(derivation.statement, letters=chosen), derivation.relation.value, formula)
    return Textbook(whole, found.mark(derivation.name + TEXTBOOK, language))


def _listings(derivation: Derivation, language: str) -> tuple[Listing, ...]:
    """The reference by hand; a bound such as 1/4, the same for all data, is no program that anybody needs."""
    constant = not isinstance(derivation.statement, Partial) and not derivation.result.has(Entry)
    if derivation.reference is None or constant:
        return ()
    source = textwrap.dedent(inspect.getsource(derivation.reference)).strip()
    return (Listing(words("reference_code", language), source, _mathematics(derivation)),)


def _mathematics(derivation: Derivation) -> str:
    """The reference function read as mathematics, where that loses nothing and latexify is here."""
    try:
        return derivation_reference_latex(derivation)
    except (Untranslatable, ReferenceUnavailableError, UnwritableNameError):
        return ""
