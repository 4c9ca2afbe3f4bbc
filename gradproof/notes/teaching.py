"""What was found beside the lines of an entry, in words: mistakes, worked example, exercises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gradproof.derivations.calculus import Derivation, Partial, Relation
from gradproof.derivations.notation import display, tree
from gradproof.derivations.notation.names import written
from gradproof.verify.verdict import Counterexample

from .lessons import Example, Exposed, Lesson, WrongLine
from .lessons.differences import SECOND_STEP, STEP
from .lessons.mistakes import MOST
from .parts import Exercise, Line, Mistake, Numbers, Picture, Solution
from .points import number, point_prose
from .symbols import Letters, filled
from .tree import Formula, Prose, Section
from .wording import words


def mistakes(derivation: Derivation, lesson: Lesson, letters: Letters, language: str) -> tuple[Mistake, ...]:
    """The mistakes with the result; one is kept for an exercise where there are enough."""
    return tuple(_mistake(derivation, each, letters, language) for each in _shown(lesson))


def _shown(lesson: Lesson) -> tuple[Exposed, ...]:
    return lesson.mistakes[:-1] if len(lesson.mistakes) > 1 else lesson.mistakes[:MOST]


def _asked(lesson: Lesson) -> Exposed | None:
    """The mistake of the exercise."""
    return lesson.mistakes[-1] if len(lesson.mistakes) > 1 else None


def refuted(lesson: Lesson) -> int:
    """How many wrong formulas are shown of an entry."""
    return len(lesson.mistakes) + (lesson.wrong_line is not None)


def _mistake(derivation: Derivation, exposed: Exposed, letters: Letters, language: str) -> Mistake:
    formula = _claimed(derivation, exposed, letters)
    text = _sentence(exposed.slip.text.in_language(language), language)
    sentence = _exposure(exposed.point, language, derivation.relation)
    return Mistake(text, formula, sentence, exposed.report.verdict)


def _sentence(said: str, language: str) -> str:
    """What a slip says, with a full stop, and a capital where it begins with a word rather than with a formula."""
    starts_with_a_word = re.match(r"(?:[a-z]{2,}|a)\b(?![(′])", said) is not None
    return (said[:1].upper() + said[1:] if starts_with_a_word else said) + words("stop", language)


def _claimed(derivation: Derivation, exposed: Exposed, letters: Letters) -> tree.Tree:
    left, right = (display(side, letters=letters) for side in (derivation.statement, exposed.formula))
    return tree.Relation(left, derivation.relation.value, right)


def _exposure(point: Counterexample, language: str, relation: Relation) -> Prose:
    """At which input the right value and the wrong one differ; of an inequality, what both sides are."""
    key = "exposed" if relation is Relation.EQUAL else "exposed_sides"
    where = point_prose(point.sizes, point.indices, point.values, language)
    if not where:
        key += "_everywhere"
    return filled(words(key, language), place=where, right=number(point.lhs), wrong=number(point.rhs))


def numbers(derivation: Derivation, example: Example, letters: Letters, language: str) -> Numbers:
    """The worked example as a table: a row for each entry of the result."""
    given = point_prose(example.sizes, {}, example.values, language)
    value: Prose = ()
    statement = derivation.statement
    if example.value and isinstance(statement, Partial):
        inside = display(statement.expression, letters=letters)
        equation = tree.Relation(inside, "=", number(example.value))
        value = filled(words("example_value", language), equation=equation)
    with_torch = all(place.torch for place in example.places)
    heads: list[Prose] = [(Formula(written(name)),) for name in example.indices]
    heads += [(words(key, language),) for key in ("by_formula", "by_difference")]
    rows = [
        (*map(str, place.at), place.formula, place.difference, *((place.torch,) if with_torch else ()))
        for place in example.places
    ]
    if with_torch:
        heads.append((words("by_torch", language),))
    second = isinstance(statement, Partial) and statement.expression.has(Partial)
    step = f"2{_raised(SECOND_STEP if second else STEP)}"
    note = words("example_note", language).format(step=step)
    return Numbers(filled(words("example_at", language), point=given), value, tuple(heads), tuple(rows), note)


def noted_once(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections of a chapter: what is the same below several tables stands below the first one only."""
    said = set()
    for section in sections:
        example, table = section.example, section.stability
        if example is not None and example.note in said:
            section = replace(section, example=replace(example, note=""))
        if table is not None and table.note in said:
            section = replace(section, stability=replace(table, note=""))
        said |= {each.note for each in (example, table) if each is not None}
        yield section


