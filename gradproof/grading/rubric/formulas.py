"""Formulas of rubrics and of exercises that graders write: read, and proved to be equal to what is asked."""

from __future__ import annotations

from sympy import Expr

from gradproof.derivations.meaning import Glossary, Problem, declared
from gradproof.derivations.meaning.references import Unindexable
from gradproof.derivations.notation.reading import Macros, Statement, Unread, read
from gradproof.derivations.notation.reading.syntax import Chain, Node

from ..exercise import Exercise, related
from ..judge import EQUALITIES, Judge
from ..milestones import Milestone
from ..said import translated, variables_of
from ..status import LineStatus


class BadFormula(ValueError):  # noqa: N818 - it is said to the grader
    """A formula that cannot be used; the message goes on from the formula: "is not equal to …"."""


def formula_milestone(text: str, exercise: Exercise) -> Milestone:
    """The milestone that a formula names: a form of what is asked, or an equation. Raises BadFormula."""
    glossary, macros = declared(exercise.declarations)
    question = exercise.question(tuple(str(index.name) for index in exercise.letters))
    members = read_members(text, macros)
    if len(members) > 2:
        raise BadFormula("has more than one sign of equality; write a formula, or one equation")
    left = question if len(members) == 1 else members[0]
    one, other = equal_sides(left, members[-1], glossary)
    if len(members) == 2:
        try:
            asked = related(question, left, glossary, Judge(explain=False)).status is LineStatus.PROVED
        except (Problem, Unindexable, ValueError):
            asked = False
        if not asked:
            return Milestone(one, other, beside=True)
        one, other = equal_sides(question, members[-1], glossary)
    return Milestone(exercise.statement, other)


def read_members(text: str, macros: Macros) -> list[Node]:
    """The members of the one formula of a text. Raises BadFormula."""
    parts = list(read(text, macros=macros))
    for part in parts:
        if isinstance(part, Unread):
            raise BadFormula(f"could not be read: column {part.span.start + 1}: {part.message}")
    if len(parts) != 1 or not isinstance(parts[0], Statement):
        raise BadFormula("is not one formula")
    formula = parts[0].formula
    if not isinstance(formula, Chain):
        return [formula]
    members = [member for member in formula.members if member is not None]
    if len(members) != len(formula.members) or not set(formula.signs) <= EQUALITIES:
        raise BadFormula("is no equation; write both sides with = between them")
    return members


def equal_sides(left: Node, right: Node, glossary: Glossary) -> tuple[Expr, Expr]:
    """Both sides as expressions, once they are proved to be equal. Raises BadFormula."""
    own = glossary.copy()
    try:
        report = related(left, right, own, Judge(explain=False))
        if report.status is LineStatus.PROVED:
            said = translated(left, right, glossary.copy(), variables_of(left, own) | variables_of(right, own))
    except (Problem, Unindexable, ValueError) as problem:
        raise BadFormula(f"is not understood: {problem}") from problem
    if report.status is LineStatus.REFUTED:
        raise BadFormula(f"does not equal what is asked: {report.counterexample}")
    if report.status is not LineStatus.PROVED:
        said_of = report.reason or report.status.value
        raise BadFormula(f"is not proved to equal what is asked: {said_of}")
    if len(said.pairs) != 1:
        raise BadFormula("is an array given by its parts; write it with indices")
    return said.pairs[0]
