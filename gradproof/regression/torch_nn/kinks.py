"""Where a formula has kinks, and what Torch takes for the slope there."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Abs, Expr, Pow, Rational

from gradproof.derivations.calculus import Condition, NonZero, relu, sign, step

_KINKED = (relu, step, sign, Abs)


def away_from_kinks(expression: Expr) -> tuple[Condition, ...]:
    """The conditions under which the expression is differentiable: no argument of a function with a kink is 0."""
    return tuple(NonZero(argument) for argument in sorted(kinks_of(expression), key=str))


def kinks_of(expression: Expr) -> frozenset[Expr]:
    """What is 0 at the kinks. x and −x have the same; what is inside a sum has kinks as well."""
    found: set[Expr] = set()
    for argument in _arguments(expression):
        if -argument not in found and not argument.is_number:
            found.add(argument)
    return frozenset(found)


def _arguments(expression: Expr) -> Iterator[Expr]:
    for part in sorted(expression.atoms(*_KINKED), key=str):
        yield part.args[0]
    for part in sorted(expression.atoms(Pow), key=str):
        if part.exp == Rational(1, 2) and not part.base.is_number:
            yield part.base
