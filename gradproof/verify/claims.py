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
    estimates: list[Expr] = []  # what each estimate gave away: together a certificate of the whole
    for step in derivation.steps:
        uses = (*step.uses, *_differentiated(step.before), *_differentiated(step.after))
        used = tuple(dict.fromkeys(uses))
        yield Claim(f"{name}:{step.id}", step.before, step.relation, step.after, given, used, step.certificate)
        if step.relation is not Relation.EQUAL:
            larger, smaller = step.relation.larger(step.before, step.after)
            estimates.append(larger - smaller if step.certificate is None else step.certificate)
    if derivation.steps:
        sides, certificate = (derivation.statement, derivation.relation, derivation.result), Add(*estimates)
        yield Claim(name + RESULT, *sides, given, certificate=certificate if estimates else None)
    if derivation.textbook is not None:
        yield Claim(name + TEXTBOOK, derivation.result, Relation.EQUAL, derivation.textbook, given)
    for tensor in _promised(derivation):
        formal, body = tensor.definition
        yield Claim(f"{name}:sum of {tensor.name}", Sum(body, formal[-1]), Relation.EQUAL, S.One)


def torch_claim(derivation: Derivation) -> Claim:
    """What Torch computes with the operation that a derivation names is the result."""
    sides = (derivation.statement, derivation.relation, derivation.result)
    return Claim(derivation.name + TORCH, *sides, derivation.given, operation=derivation.operation)


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
