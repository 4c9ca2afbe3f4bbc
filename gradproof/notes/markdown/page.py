"""A chapter as a page of Markdown.

MyST and Quarto write boxes and links within a page each in its own way, and each shows the other's as text. So a box is
a quotation that begins in bold, and an entry is named instead of linked: both show these, and so does everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..changes import unmarked
from ..latex.pieces import relation_latex
from ..measure import width
from ..parts import Exercise, Numbers, Picture
from ..tree import Chapter, Row, Section, Steps
from ..wording import MARKS, verdict_label, words
from .text import block, inline, plain, prose, quoted, said, table

#: Formulas that are wider than this, in letters, are broken.
_WIDE = 60.0


def markdown(chapter: Chapter, language: str, figures: str = "figures") -> str:
    """The page. Its figures are files in the folder `figures` beside it, named by `picture_file`."""
    parts = [f"# {plain(chapter.title)}"]
    for section in chapter.sections:
        parts += _section(section, language, figures)
    exercises = [exercise for section in chapter.sections for exercise in section.exercises]
    if exercises:
        parts.append(f"## {plain(words('solutions', language))}")
        for exercise in exercises:
            parts += _solution(exercise)
    return "\n\n".join(parts) + "\n"


def picture_file(picture: Picture) -> str:
    return f"{picture.name.replace('_', '-')}.svg"


def _section(section: Section, language: str, figures: str) -> Iterator[str]:
    yield f"## {section.number} {said(section.title)}"
    yield "\n".join(f"- {MARKS[badge.verdict]} {prose(badge.text)}" for badge in section.badges)
    for counterexample in section.counterexamples:
        yield "\n".join(quoted([f"**{plain(words('counterexample', language))}.** {plain(counterexample)}"]))
    yield "\n".join(quoted(_result(section, language)))
    if section.conditions:
        conditions = words("separator", language).join(map(prose, section.conditions))
        yield f"**{words('conditions', language)}**{words('colon', language)}{conditions}{words('stop', language)}"
    heads = (plain(words(key, language)) for key in ("symbol", "meaning", "domain", "shape"))
    rows = ((inline(row.symbol), prose(row.meaning), plain(row.domain), prose(row.shape)) for row in section.symbols)
    yield "\n".join(table(heads, rows))
    if section.ranges:
        yield prose(section.ranges)
    if section.definitions:
        yield f"### {plain(words('definitions', language))}"
        yield from map(block, section.definitions)
    for picture in section.pictures:
        yield f"![{plain(picture.alternative)}]({figures}/{picture_file(picture)})"
        yield f"*{said(picture.caption)}*"
    yield f"### {plain(words('derivation', language))}"
    yield from _steps(section.steps, language)
    for case in section.cases:
        yield f"### {plain(words('case', language)).replace(plain('{condition}'), prose(case.condition))}"
        yield from _steps(case.steps, language)
    if section.textbook:
        mark = section.textbook.mark
        yield f"### {plain(words('textbook', language))}"
        yield f"{MARKS[mark.verdict]} {plain(mark.label)}"
        yield block(section.textbook.formula)
    yield from map(said, section.remarks)
    if section.example:
        yield from _numbers(section.example, language)
    for listing in section.listings:
        yield f"### {plain(words('code', language))} ({plain(listing.caption)})"
        yield f"```python\n{listing.source}\n```"
    if section.mistakes:
        yield "\n".join(quoted(_mistakes(section, language)))
    for exercise in section.exercises:
        yield from _exercise(exercise, language)
    yield " · ".join((f"`{section.name}`", *map(plain, section.sources)))


def _result(section: Section, language: str) -> Iterator[str]:
    yield f"**{plain(words('result', language))}**"
    yield block(section.result)
    for form in section.matrix:
        if form.layout:
            yield f"{plain(form.layout)}{words('colon', language)}"
        yield block(form.formula)


def _steps(steps: Steps, language: str) -> Iterator[str]:
    yield block(steps.statement)
    last = len(steps.rows) - 1
    for place, row in enumerate(steps.rows):
        yield f"**{row.id}** {MARKS[row.mark.verdict]} {_reason(row, language)}"
        formula = unmarked(row.formula) if place == last else row.formula
        yield block(formula, relation_latex(row.relation), width(formula) > _WIDE)


def _reason(row: Row, language: str) -> str:
    separator = words("separator", language)
    reason = said(separator.join(row.reasons))
    if row.lemmas:
        reason += words("colon", language) + separator.join(said(lemma.text) for lemma in row.lemmas)
    return f"{reason} ({plain(row.mark.label)})"


def _numbers(numbers: Numbers, language: str) -> Iterator[str]:
    yield f"### {plain(words('example', language))}"
    yield prose(numbers.given) + prose(numbers.value)
    yield "\n".join(table(map(prose, numbers.heads), (map(plain, row) for row in numbers.rows)))
    yield said(numbers.note)


def _mistakes(section: Section, language: str) -> Iterator[str]:
    yield f"**{plain(words('mistakes', language))}**"
    for mistake in section.mistakes:
        verdict = plain(verdict_label(mistake.verdict, language))
        yield f"{said(mistake.text)} {MARKS[mistake.verdict]} {verdict}"
        yield block(mistake.formula, wide=width(mistake.formula) > _WIDE)
        yield prose(mistake.exposed)


def _exercise(exercise: Exercise, language: str) -> Iterator[str]:
    number = plain(words("exercise", language).format(number=exercise.number))
    yield f"### {number} {said(exercise.title)}"
    yield prose(exercise.task)
    yield block(exercise.statement, wide=width(exercise.statement) > _WIDE)
    for line in exercise.lines:
        yield f"({line.id})"
        yield block(line.formula, relation_latex(line.relation), width(line.formula) > _WIDE)


def _solution(exercise: Exercise) -> Iterable[str]:
    yield f"**{exercise.number}** {prose(exercise.solution.text)}"
    if exercise.solution.formula is not None:
        yield block(exercise.solution.formula, wide=width(exercise.solution.formula) > _WIDE)
