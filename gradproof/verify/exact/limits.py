"""Limits at plus or minus infinity, exactly.

With definitions inserted and every function written with exp, a function of one scalar x whose x stands only in
exp(k x) with whole k is a rational function of u = exp(−x) (at +oo) or u = exp(x) (at −oo), and u goes to 0 from above.
The limit of a rational function at 0 is read off its lowest terms. Both sides are computed; nothing is sampled.
"""

from __future__ import annotations

from sympy import Add, Expr, Mul, Poly, S, Symbol, cancel, fraction, together

from gradproof.derivations.calculus import DEFINITIONS, Elementwise, Entry, Limit, Relation, exp, log
from gradproof.derivations.calculus.rewriting import rewrite

from ..claim import Claim
from ..evaluation import Unsupported
from ..verdict import Budget, Counterexample, Evidence, Verdict


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
        try:
            left, right = value(claim.lhs), value(claim.rhs)
        except Unsupported as reason:
            return Evidence(self.name, Verdict.UNDECIDED, detail=str(reason), seed=seed)
        if left == right:
            return Evidence(self.name, Verdict.PROVED, scope="exactly", detail=f"both are {left}", seed=seed)
        limit = next(iter(claim.lhs.atoms(Limit) | claim.rhs.atoms(Limit)))
        approach = {str(limit.variable): f"→ {'+' if limit.target is S.Infinity else '−'}∞"}
        found = Counterexample({}, {}, approach, str(left), str(right))
        return Evidence(self.name, Verdict.REFUTED, scope="exactly", seed=seed, counterexample=found)


def value(side: Expr) -> Expr:
    """The number that a side of a claim is; oo or −oo where a limit is improper. Raises Unsupported.

    Sums and products of finite limits and of rational numbers count too.
    """
    if isinstance(side, Limit):
        return _limit(side)
    if side.is_Rational:
        return side
    if isinstance(side, Add | Mul):
        parts = [value(part) for part in side.args]
        if all(part.is_finite for part in parts):
            return side.func(*parts)
    raise Unsupported(f"{side} is no limit, no number, and not made of finite ones")


def _limit(limit: Limit) -> Expr:
    small = Symbol("u", positive=True)
    variable, sign = limit.variable, -1 if limit.target is S.Infinity else 1

    def to_small(part: Expr) -> Expr:
        if isinstance(part, exp):
            power = sign * part.argument.coeff(variable)
            if part.argument != sign * power * variable or not power.is_Integer:
                raise Unsupported(f"{part} is not the exponential of a whole multiple of {variable}")
            return small**power
        return part

    unfolded = rewrite(_unfold(limit.expression, variable), _to_exp)
    if isinstance(unfolded, log):  # the logarithm is continuous: log 1 is 0, and other logarithms are no rationals
        if _limit(Limit(unfolded.argument, variable, limit.target)) == 1:
            return S.Zero
        raise Unsupported(f"the limit of {limit.expression} is a logarithm")
    plain = rewrite(unfolded, to_small)
    if plain.atoms(Entry, Elementwise):
        raise Unsupported(f"{variable} stands outside an exponential in {limit.expression}")
    top, bottom = fraction(cancel(together(plain)))
    return _at_zero(Poly(top, small), Poly(bottom, small))


def _at_zero(top: Poly, bottom: Poly) -> Expr:
    """The limit of top/bottom as the variable goes to 0 from above."""
    if top.is_zero:
        return S.Zero
    (power_above, above), (power_below, below) = (_lowest(part) for part in (top, bottom))
    if power_above > power_below:
        return S.Zero
    ratio = above / below
    return ratio if power_above == power_below else S.Infinity * ratio


def _lowest(polynomial: Poly) -> tuple[int, Expr]:
    (power,), coefficient = polynomial.terms()[-1]
    return power, coefficient


def _unfold(expression: Expr, variable: Entry) -> Expr:
    def insert(part: Expr) -> Expr:
        if isinstance(part, Entry) and part != variable and part.tensor.definition is not None:
            return _unfold(part.tensor.body(*part.indices), variable)
        return part

    return rewrite(expression, insert)


def _to_exp(part: Expr) -> Expr:
    known = isinstance(part, Elementwise) and type(part) in DEFINITIONS
    return DEFINITIONS[type(part)](part.argument) if known else part
