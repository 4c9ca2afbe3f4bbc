"""The proof on weighted classes: evaluate over finite fields, where each place stands for many equal elements.

Class k of a size stands for w_k equal elements, w_k a random field element: Σ_k f(k) is Σ_k w_k f(k), and the size is
Σ_k w_k. Free indices sit at classes of weight 1, so that deltas with them and derivatives by them are exact.
`counting` says how many classes make this a proof for every size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from sympy import Add, Expr, Mul, Pow, Rational

from gradproof.derivations.calculus import Applied, Dim, Elementwise, Entry, Index, Sum, Tensor

from ..arithmetic.field import Field, Numbers, primes
from ..evaluation import Evaluator, Point, Unsupported
from .counting import class_counts
from .derivatives import carried_out

#: Each trial has its own prime of 31 bits.
TRIALS = 16
_FEWEST_USABLE = 6
_MOST_ROOTS = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the difference is 0 on the classes, how many there were, and the probability that this is luck."""

    zero: bool
    classes: dict[Dim, int]
    bound: float


def decide(difference: Expr, free: tuple[Index, ...], seed: int, key: str, work: int) -> Outcome:
    """Whether a prepared difference is 0 for every size. Raises Unsupported where the theorem does not apply."""
    classes = class_counts(difference, frozenset(free))
    places: dict[Index, int] = {}
    for index in free:
        places[index] = sum(other.dim == index.dim for other in places)
    whole = carried_out(difference)
    roots = _roots(whole)
    moduli = primes(TRIALS * 2**roots, seed, key)
    usable = TRIALS
    # Every choice of signs at the same points: the root of a hidden square must not get lucky.
    for pattern in range(2**roots):
        signs = tuple(bool(pattern >> place & 1) for place in range(roots))
        field = Field(moduli, (seed, key), work, signs)
        value = Evaluator(field, _point(field, classes, places)).value(difference)
        usable = min(usable, int(field.usable.sum()))
        if usable < _FEWEST_USABLE:
            raise Unsupported("too few trials have every root and every reciprocal")
        if len(field.roots) > roots:
            raise Unsupported("more roots than were foreseen")
        if np.broadcast_to(value, field.usable.shape)[field.usable].any():
            return Outcome(False, classes, 1.0)
    return Outcome(True, classes, chance(_degree(whole, classes), usable))


def _point(field: Field, classes: dict[Dim, int], places: dict[Index, int]) -> Point[Numbers]:
    weights = {}
    for dim, number in classes.items():
        weight = field.random((number,), "weights", *_identity(dim)).copy()
        weight[:, : sum(index.dim == dim for index in places)] = 1
        weights[dim] = weight

    def data(tensor: Tensor) -> Numbers:
        shape = tuple(classes[dim] for dim in tensor.dims)
        raw = field.random(shape, "tensor", tensor.name, tensor.domain.name, *map(_identity, tensor.dims))
        if not tensor.domain.sums_to_one:
            return raw
        last = raw.ndim - 1
        weight = field.gather(weights[tensor.dims[-1]], [last], raw.ndim)
        total = field.total(field.multiply(raw, weight), last, shape[-1])
        return field.multiply(raw, field.power(total, Rational(-1)))

    return Point(classes, data, weights, places)


def _identity(dim: Dim) -> tuple[str, ...]:
    """Two sizes of one name with other letters are two sizes."""
    return (str(dim.name), *dim.letters)


def chance(degree: float, trials: int) -> float:
    """The probability that a nonzero polynomial of this degree vanishes in every trial."""
    return float(min(1.0, (degree / 2**30)) ** trials)


def _degree(expression: Expr, classes: dict[Dim, int]) -> float:
    """A generous bound on the degree of numerator and denominator on the classes."""

    @cache
    def degree(part: Expr) -> float:
        if isinstance(part, Sum):
            return (degree(part.body) + 1) * float(np.prod([float(classes[index.dim]) for index in part.bound]))
        if isinstance(part, (Add, Mul)):
            return sum(map(degree, part.args))
        if isinstance(part, Pow):
            return float(abs(part.exp)) * degree(part.base)
        return 2.0

    return degree(expression)


def _roots(whole: Expr) -> int:
    """How many different square roots there are; raises Unsupported for too many, and for one inside a function."""
    found = {power.base for power in whole.atoms(Pow) if power.exp.is_Rational and power.exp.q != 1}
    if len(found) > _MOST_ROOTS:
        raise Unsupported(f"{len(found)} different roots")
    for function in whole.atoms(Elementwise, Applied):
        for power in function.atoms(Pow):
            if power.exp.is_Rational and power.exp.q != 1 and power.base.atoms(Sum, Entry) - {power.base}:
                raise Unsupported("a root inside a function")
    return len(found)
