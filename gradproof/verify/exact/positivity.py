"""What is known to be positive, from the structure of an expression and from what is given."""

from __future__ import annotations

from sympy import Abs, Add, Expr, Integer, Mul, Pow

from gradproof.derivations.calculus import (
    Dim,
    Domain,
    Entry,
    Largest,
    Selected,
    Sum,
    exp,
    relu,
    sigmoid,
    softplus,
    step,
)

Known = frozenset[Expr]
NOTHING: Known = frozenset()


def positive(expression: Expr, known: Known = NOTHING) -> bool:
    """Whether the expression is surely positive. `known` holds expressions that are given as positive."""
    if expression in known or isinstance(expression, (exp, sigmoid, softplus, Dim)):
        return True
    if expression.is_Number:
        return bool(expression > 0)
    if isinstance(expression, Entry):
        return bool(expression.tensor.domain.positive)
    if isinstance(expression, (Sum, Largest)):
        return positive(expression.body, known)
    if isinstance(expression, Mul):
        return all(positive(factor, known) for factor in expression.args) or _minus(expression, known)
    if isinstance(expression, Add):
        return _sum_is_positive(expression, known) or _one_minus_unit(expression)
    if isinstance(expression, Pow):
        even = isinstance(expression.exp, Integer) and expression.exp % 2 == 0
        return positive(expression.base, known) or (even and positive(-expression.base, known))
    return False


def nonnegative(expression: Expr, known: Known = NOTHING) -> bool:
    """Whether the expression is surely at least 0: even powers, what is positive, and sums and products of these."""
    if positive(expression, known) or isinstance(expression, (Abs, relu, step, Selected)):
        return True
    if expression.is_Number:
        return bool(expression >= 0)
    if isinstance(expression, Entry):
        return expression.tensor.domain in (Domain.ONE_HOT, Domain.BINARY)
    if isinstance(expression, (Sum, Largest)):
        return nonnegative(expression.body, known)
    if isinstance(expression, (Add, Mul)):
        return all(nonnegative(part, known) for part in expression.args)
    if isinstance(expression, Pow):
        exponent = expression.exp
        even = isinstance(exponent, Integer) and exponent % 2 == 0
        return even or (exponent.is_Rational and nonnegative(expression.base, known))
    return False


def _sum_is_positive(expression: Add, known: Known) -> bool:
    parts = expression.args
    return any(positive(part, known) for part in parts) and all(nonnegative(part, known) for part in parts)


def _one_minus_unit(expression: Add) -> bool:
    """1 − p for p between 0 and 1."""
    if len(expression.args) != 2 or expression.args[0] != 1:
        return False
    entry = -expression.args[1]
    return isinstance(entry, Entry) and entry.tensor.domain is Domain.UNIT


def _minus(expression: Mul, known: Known) -> bool:
    """A product that is given as positive up to a positive number, such as −e for a negative e."""
    coefficient, rest = expression.as_coeff_Mul()
    return (coefficient > 0 and rest in known) or (coefficient < 0 and -rest in known)
