"""The claims of a derivation: what has to be true of it.

Two adjacent lines are a claim each, so that the first wrong line is found; then statement and result, result and
textbook, and every promise that a defined tensor makes.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, S

from gradproof.derivations.calculus import Derivation, Partial, Relation, Sum, Tensor, definitions_in

from .check import RESULT, TEXTBOOK, TORCH
from .claim import Claim


def claims(derivation: Derivation) -> Iterator[Claim]:
    """The claims of a derivation without its branches; see `check.claims_of`."""
    name, given = derivation.name, derivation.given
    margins: list[Expr] = []  # what each estimate gave away: a certificate of the whole
    for step in derivation.steps:
        uses = (*step.uses, *_differentiated(step.before), *_differentiated(step.after))
        margin = step.after - step.before if step.relation is Relation.AT_MOST else None
        margins += [] if margin is None else [margin]
        used = tuple(dict.fromkeys(uses))
        yield Claim(f"{name}:{step.id}", step.before, step.relation, step.after, given, used, margin)
    if derivation.steps:
        relation, certificate = (Relation.AT_MOST, Add(*margins)) if margins else (Relation.EQUAL, None)
        yield Claim(name + RESULT, derivation.statement, relation, derivation.result, given, certificate=certificate)
    if derivation.textbook is not None:
        yield Claim(name + TEXTBOOK, derivation.result, Relation.EQUAL, derivation.textbook, given)
    for tensor in _promised(derivation):
        formal, body = tensor.definition
        yield Claim(f"{name}:sum of {tensor.name}", Sum(body, formal[-1]), Relation.EQUAL, S.One)


def torch_claim(derivation: Derivation) -> Claim:
    """What Torch computes with the operation that a derivation names is the result."""
    at_most = any(step.relation is Relation.AT_MOST for step in derivation.steps)
    relation = Relation.AT_MOST if at_most else Relation.EQUAL
    statement, result, given = derivation.statement, derivation.result, derivation.given
    return Claim(derivation.name + TORCH, statement, relation, result, given, operation=derivation.operation)


def _promised(derivation: Derivation) -> list[Tensor]:
    """The defined tensors that are declared to sum to 1: every line may use it, so it is a claim."""
    sides = [derivation.statement, *(step.after for step in derivation.steps)]
    found = dict.fromkeys(tensor for side in sides for tensor in definitions_in(side))
    return [tensor for tensor in found if tensor.domain.sums_to_one]


def _differentiated(expression: Expr) -> tuple[Tensor, ...]:
    """The defined tensors under a derivative. Taken as mere data their derivative would be 0 on both sides, and the
    claim would say nothing."""
    found = dict.fromkeys(t for part in expression.atoms(Partial) for t in definitions_in(part.expression))
    return tuple(sorted(found, key=lambda tensor: str(tensor.name)))
