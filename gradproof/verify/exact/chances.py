"""How likely it is that a proof at random points is wrong: primes, degrees, and the bound that the evidence states."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from functools import cache

from sympy import Add, Expr, Integer, Mul, Pow

from gradproof.derivations.calculus import Binder, Dim, Entry, Partial

from ..arithmetic.field import primes
from ..evaluation import Unsupported

#: Trials without roots, each with its own prime; trials per choice of signs with roots; and the most different primes.
#: A root exists in half of the trials, the root of a number in none or all of those with one prime.
PRIMES, TRIALS_WITH_ROOTS, MOST_PRIMES = 16, 24, 96


def moduli(expressions: tuple[Expr, ...], roots: int, seed: int, *key: object) -> tuple[int, ...]:
    """The primes of the trials for so many square roots. Every odd root that is met is unique modulo each of them."""
    trials = TRIALS_WITH_ROOTS * 2**roots if roots else PRIMES
    count = min(trials, MOST_PRIMES)
    odd = {
        int(part)
        for expression in expressions
        for power in expression.atoms(Pow)
        if power.exp.is_Rational
        for part in Integer(power.exp.q).factors()
        if part > 2
    }
    drawn = primes(count * (4 if odd else 1), seed, *key)
    fitting = tuple(prime for prime in drawn if all(prime % part != 1 for part in odd))
    if len(fitting) < PRIMES:  # fewer than half of the primes fit one order, and so on
        raise Unsupported(f"roots of the orders {', '.join(map(str, sorted(odd)))} together")
    return tuple(itertools.islice(itertools.cycle(fitting[:count]), trials))


def chance(degree: float, different_primes: int, compared: int) -> float:
    """The probability that something different from 0 of this degree vanishes in every trial, in any comparison.

    Schwartz and Zippel: degree/p at a random point modulo p > 2^30. A prime may also divide every coefficient: these
    have at most 26 bits per degree, less than degree primes of 30 bits, and the primes are drawn among 2.4e7.
    """
    return (1 + compared) * min(1.0, degree / 2**24) ** different_primes


def degree_of(expression: Expr, sizes: Mapping[Dim, int]) -> float:
    """A generous bound on the degree of numerator and denominator, arguments of functions included."""

    @cache
    def degree(part: Expr) -> float:
        if isinstance(part, Entry):
            return 2.0 if part.tensor.definition is None else degree(part.tensor.definition[1])
        if isinstance(part, Binder):
            return (degree(part.body) + 1) * math.prod(sizes[index.dim] for index in part.bound) + 2
        if isinstance(part, (Add, Mul)):
            return sum(map(degree, part.args))
        if isinstance(part, Pow):
            return float(abs(part.exp)) * degree(part.base) + 1
        if isinstance(part, Partial):
            return 3 * degree(part.expression) + 2
        return 2.0 + sum(degree(inner) for inner in part.args if isinstance(inner, Expr))

    return degree(expression)
