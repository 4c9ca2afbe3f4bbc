"""What is known to be positive, from the structure of an expression and from what is given."""

from __future__ import annotations

from sympy import Abs, Add, Expr, Integer, Mul, Pow

from gradproof.derivations.calculus import (
    Dim,
    Domain,
    Entry,
    Largest,
    Margin,
    Selected,
    Sum,
    exp,
    free_indices,
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
    if isinstance(expression, Sum):
        return positive(expression.body, known) or _one_term_is_positive(expression, known)
    if isinstance(expression, Largest):
        return positive(expression.body, known)
    if isinstance(expression, Mul):
        return all(positive(factor, known) for factor in expression.args) or _minus(expression, known)
    if isinstance(expression, Add):
        return _sum_is_positive(expression, known) or _one_minus(expression, Domain.UNIT)
    if isinstance(expression, Pow):
        even = isinstance(expression.exp, Integer) and expression.exp % 2 == 0
        return positive(expression.base, known) or (even and positive(-expression.base, known))
    return False


def nonnegative(expression: Expr, known: Known = NOTHING) -> bool:
    """Whether the expression is surely at least 0: even powers, what is positive, and sums and products of these.

    A margin is, by its lemma: who asks about one has the lemma proved (`estimates`).
    """
    if positive(expression, known) or isinstance(expression, (Abs, relu, step, Selected, Margin)):
        return True
    if expression.is_Number:
        return bool(expression >= 0)
    if isinstance(expression, Entry):
        return expression.tensor.domain in (Domain.ONE_HOT, Domain.BINARY)
    if isinstance(expression, (Sum, Largest)):
        return nonnegative(expression.body, known)
    if isinstance(expression, (Add, Mul)):
        every = all(nonnegative(part, known) for part in expression.args)
        return every or _one_minus_less(expression, known) or _largest_minus_one_of_them(expression)
    if isinstance(expression, Pow):
        exponent = expression.exp
        even = isinstance(exponent, Integer) and exponent % 2 == 0
        return even or (exponent.is_Rational and nonnegative(expression.base, known))
    return False


def _sum_is_positive(expression: Add, known: Known) -> bool:
    parts = expression.args
    return any(positive(part, known) for part in parts) and all(nonnegative(part, known) for part in parts)


def _one_term_is_positive(total: Sum, known: Known) -> bool:
    """A sum of terms that are not negative, one of which is given as positive."""
    if len(total.bound) != 1 or not nonnegative(total.body, known):
        return False
    (bound,) = total.bound
    places = {index for given in known for index in free_indices(given) if index.dim == bound.dim}
    return any(positive(total.body.xreplace({bound: place}), known) for place in places)


def _one_minus(expression: Expr, domain: Domain) -> bool:
    """1 − p for p of this domain: between 0 and 1 it is positive, for one of positive shares of 1 it may be 0."""
    if not isinstance(expression, Add) or len(expression.args) != 2 or expression.args[0] != 1:
        return False
    entry = -expression.args[1]
    return isinstance(entry, Entry) and entry.tensor.domain is domain


def _one_minus_less(expression: Expr, known: Known) -> bool:
    """1 − p for one of positive shares of 1, and 1 − exp(−a) for an a that is not negative; and what is added to it."""
    for term in expression.args if isinstance(expression, Add) else ():
        if _small(-term, known) and nonnegative(expression - term - 1, known):
            return True
    return False


def _small(term: Expr, known: Known) -> bool:
    """Whether it is surely at most 1."""
    if isinstance(term, exp):
        return nonnegative(-term.argument, known)
    return isinstance(term, Entry) and term.tensor.domain is Domain.SIMPLEX


def _largest_minus_one_of_them(expression: Expr) -> bool:
    """max_k f_k − f_j, also where the largest value has a name."""
    for term in expression.args if isinstance(expression, Add) else ():
        named = isinstance(term, Entry) and term.tensor.definition is not None
        largest = term.tensor.body(*term.indices) if named else term
        if isinstance(largest, Largest) and largest.rank == 1:
            (bound,), other = largest.bound, term - expression
            places = [index for index in free_indices(other) if index.dim == bound.dim]
            if any(largest.body.xreplace({bound: place}) == other for place in places):
                return True
    return False


def _minus(expression: Mul, known: Known) -> bool:
    """A product that is given as positive up to a positive number, such as −e for a negative e."""
    coefficient, rest = expression.as_coeff_Mul()
    return (coefficient > 0 and rest in known) or (coefficient < 0 and -rest in known)
