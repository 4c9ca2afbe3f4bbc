"""Limits, exactly: at plus or minus infinity and at numbers.

`asymptotics` writes the function with e^t, t and log t, t going to infinity, and reads the limit off the strongest
products. Both sides of a claim are computed; nothing is sampled. Where the strongest products cancel, or a function is
not known there, the claim is left undecided. Functions with parameters are in `limits_with_parameters`.
"""

from __future__ import annotations

from sympy import Add, Expr, Mul, S

from gradproof.derivations.calculus import Entry, Limit, Partial, Relation
from gradproof.derivations.calculus.rewriting import rewrite

from ..asymptotics import Germs
from ..asymptotics.constants import sign
from ..claim import Claim
from ..evaluation import Unsupported
from ..verdict import Budget, Counterexample, Evidence, Verdict
from . import limits_with_parameters
from .algebra import cancelled
from .limits_with_parameters import different_at, parameters


class LimitValue:
    """Evidence for claims about limits: PROVED or REFUTED, by computing the limits exactly."""

    name = "exact limit"

    def supports(self, claim: Claim) -> str:
        if not (claim.lhs.has(Limit) or claim.rhs.has(Limit)):
            return "there is no limit in the claim"
        if claim.relation is not Relation.EQUAL:
            return "only equalities of limits are decided"
        return ""

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence:
        if parameters(claim.lhs) or parameters(claim.rhs):
            return self._with_parameters(claim, seed)
        try:
            left, right = value(claim.lhs), value(claim.rhs)
            equal = left == right or (_finite(left) and _finite(right) and sign(left - right) == 0)
        except Unsupported as reason:
            return Evidence(self.name, Verdict.UNDECIDED, detail=str(reason), seed=seed)
        if equal:
            return Evidence(self.name, Verdict.PROVED, scope="exactly", detail=f"both are {left}", seed=seed)
        found = Counterexample({}, {}, _approached(claim), str(left), str(right))
        return Evidence(self.name, Verdict.REFUTED, scope="exactly", seed=seed, counterexample=found)

    def _with_parameters(self, claim: Claim, seed: int) -> Evidence:
        try:
            left, right = (limits_with_parameters.value(side, _unfold) for side in (claim.lhs, claim.rhs))
        except Unsupported as reason:
            return Evidence(self.name, Verdict.UNDECIDED, detail=str(reason), seed=seed)
        if cancelled(left - right) == 0:
            scope = "every value of the variables"
            return Evidence(self.name, Verdict.PROVED, scope=scope, detail=f"both are {left}", seed=seed)
        point = different_at(claim, left, right)
        if point is None:
            return Evidence(self.name, Verdict.UNDECIDED, detail=f"{left} and {right} may differ", seed=seed)
        values = {str(entry): str(number) for entry, number in point.items()} | _approached(claim)
        found = Counterexample({}, {}, values, str(left.xreplace(point)), str(right.xreplace(point)))
        return Evidence(self.name, Verdict.REFUTED, scope="exactly", seed=seed, counterexample=found)


def _approached(claim: Claim) -> dict[str, str]:
    limit = next(iter(claim.lhs.atoms(Limit) | claim.rhs.atoms(Limit)))
    return {str(limit.variable): _approach(limit)}


def _approach(limit: Limit) -> str:
    if limit.target in (S.Infinity, S.NegativeInfinity):
        return f"→ {'+' if limit.target is S.Infinity else '−'}∞"
    return f"→ {limit.target}" + {1: " from the right", -1: " from the left", 0: ""}[limit.side]


def _finite(number: Expr) -> bool:
    return number not in (S.Infinity, S.NegativeInfinity)


def value(side: Expr) -> Expr:
    """The number that a side of a claim is; oo or −oo where a limit is improper. Raises Unsupported.

    Sums and products of finite limits and of numbers count too.
    """
    if isinstance(side, Limit):
        return _limit(side)
    if isinstance(side, Add | Mul):
        parts = [value(part) for part in side.args]
        if all(map(_finite, parts)):
            return side.func(*parts)
    elif not side.atoms(Entry, Limit) and not side.free_symbols:
        return side
    raise Unsupported(f"{side} is no limit, no number, and not made of finite ones")


def _limit(limit: Limit) -> Expr:
    function = _unfold(limit.expression, limit.variable)
    infinite = limit.target in (S.Infinity, S.NegativeInfinity)
    sides = (limit.side,) if limit.side or infinite else (1, -1)
    found = [Germs.near(limit.variable, limit.target, side).limit(function) for side in sides]
    if found[0] != found[-1]:
        raise Unsupported(f"from the right the limit is {found[0]}, from the left {found[-1]}")
    return found[0]


def _unfold(expression: Expr, variable: Entry) -> Expr:
    def insert(part: Expr) -> Expr:
        if isinstance(part, Partial):
            raise Unsupported(f"the derivative {part} under a limit")
        if isinstance(part, Entry) and part != variable and part.tensor.definition is not None:
            return _unfold(part.tensor.body(*part.indices), variable)
        return part

    return rewrite(expression, insert)
