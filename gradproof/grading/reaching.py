"""Which milestones the members of a chain have reached.

A chain is compared with the milestones of the question that it begins with: that of the exercise, or one that a rubric
asks beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sympy import Expr

from gradproof.derivations.calculus import Condition, Index
from gradproof.derivations.meaning import Glossary, Problem
from gradproof.derivations.meaning.references import Unindexable
from gradproof.derivations.notation.reading.syntax import Node

from .exercise import Exercise
from .milestones import Shows, anonymous
from .said import translated, variables_of
from .standing import Reach, Standing

#: For each relation of a chain: how far it has come towards each milestone, by the place of the milestone.
Reaches = dict[int, dict[int, Reach]]


def beside(exercise: Exercise) -> tuple[Exercise, ...]:
    """The questions that the milestones ask beside that of the exercise, as exercises."""
    questions = dict.fromkeys(each.question for each in exercise.milestones if each.question != exercise.statement)
    return tuple(
        replace(
            exercise,
            statement=question,
            forms=tuple(each.goal for each in exercise.milestones if each.question == question),
        )
        for question in questions
    )


def reaches(
    exercise: Exercise,
    members: list[Node],
    letters: tuple[str, ...],
    standing: Callable[[int], Standing],
    glossary: Glossary,
    seed: int = 0,
) -> Reaches:
    """What each relation of a chain shows that begins with the question of `exercise` in these letters.

    standing  how the member behind a relation stands to the question
    """
    wanted = {place: each for place, each in enumerate(exercise.milestones) if each.question == exercise.statement}
    if not wanted:
        return {}
    question = exercise.question(letters) if letters or not exercise.letters else exercise.as_arrays()
    assert question is not None, "a chain of whole arrays answers a question that has such a form"
    found: Reaches = {}
    for step, member in enumerate(members[1:]):
        stands = standing(step)
        expression, given = _in_letters(exercise, question, member, letters, glossary)
        found[step] = {
            place: Reach(
                Shows.MAYBE
                if expression is None
                else milestone.shown_by(expression, stands is Standing.RIGHT, given, seed),
                stands,
            )
            for place, milestone in wanted.items()
        }
    return found


def _in_letters(
    exercise: Exercise, question: Node, member: Node, letters: tuple[str, ...], glossary: Glossary
) -> tuple[Expr | None, tuple[Condition, ...]]:
    """A member in the letters of the exercise, and the conditions on it; None if it has no such form."""
    own = glossary.copy()
    try:
        said = translated(question, member, own, variables_of(question, own))
    except (Problem, Unindexable, ValueError):
        return None, ()
    if len(said.pairs) != 1:
        return None, ()
    asked, wrote = said.pairs[0]
    if letters:
        names = {Index(other, index.dim): index for index, other in zip(exercise.letters, letters, strict=True)}
    else:
        (shape, theirs), (wanted, ours) = anonymous(asked), anonymous(exercise.statement)
        if shape != wanted:
            return None, ()
        names = dict(zip(theirs, ours, strict=True))
    return wrote.xreplace(names), said.given
