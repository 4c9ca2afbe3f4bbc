"""Random statements: true for every n below some number and false from there on; and random formulas with slips."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

from sympy import Add, Expr, Integer, LeviCivita, Mul, Pow, Rational, preorder_traversal

from gradproof.derivations.calculus import (
    Activation,
    Delta,
    Elementwise,
    Entry,
    Index,
    Partial,
    Sum,
    exp,
    log,
    sigmoid,
    softplus,
    tanh,
)

from .mutants import size, size_again
from .statements import A, X, Z, beta, g, hat, i, j, k, l, lse, m, mu, n, r, soft, tt, variance, x, y, z

phi = Activation("φ")
_TERMS: list[Callable[[Index], Expr]] = [
    lambda q: x[q],
    lambda q: sigmoid(x[q]),
    lambda q: exp(x[q]),
    lambda q: x[q] * y[q],
    lambda q: tanh(x[q]),
    lambda q: log(1 + exp(y[q])),
    lambda q: y[q] * exp(x[q]),
    lambda q: g[q] / (1 + exp(z[q])),
    lambda q: A[q, q],
]


def _gram(below: int, drawn: random.Random) -> Expr:
    """A Gram determinant of `below` vectors."""
    first, second = drawn.sample(_TERMS, below), drawn.sample(_TERMS, below)
    return Add(
        *[
            LeviCivita(*order) * Mul(*[Sum(first[p](k) * second[order[p]](k), k) for p in range(below)])
            for order in itertools.permutations(range(below))
        ]
    )


def _newton(below: int, drawn: random.Random) -> Expr:
    """The elementary symmetric polynomial of this degree, by power sums."""
    term = drawn.choice(_TERMS)
    found = [Integer(1)]
    for degree in range(1, below + 1):
        parts = [(-1) ** (p - 1) * found[degree - p] * Sum(term(k) ** p, k) for p in range(1, degree + 1)]
        found.append(Add(*parts) / degree)
    return found[below]


def _discriminant(below: int, drawn: random.Random) -> Expr:
    term = drawn.choice(_TERMS)
    indices = [Index(f"I{place}", n) for place in range(min(below, 4))]
    pairs = itertools.combinations(indices, 2)
    total = Sum(Mul(*[(term(first) - term(second)) ** 2 for first, second in pairs]), *indices)
    return total * (size - 4) if below == 5 else total


def _falling(below: int, drawn: random.Random) -> Expr:
    return Mul(*[drawn.choice([size, size_again, n]) - number for number in range(1, below)])


def _minor(below: int, drawn: random.Random) -> Expr:
    indices = [Index(f"I{place}", n) for place in range(min(below, 3))]
    total = Add(
        *[
            LeviCivita(*order) * Sum(Mul(*[A[indices[p], indices[order[p]]] for p in range(len(indices))]), *indices)
            for order in itertools.permutations(range(len(indices)))
        ]
    )
    return total * Mul(*[size - number for number in range(3, below)])


KINDS = {
    "Gram": _gram,
    "Newton": _newton,
    "discriminant": _discriminant,
    "falling": _falling,
    "minor": _minor,
}

#: Surroundings: t, which is 0 for small n, is hidden in a true statement.
_SURROUNDINGS: list[Callable[[Expr], tuple[Expr, Expr]]] = [
    lambda t: (mu, mu + t),
    lambda t: (soft(i), soft(i) + t * soft(j)),
    lambda t: (lse, lse + t),
    lambda t: (lse, log(Z + t)),
    lambda t: (soft(i) * (Delta(i, j) - soft(j)), (soft(i) + t) * (Delta(i, j) - soft(j))),
    lambda t: (Sum(x[k] * y[k], k), Sum(x[k] * y[k] * (1 + t), k)),
    lambda t: (Sum(x[k] / (1 + exp(y[k])), k) / Z, Sum(x[k] / (1 + exp(y[k])), k) / (Z + t)),
    lambda t: (1 / variance, 1 / (variance + t)),
    lambda t: (exp(mu), exp(mu + t)),
    lambda t: (Sum(exp(x[k] * mu), k), Sum(exp(x[k] * mu + t * y[k]), k)),
    lambda t: (Sum(log(1 + exp(A[k, l])), k, l), Sum(log(1 + exp(A[k, l])) * (1 + t * A[l, k]), k, l)),
    lambda t: (Sum(X[r, i] * X[r, j], r), Sum(X[r, i] * X[r, j] * (1 + t * tt[r]), r)),
    lambda t: (hat(i), hat(i) + t * x[i]),
    lambda t: (Sum(x[k] / (variance + exp(y[k])), k), Sum(x[k] / (variance + t + exp(y[k])), k)),
]


#: The same under a derivative, where a count must cover the derivative. Some of these are true: d n / d x = 0.
_DERIVATIVES: list[Callable[[Expr], tuple[Expr, Expr]]] = [
    lambda t: (Partial(mu, x[j]), Partial(mu + t, x[j])),
    lambda t: (Partial(lse, x[j]), Partial(lse + t * soft(i), x[j])),
    lambda t: (Partial(Sum(exp(x[k]), k), x[j]), Partial(Sum(exp(x[k] + t), k), x[j])),
    lambda t: (Partial(Partial(variance, x[i]), x[j]), Partial(Partial(variance + t, x[i]), x[j])),
    lambda t: (Sum(Partial(variance, x[k]) * y[k], k), Sum(Partial(variance + t, x[k]) * y[k], k)),
    lambda t: (Partial(1 / variance, x[j]), Partial(1 / (variance + t), x[j])),
]


def falsehood(drawn: random.Random, differentiated: bool = False) -> tuple[str, Expr, Expr]:
    """(kind, left, right): equal for every n below a number from 2 to 5, different from there on.

    With derivatives some are equal for every n.
    """
    below, kind = drawn.randint(2, 5), drawn.choice(sorted(KINDS))
    hidden = KINDS[kind](min(below, 4) if kind == "Gram" else below, drawn)
    return kind, *drawn.choice(_DERIVATIVES if differentiated else _SURROUNDINGS)(hidden)


def formula(drawn: random.Random, free: tuple[Index, ...], depth: int) -> Expr:
    """A random formula with (at most) these free indices; definable for positive data."""
    if depth == 0 or drawn.random() < 0.1:
        return _leaf(drawn, free)
    kind = drawn.choice(["sum", "sum", "function", "product", "terms", "quotient", "power", "double"])
    if kind in ("sum", "double"):
        names = [Index(f"s{depth}{place}", drawn.choice([n, n, m])) for place in range(2 if kind == "double" else 1)]
        return Sum(formula(drawn, (*free, *names), depth - 1) * _leaf(drawn, tuple(names)), *names)
    first = formula(drawn, free, depth - 1)
    if kind == "function":
        function = drawn.choice([exp, log, sigmoid, tanh, softplus, phi])
        return log(1 + first**2) if function is log else function(first / 4 if function is exp else first)
    second = formula(drawn, free, depth - 1)
    if kind == "product":
        return first * second
    if kind == "terms":
        return drawn.choice([1, 2, Rational(-1, 3)]) * first + second
    if kind == "quotient":
        return first / (1 + second**2)
    return first ** drawn.choice([2, 3])


def _leaf(drawn: random.Random, free: tuple[Index, ...]) -> Expr:
    rows, columns = ([index for index in free if index.dim == dim] for dim in (m, n))
    leaves: list[Expr] = [beta]
    leaves += [vector[index] for index in columns for vector in (x, y, z)]
    leaves += [tt[index] for index in rows]
    leaves += [X[row, column] for row in rows for column in columns]
    leaves += [A[first, second] for first in columns for second in columns]
    return drawn.choice(leaves[1:] or leaves) if drawn.random() < 0.9 else drawn.choice([beta, Integer(2), n])


def slip(drawn: random.Random, expression: Expr) -> Expr:
    """The expression with one small thing changed somewhere: a tensor, an index, a number, a function."""
    parts = sorted(set(preorder_traversal(expression)), key=str)
    for _ in range(50):
        part = drawn.choice(parts)
        new = _changed(drawn, part)
        if new is not None and new != part:
            return expression.xreplace({part: new})
    return expression + 1


def _changed(drawn: random.Random, part: Expr) -> Expr | None:
    if isinstance(part, Entry) and part.tensor in (x, y, z):
        return drawn.choice([x, y, z])[part.indices]
    if isinstance(part, Entry) and part.tensor == A:
        return A[part.indices[::-1]]
    if isinstance(part, Elementwise):
        return drawn.choice([exp, sigmoid, tanh, softplus])(part.argument)
    if isinstance(part, Delta):
        return Integer(drawn.randrange(2))
    if isinstance(part, Pow) and part.exp.is_Integer:
        return part.base ** (part.exp + drawn.choice([-1, 1]))
    if isinstance(part, (Add, Mul)):
        kept = list(part.args)
        kept.pop(drawn.randrange(len(kept)))
        return part.func(*kept)
    return None
