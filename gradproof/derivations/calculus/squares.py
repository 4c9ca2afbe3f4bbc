"""Passes that show a square: of a distance, of a difference, of all that two sums of squares differ by."""

from __future__ import annotations

from sympy import Add, Dummy, Expr, Mul, Poly, S, div

from . import rules
from .conditions import Relation
from .derivation import Rule
from .indices import Index, free_indices, fresh
from .passes import Pass, complete_square
from .rewriting import rewrite
from .sums import Sum
from .tensors import Entry, Tensor


def spread_of_squares(weight: Expr, first: Expr, second: Expr) -> Pass:
    """a x² + (1 − a) y² = (a x + (1 − a) y)² + a (1 − a) (x − y)²."""
    old = weight * first**2 + (1 - weight) * second**2
    mean = weight * first + (1 - weight) * second
    new = mean**2 + weight * (1 - weight) * (first - second) ** 2
    return Pass((rules.VARIANCE,), lambda line: new if line == old else line)


def take_out_square(variable: Entry, at: Expr) -> Pass:
    """f(x) = f(a) + (x − a)² q(x), for a polynomial f with a stationary point a. Raises ValueError for another."""

    def go(line: Expr) -> Expr:
        unknown = Dummy()
        there = Poly(line.xreplace({variable: unknown}), unknown)
        value = there.eval(S(at))
        quotient, rest = div(there - value, Poly((unknown - at) ** 2, unknown))
        if rest != 0:
            raise ValueError(f"{at} is no stationary point of {line}")
        return value + (variable - at) ** 2 * quotient.as_expr().xreplace({unknown: variable})

    return Pass((rules.TAKE_OUT_SQUARE,), go)


def complete_squares(tensor: Tensor) -> Pass:
    """The square completed in every bracket that is quadratic in one entry of this tensor."""

    def go(part: Expr) -> Expr:
        found = [entry for entry in part.atoms(Entry) if entry.tensor == tensor]
        if not isinstance(part, Add) or len(found) != 1 or not free_indices(found[0]) <= free_indices(part):
            return part
        unknown = Dummy()
        masked = part.xreplace({found[0]: unknown})
        quadratic = masked.is_polynomial(unknown) and Poly(masked, unknown).degree() == 2
        return complete_square(found[0]).apply(part) if quadratic else part

    return Pass((rules.COMPLETE_SQUARE,), lambda line: rewrite(line, go))


def drop_multiples(of: Expr, relation: Relation, rule: Rule = rules.SQUARE_BOUND) -> Pass:
    """Leave out the terms that are a multiple of this, by a rule that tells their sign.

    The relation is that of the old line to the new one; what was left out is the certificate.
    """

    def go(line: Expr) -> Expr:
        return Add(*[term for term in Add.make_args(line) if of not in Mul.make_args(term)])

    def given_away(before: Expr, after: Expr) -> Expr:
        larger, smaller = relation.larger(before, after)
        return larger - smaller

    return Pass((rule,), go, relation=relation, certificate=given_away)


def _around_one(line: Expr) -> Expr:
    """(1 − c)² = 1 − c (2 − c)."""
    base, power = line.as_base_exp()
    rest = 1 - base
    return 1 - rest * (2 - rest) if power == 2 else line


def _product_of_squares(line: Expr) -> Expr:
    """Σ a² Σ b² for (Σ a b)²."""
    first, second, bound = _two_factors(line)
    return Sum(first**2, *bound) * Sum(second**2, *bound)


def _lagrange(before: Expr, after: Expr) -> Expr:
    """What is given away, by Lagrange's identity: ½ Σ_kl (a_k b_l − a_l b_k)²."""
    first, second, bound = _two_factors(before)
    there = {index: fresh(index) for index in bound}
    crossed = first * second.xreplace(there) - first.xreplace(there) * second
    return Sum(crossed**2, *bound, *there.values()) / 2


def _two_factors(line: Expr) -> tuple[Expr, Expr, list[Index]]:
    """a, b and the indices of (Σ a b)². Raises ValueError for another line."""
    total, power = line.as_base_exp()
    if power == 2 and isinstance(total, Sum):
        body, bound = total.open()
        if len(Mul.make_args(body)) == 2:
            return (*body.args, bound)
    raise ValueError(f"{line} is not the square of a sum of products of two")


cauchy_schwarz = Pass((rules.CAUCHY_SCHWARZ,), _product_of_squares, relation=Relation.AT_MOST, certificate=_lagrange)
around_one = Pass((rules.EXPAND,), _around_one)
