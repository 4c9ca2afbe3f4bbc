"""Passes that estimate: a lemma used in every term, a tangent, terms that are never negative.

Each says what it gives away, so that a proof need not find it: squares, positive factors, and margins of lemmas.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Expr, Mul, Pow, S, Symbol

from . import rules
from .conditions import Relation
from .derivation import Derivation, Rule
from .differentiation import carried_out, settle
from .functions import Elementwise, exp
from .identities import simplest
from .indices import free_indices
from .margins import Margin
from .passes import Pass
from .positivity import positive
from .rewriting import rewrite
from .sums import Partial, Sum
from .tensors import Entry


def estimate(lemma: Derivation, relation: Relation, within: type[Expr] | None = None) -> Pass:
    """Use a lemma on a function of one variable: in every term of a sum, or where there is no sum, wherever it stands.

    within    the lemma is used on the function of whatever holds such a part instead, as on the logarithm of a sum
    The relation is that of the old line to the new one; that the signs of the terms fit is checked. Raises ValueError
    where they do not, and where the lemma says nothing of a function.
    """
    function, instead = lemma.statement, lemma.result
    if not isinstance(function, Elementwise):
        function, instead = instead, function
    if not (isinstance(function, Elementwise) and isinstance(function.argument, Entry)):
        raise ValueError(f"{lemma.name} is no estimate of a function of one variable")
    kind, variable = type(function), function.argument
    larger, smaller = lemma.relation.larger(lemma.statement, lemma.result)
    growing = (function == smaller) == (relation in (Relation.AT_MOST, Relation.LESS))

    def meant(part: Expr, line: Expr) -> bool:
        if within is not None:
            return isinstance(part, kind) and part.has(within)
        return isinstance(part, kind) and (not line.has(Sum) or bool(free_indices(part)))

    def replaced(line: Expr) -> Expr:
        return rewrite(line, lambda part: instead.xreplace({variable: part.argument}) if meant(part, line) else part)

    def given_away(before: Expr, after: Expr) -> Expr:
        def margin(part: Expr) -> Expr | None:
            if not meant(part, before):
                return None
            return Margin(Symbol(lemma.name), larger - smaller, variable, part.argument)

        return _in_terms(before, margin, growing)

    return Pass((rules.ESTIMATE,), replaced, relation=relation, certificate=given_away, lemmas=(lemma.name,))


def _in_terms(line: Expr, margin: Callable[[Expr], Expr | None], growing: bool) -> Expr:
    """The terms that have a margin in them, with the margin in the place of the function; the others are dropped.

    growing    whether the margin is added where the function has a positive factor, and not where it has a negative one
    """
    found = margin(line)
    if found is not None:
        if not growing:
            raise ValueError(f"the sign of {line} does not fit the estimate")
        return found
    if isinstance(line, Add):
        return Add(*[_in_terms(term, margin, growing) for term in line.args])
    if isinstance(line, Sum):
        body, bound = line.open()
        return Sum(_in_terms(body, margin, growing), *bound)
    if not isinstance(line, Mul):
        return S.Zero
    inside = [factor for factor in line.args if _has(factor, margin)]
    if not inside:
        return S.Zero
    outside = Mul(*[factor for factor in line.args if factor not in inside])
    if not positive(outside):
        outside, growing = -outside, not growing
    if len(inside) > 1 or not positive(outside):
        raise ValueError(f"an estimate is used on terms with a factor whose sign is visible, not on {line}")
    return outside * _in_terms(inside[0], margin, growing)


def _has(expression: Expr, margin: Callable[[Expr], Expr | None]) -> bool:
    body = expression.open()[0] if isinstance(expression, Sum) else expression
    return margin(body) is not None or any(_has(part, margin) for part in body.args)


def drop(term: Expr, relation: Relation, rule: Rule) -> Pass:
    """Leave out a sum of terms whose sign a rule tells; what was left out is the certificate."""

    def given_away(before: Expr, after: Expr) -> Expr:
        larger, smaller = relation.larger(before, after)
        return larger - smaller

    return Pass((rule,), lambda line: line - term, relation=relation, certificate=given_away)


def _at_most_one_each(line: Expr) -> Expr:
    """n for Σ_k exp(u_k), in which no exponent is positive."""
    return rewrite(line, lambda part: Sum(S.One, *part.open()[1]) if _sum_of_exp(part) else part)


def _below_one(before: Expr, after: Expr) -> Expr:
    """What that gives away: Σ_k (1 − exp(u_k)), with its factor."""
    total = S.Zero
    for term in Add.make_args(before):
        sums = [factor for factor in Mul.make_args(term) if _sum_of_exp(factor)]
        if sums:
            body, bound = sums[0].open()
            total += term / sums[0] * Sum(1 - body, *bound)
    return total


def _sum_of_exp(part: Expr) -> bool:
    return isinstance(part, Sum) and isinstance(part.body, exp)


def above_tangent(variable: Entry, at: Expr, strictly: bool = False) -> Pass:
    """A convex function lies above its tangent at a point; away from the point strictly, if it is strictly convex."""

    def tangent(function: Expr) -> Expr:
        slope = settle(carried_out(Partial(function, variable)))
        value, steepness = (simplest(part.xreplace({variable: S(at)})) for part in (function, slope))
        return value + steepness * (variable - at)

    return Pass((rules.ABOVE_TANGENT,), tangent, relation=Relation.MORE if strictly else Relation.AT_LEAST)


def _drop_squares(line: Expr) -> Expr:
    kept = []
    for term in Add.make_args(line):
        coefficient, rest = term.as_coeff_Mul()
        inside, _ = rest.open() if isinstance(rest, Sum) else (rest, [])
        square = isinstance(inside, Pow) and inside.exp.is_Integer and inside.exp % 2 == 0
        if not (square and coefficient.is_negative):
            kept.append(term)
    return Add(*kept)


at_most_one_each = Pass((rules.AT_MOST_ONE,), _at_most_one_each, relation=Relation.AT_MOST, certificate=_below_one)
drop_squares = Pass((rules.SQUARE_BOUND,), _drop_squares, relation=Relation.AT_MOST)
drop_squares_strictly = Pass((rules.POSITIVE_SQUARE,), _drop_squares, relation=Relation.LESS)
not_negative = Pass(
    (rules.NOT_NEGATIVE,),
    lambda line: S.Zero,
    relation=Relation.AT_LEAST,
    certificate=lambda before, after: before,
)
