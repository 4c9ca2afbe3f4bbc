"""Derivatives of traced formulas: expressions in scalars, with decisions by sign.

On both sides of a kink the derivative is that of the side. At the kink itself nothing is claimed, unless the function
is plainly continuous and both sides have the same derivative. Where the argument of a decision is 0 all around, as in
max(max(x, 0), 0) for negative x, the derivative is that of the branch for 0: `AtZero` keeps it until the region is
known. The derivatives of functions of one number are the table of the calculus.
"""

from __future__ import annotations

from functools import lru_cache

from sympy import Abs, Add, Expr, Mul, Pow, S

from gradproof.derivations.calculus import Elementwise, Entry, log
from gradproof.derivations.calculus.functions import derivative as slope
from gradproof.verify.autograd.graph.signs import Sign, solved_for
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.structure import entries_in, kinds


class AtZero(Expr):
    """The derivative of the branch that is taken where the argument of a decision is 0."""

    is_commutative = True
    is_real = True


@lru_cache(maxsize=1 << 14)
def without_kinks(expression: Expr, boundary: bool) -> Expr:
    """A derivative in a region: undefined (nan) at kinks on a boundary; elsewhere an argument that is 0 is so all
    around, and the branch for 0 counts."""
    if isinstance(expression, AtZero):
        return S.NaN if boundary else without_kinks(expression.args[0], boundary)
    if isinstance(expression, Entry) or not expression.args or AtZero not in kinds(expression):
        return expression
    return expression.func(*[without_kinks(part, boundary) for part in expression.args])


def derivative(expression: Expr, *by: Entry) -> Expr:
    """The derivative by scalars, one after the other. Raises Unsupported for what has no rule."""
    for entry in by:
        expression = _derivative(expression, entry)
    return expression


@lru_cache(maxsize=1 << 15)
def _derivative(expression: Expr, by: Entry) -> Expr:
    if expression == by:
        return S.One
    if isinstance(expression, Entry) or by not in entries_in(expression):
        return S.Zero
    if isinstance(expression, Add):
        return Add(*[_derivative(part, by) for part in expression.args])
    if isinstance(expression, Mul):
        factors = expression.args
        slopes = [(at, _derivative(one, by)) for at, one in enumerate(factors) if by in entries_in(one)]
        return Add(*[Mul(*factors[:at], one, *factors[at + 1 :]) for at, one in slopes])
    if isinstance(expression, Pow):
        base, exponent = expression.args
        if exponent.is_number:
            return exponent * base ** (exponent - 1) * _derivative(base, by)
        return expression * _derivative(exponent * log(base), by)
    if isinstance(expression, (Elementwise, Abs)):
        return slope(expression) * _derivative(expression.args[0], by)
    if isinstance(expression, Sign):
        return _by_sign(expression, by)
    if isinstance(expression, AtZero):
        return AtZero(_derivative(expression.args[0], by))
    raise Unsupported(f"no derivative of {type(expression).__name__} is known")


def _by_sign(decision: Expr, by: Entry) -> Expr:
    argument, *parts = decision.args
    above, at_zero, below = (_derivative(part, by) for part in parts)
    if above == at_zero == below and _continuous(argument, parts):
        return above
    return Sign(argument, above, AtZero(at_zero), below)


def _continuous(argument: Expr, parts: list[Expr]) -> bool:
    """Whether all three parts plainly have one value where the argument is 0."""
    solution = solved_for(argument)
    return solution is not None and len({part.xreplace(solution) for part in parts}) == 1
