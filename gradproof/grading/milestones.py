"""Milestones: what must be reached for points, and how far a line has come towards it.

Every right line of a derivation has the same value, that of the question, so a value says nothing about progress. What
does is which derivatives are still to be carried out, and in which names a line is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from sympy import Expr, preorder_traversal

from gradproof.derivations.calculus import (
    Condition,
    Dim,
    Entry,
    Index,
    Limit,
    Partial,
    Relation,
    Tensor,
    definitions_in,
    free_indices,
)
from gradproof.derivations.calculus.lines import expand_definitions
from gradproof.derivations.calculus.rewriting import rewrite
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Verdict

from .deciding import LITTLE


class Shows(Enum):
    """Whether a line has come as far as a milestone; MAYBE is for a person to decide."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Milestone:
    """What must be reached.

    question  the left side: that of the exercise, or one of its own, such as ∂S/∂z_j
    goal      a right side that is proved equal to it
    written   whether a line must be written in the form of the goal, not only have come as far
    beside    whether it asks another question than the exercise
    """

    question: Expr
    goal: Expr
    written: bool = False
    beside: bool = False

    def shown_by(self, member: Expr, right: bool, given: tuple[Condition, ...] = (), seed: int = 0) -> Shows:
        """Whether a member has come as far.

        right  whether the member is known to equal the question. Otherwise only the form can be compared: which
               derivatives are left in it, and which names it is written in.
        """
        far = self._far(member)
        if far is Shows.NO or not self.written:
            return far
        if right:
            return self._written_by(member, given, seed)
        return far if _names(member) <= _names(self.goal) else Shows.NO

    def _far(self, member: Expr) -> Shows:
        """Whether no derivative is left but those that the goal leaves as well."""
        left, allowed = left_in(member), left_in(self.goal)
        if left <= allowed:
            return Shows.YES
        if not allowed or any(_same_work(partial, self.question) for partial in left - allowed):
            return Shows.NO
        return Shows.MAYBE

    def _written_by(self, member: Expr, given: tuple[Condition, ...], seed: int) -> Shows:
        """Whether both are equal even if the names and derivatives of the goal could be anything."""
        keep = frozenset(str(tensor.name) for tensor in _tensors(self.goal) if tensor.definition is not None)
        one, other = _unknown(member, keep), _unknown(self.goal, keep)
        claim = Claim("written", one, Relation.EQUAL, other, given)
        verdict = check(claim, seed=seed, budget=LITTLE).verdict
        if verdict.ok:
            return Shows.YES
        return Shows.NO if verdict is Verdict.REFUTED else Shows.MAYBE


def left_in(expression: Expr) -> frozenset[Expr]:
    """The derivatives and limits that are still to be carried out, up to the letters of their indices."""
    bodies = (expression, *(tensor.definition[1] for tensor in definitions_in(expression)))
    return frozenset(anonymous(each)[0] for body in bodies for each in body.atoms(Partial, Limit))


def _same_work(partial: Expr, question: Expr) -> bool:
    """Whether a derivative is that of the question itself, perhaps with a definition put in: nothing is done yet."""
    if not isinstance(question, Partial) or not isinstance(partial, Partial):
        return False
    one, other = (
        anonymous(Partial(expand_definitions(each.expression, each.by.tensor), each.by))[0]
        for each in (partial, question)
    )
    return bool(one == other)


def anonymous(expression: Expr) -> tuple[Expr, tuple[Index, ...]]:
    """The expression with its free indices named by their order, and these indices.

    Of the tensors only names and sizes are left: whoever compares two texts has seen that the names mean the same.
    """
    free = free_indices(expression)
    met = dict.fromkeys(part for part in preorder_traversal(expression) if isinstance(part, Index) and part in free)
    table: dict[Expr, Expr] = {index: Index(f"_{place}~", index.dim) for place, index in enumerate(met)}
    table |= {tensor: Tensor(str(tensor.name), *tensor.dims) for tensor in expression.atoms(Tensor)}
    return expression.xreplace(table), tuple(met)


def _unknown(expression: Expr, keep: frozenset[str]) -> Expr:
    """The expression in which these names and all derivatives stand for anything; other definitions are put in."""

    def visit(part: Expr) -> Expr:
        if isinstance(part, Partial):
            shape, indices = anonymous(part)
            return Entry(Tensor(f"{shape}~", *_dims(indices)), *indices)
        if isinstance(part, Entry) and part.tensor.definition is not None:
            if str(part.tensor.name) in keep:
                return Entry(Tensor(f"{part.tensor.name}~", *part.tensor.dims), *part.indices)
            return _unknown(part.tensor.body(*part.indices), keep)
        return part

    return rewrite(expression, visit)


def _dims(indices: tuple[Index, ...]) -> Iterator[Dim]:
    return (index.dim for index in indices)


def _tensors(expression: Expr) -> frozenset[Tensor]:
    """The tensors that stand in an expression itself."""
    return frozenset(entry.tensor for entry in expression.atoms(Entry))


def _names(expression: Expr) -> frozenset[str]:
    return frozenset(str(tensor.name) for tensor in _tensors(expression))
