"""Reading a rubric: a TOML file of which every formula is proved to belong to the exercise before anybody is graded.

What is wrong in it is said in a sentence with the value, the place, and the way out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from gradproof.derivations.calculus import Text
from gradproof.derivations.slips import SLIPS
from gradproof.documents import FileProblem
from gradproof.documents.files import read_text

from ..exercise import Exercise
from ..milestones import Milestone, left_in
from .formulas import BadFormula, formula_milestone
from .items import Deductions, Item, Rubric
from .tables import BadTable, Table

RESULT = "result"
_RESULT = Text("the result", "结果")


class BadRubric(ValueError):  # noqa: N818 - it is said to the grader
    """A rubric that cannot be used; the message says where and why, and what to write instead."""


def read_rubric(path: Path, exercise: Exercise) -> Rubric:
    """The rubric in a TOML file, for an exercise. Raises BadRubric."""
    try:
        return rubric_of(tomllib.loads(read_text(path), parse_float=Fraction), exercise)
    except (FileProblem, tomllib.TOMLDecodeError, BadTable) as problem:
        raise BadRubric(f"{path.name}: {problem}") from problem


def rubric_of(data: dict[str, Any], exercise: Exercise) -> Rubric:
    """The rubric that a table says. Raises BadTable."""
    table = Table(data, "the rubric", ("title", "carried_forward", "deductions", "items"))
    rows = table.rows("items")
    if not rows:
        raise BadTable("the rubric has no items; write [[items]] with points and reach = …")
    items: list[Item] = []
    for number, row in enumerate(rows, start=1):
        items.append(_item(Table(row, f"item {number}", ("reach", "step", "points", "text", "written")), exercise))
    _told_apart(items, exercise)
    return Rubric(
        table.text("title", exercise.title),
        tuple(items),
        _deductions(table),
        table.flag("carried_forward", True),
    )


def with_rubric(exercise: Exercise, rubric: Rubric) -> Exercise:
    """The exercise for which submissions are compared with the milestones of a rubric."""
    return replace(exercise, milestones=rubric.milestones)


def _item(table: Table, exercise: Exercise) -> Item:
    points = table.points("points")
    if points == 0:
        raise BadTable(f"{table.place}: points = 0 gives nothing; write a number above 0")
    written = table.flag("written", False)
    reach, step = table.words("reach"), table.words("step")
    if (reach is None) == (step is None):
        raise BadTable(
            f'{table.place} needs either reach = \'a formula\', reach = "result", or step = "the name of a line"'
        )
    if step is not None:
        found, text = _stage(step, exercise, table)
    elif reach == RESULT:
        found, text = Milestone(exercise.statement, exercise.forms[0]), _RESULT
    else:
        assert reach is not None
        try:
            found, text = formula_milestone(reach, exercise), Text(f"{reach}", f"{reach}")
        except BadFormula as problem:
            raise BadTable(f"{table.place}: reach = '{reach}' {problem}") from problem
    named = "text" in table.data
    formula = reach is not None and reach != RESULT and not named
    return Item(table.text("text", text), points, replace(found, written=written), formula)


def _stage(step: str, exercise: Exercise, table: Table) -> tuple[Milestone, Text]:
    for stage in exercise.stages:
        if step == stage.id or step in (rule.name for rule in stage.rules):
            en, zh = ("; ".join(r.text.en for r in stage.rules), "；".join(r.text.zh for r in stage.rules))
            return Milestone(exercise.statement, stage.formula), Text(en or stage.id, zh or stage.id)
    if not exercise.stages:
        raise BadTable(f"{table.place}: step = \"{step}\", but {exercise.name} has no steps; write reach = 'a formula'")
    names = ", ".join(
        f"{stage.id} ({', '.join(rule.name for rule in stage.rules)})" if stage.rules else stage.id
        for stage in exercise.stages
    )
    raise BadTable(f'{table.place}: step = "{step}" is no step of {exercise.name}; its steps are {names}')


def _told_apart(items: list[Item], exercise: Exercise) -> None:
    """Two items that every line reaches together are a mistake in the rubric."""
    seen: dict[object, int] = {}
    for number, item in enumerate(items, start=1):
        each = item.milestone
        key = (each.question, each.goal if each.written else left_in(each.goal), each.written)
        if key in seen:
            raise BadTable(
                f"item {number} asks for no more than item {seen[key]}: a line that reaches one has reached the other; "
                "join them, or ask for the form with written = true"
            )
        if each.question == exercise.statement and not each.written and not _asks(each, exercise):
            raise BadTable(f"item {number} is reached by the question itself; name a line in which something is done")
        seen[key] = number


def _asks(milestone: Milestone, exercise: Exercise) -> bool:
    """Whether a milestone is more than the question."""
    return bool(milestone.goal != exercise.statement)


def _deductions(table: Table) -> Deductions | None:
    found = table.table("deductions", ("points", "count", "slips"))
    if found is None:
        return None
    count = found.words("count") or "first"
    if count not in ("first", "each"):
        raise BadTable(f'deductions: count = "{count}" is neither "first" (wrong line) nor "each" (wrong line)')
    return Deductions(found.points("points"), count == "each", dict(_slips(found)))


def _slips(table: Table) -> Iterator[tuple[str, Fraction]]:
    names = tuple(slip.name for slip in SLIPS)
    found = table.table("slips", names)
    if found is not None:
        for name in found.data:
            yield name, found.points(name)
