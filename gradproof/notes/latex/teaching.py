"""Mistakes, worked example, exercises, code and pictures in LaTeX, with the macros of the preamble."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradproof.derivations.notation import tree_latex

from ..parts import CodeLine, Exercise, Mistake, Numbers, Picture
from ..pdf import FIGURES
from ..tree import Section
from ..wording import verdict_label, words
from .pieces import COLOURS, broken, glyph, prose_latex, relation_latex
from .text import plain, prose


def pictures_latex(section: Section, language: str) -> Iterator[str]:
    """A figure is left out where its file is not beside the document."""
    for place, picture in enumerate(section.pictures, start=1):
        number = section.number if len(section.pictures) == 1 else f"{section.number}-{place}"
        head = plain(words("figure", language).format(number=number))
        file = f"{FIGURES}/{picture_file(picture)}"
        yield rf"\gppicture{{{file}}}{{{head}}}{{{prose(picture.caption)}}}{{{plain(picture.alternative)}}}"


def picture_file(picture: Picture) -> str:
    return f"{picture.name.replace('_', '-')}.pdf"


def numbers_latex(numbers: Numbers, language: str) -> Iterator[str]:
    head = rf"\gprunin{{{plain(words('example', language))}}}\quad "
    point = prose_latex((*numbers.given, *numbers.value))
    yield rf"\par\addvspace{{.7em}}{{\raggedright {head}{point}\par}}\nobreak"
    indices = len(numbers.heads) - sum(1 for head in numbers.heads if isinstance(head[0], str))
    columns = "c" * indices + "r" * (len(numbers.heads) - indices)
    yield rf"{{\centering\small\begin{{tabular}}{{@{{}}{columns}@{{}}}}\toprule"
    yield " & ".join(map(prose_latex, numbers.heads)) + r"\\\midrule"
    for row in numbers.rows:
        yield " & ".join(map(plain, row)) + r"\\"
    yield r"\bottomrule\end{tabular}\par}"
    if numbers.note:
        yield rf"\nobreak\gpsmall{{{prose(numbers.note)}}}"


def code_latex(lines: tuple[CodeLine, ...], language: str) -> Iterator[str]:
    yield rf"\gpcodehead{{{plain(words('code_beside', language))}}}{{{plain(words('result_code', language))}}}"
    for line in lines:
        formula = tree_latex(line.formula) if line.formula is not None else ""
        split = broken(line.formula) if line.formula is not None else ""
        yield rf"\gpcodeline{{{_code(line.source)}}}{{{formula}}}{{{split}}}"


def _code(source: str) -> str:
    """Code in a paragraph of typewriter letters, that may break after a comma or an opening bracket."""
    shown = plain(source).replace("-", "{-}").replace('"', r"\textquotedbl{}").replace("'", r"\textquotesingle{}")
    return shown.replace(", ", r",\allowbreak{} ").replace("(", r"(\allowbreak{}")


def mistakes_latex(mistakes: tuple[Mistake, ...], language: str) -> Iterator[str]:
    yield rf"\begin{{gpmistakes}}{{{plain(words('mistakes', language))}}}"
    for mistake in mistakes:
        colour = COLOURS.get(mistake.verdict, "gpred")
        verdict = plain(verdict_label(mistake.verdict, language))
        label = rf"\textcolor{{{colour}}}{{{glyph(mistake.verdict)}\,{verdict}}}"
        yield rf"\item {prose(mistake.text)}\quad{{\footnotesize\sffamily {label}}}"
        formula, split = tree_latex(mistake.formula), broken(mistake.formula)
        yield rf"\gpexposed{{{formula}}}{{{split}}}{{{prose_latex(mistake.exposed)}}}"
    yield r"\end{gpmistakes}"


def exercises_latex(exercises: tuple[Exercise, ...], language: str) -> Iterator[str]:
    """The tasks, in one box; their solutions stand at the end of the chapter."""
    yield rf"\begin{{gpexercises}}{{{plain(words('exercises', language))}}}"
    for exercise in exercises:
        task = prose_latex(exercise.task)
        if not exercise.lines:
            task += rf"\gpasked{{{tree_latex(exercise.statement)}}}{{{broken(exercise.statement)}}}"
        yield rf"\gpexercise{{{plain(exercise.number)}}}{{{plain(exercise.title)}}}{{{exercise.anchor}}}{{{task}}}"
        if exercise.lines:
            yield from _lines(exercise)
    yield r"\end{gpexercises}"


def _lines(exercise: Exercise) -> Iterator[str]:
    yield rf"\begin{{gplines}}{{{tree_latex(exercise.statement)}}}"
    for line in exercise.lines:
        relation = relation_latex(line.relation)
        yield rf"\gpline{{{line.id}}}{{{relation}}}{{{tree_latex(line.formula)}}}{{{broken(line.formula)}}}"
    yield r"\end{gplines}"


def solutions_latex(sections: Iterable[Section], language: str) -> Iterator[str]:
    """The solutions of a chapter, after its last section."""
    exercises = [exercise for section in sections for exercise in section.exercises]
    if not exercises:
        return
    yield rf"\gpsolutions{{{plain(words('solutions', language))}}}"
    for exercise in exercises:
        formula = exercise.solution.formula
        shown, split = ("", "") if formula is None else (tree_latex(formula), broken(formula))
        text = prose_latex(exercise.solution.text)
        number = rf"\hyperref[{exercise.anchor}]{{{plain(exercise.number)}}}"
        yield rf"\gpsolution{{{number}}}{{{text}}}{{{shown}}}{{{split}}}"