def _raised(power_of_two: float) -> str:
    exponent = power_of_two.hex().partition("p")[2]
    return exponent.translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+"))


def pictures(lesson: Lesson, language: str) -> tuple[Picture, ...]:
    """The figures with their texts in the language."""
    return tuple(
        Picture(
            figure.name,
            figure.svg,
            figure.pdf,
            figure.caption(language),
            figure.alternative(language),
        )
        for figure in lesson.figures
    )


def exercises(
    derivation: Derivation, lesson: Lesson, letters: Letters, number_: str, language: str
) -> tuple[Exercise, ...]:
    """The exercises of an entry, numbered within its section."""
    found = (
        _derive(derivation, letters, language),
        _find_line(derivation, lesson.wrong_line, letters, language) if lesson.wrong_line else None,
        _find_input(derivation, lesson, letters, language),
    )
    tasks = [each for each in found if each is not None]
    return tuple(
        Exercise(
            anchor=f"{derivation.name}-exercise-{place}",
            number=f"{number_}.{place}",
            title=title,
            task=task,
            statement=statement,
            lines=lines,
            solution=solution,
        )
        for place, (title, task, statement, lines, solution) in enumerate(tasks, start=1)
    )


_Task = tuple[str, Prose, tree.Tree, tuple[Line, ...], Solution]


def _derive(derivation: Derivation, letters: Letters, language: str) -> _Task | None:
    """The derivation itself, with its rules as hints; two lines are too little to find."""
    if len(derivation.steps) < 3:
        return None
    rules = dict.fromkeys(rule.text.in_language(language) for step in derivation.steps for rule in step.rules)
    statement = display(derivation.statement, letters=letters)
    hints = words("separator", language).join(rules)
    task: Prose = (words("task_derive", language).format(hints=hints),)
    asked = tree.Relation(statement, derivation.relation.value, tree.Words("?"))
    first, last = derivation.steps[0].id, derivation.steps[-1].id
    text = (words("solution_derive", language).format(first=first, last=last),)
    result = tree.Relation(statement, derivation.relation.value, display(derivation.result, letters=letters))
    return words("exercise_derive", language), task, asked, (), Solution(text, result)


def _find_line(derivation: Derivation, wrong: WrongLine, letters: Letters, language: str) -> _Task:
    statement = display(derivation.statement, letters=letters)
    lines = tuple(
        Line(str(place), step.relation.value, display(line, letters=letters))
        for place, (step, line) in enumerate(zip(derivation.steps, wrong.lines, strict=False), start=1)
    )
    point, name = wrong.point, str(wrong.place + 1)
    step = derivation.steps[wrong.place]
    where = point_prose(point.sizes, point.indices, point.values, language)
    key = "solution_line" if where else "solution_line_everywhere"
    text = filled(
        words(key, language).replace("{line}", name).replace("{slip}", wrong.slip.text.in_language(language)),
        place=where,
        before=number(point.lhs),
        after=number(point.rhs),
    )
    if wrong.carried:
        text = (*text, words("solution_carried", language))
    text = (*text, words("solution_instead", language))
    right = tree.Relation(tree.Words(""), step.relation.value, display(step.after, letters=letters))
    return words("exercise_line", language), (words("task_line", language),), statement, lines, Solution(text, right)


def _find_input(derivation: Derivation, lesson: Lesson, letters: Letters, language: str) -> _Task | None:
    asked = _asked(lesson)
    if asked is None:
        return None
    task: Prose = (words("task_input", language).format(hint=asked.slip.nudge.in_language(language)),)
    formula = _claimed(derivation, asked, letters)
    slip = words("solution_slip", language).format(slip=asked.slip.text.in_language(language))
    text = (*_exposure(asked.point, language, derivation.relation), slip)
    return words("exercise_input", language), task, formula, (), Solution(text, None)
