"""Whether a rational function of whole parts (sums, entries, functions, sizes) is 0: random points of a large field."""

from __future__ import annotations

import itertools
from functools import lru_cache

from sympy import Add, Expr, Mul, NumberSymbol, Pow, Rational, nextprime

from gradproof.derivations.calculus import Applied, Delta, Dim, Elementwise, Entry, Sum

from ..arithmetic.field import draw
from ..evaluation import Unsupported
from ..work import PART, spend

_POINTS = 2
_MOST_TRIES = 400
_MOST_ROOTS = 5
#: The most that a proof may err with.
_RAREST = 2.0**-80
WHOLE = (Sum, Entry, Elementwise, Applied, Delta, Dim, NumberSymbol)


@lru_cache(maxsize=1 << 16)
def surface_powers(expression: Expr) -> frozenset[Pow]:
    """The powers in a form that are not within whole parts."""
    if isinstance(expression, WHOLE):
        return frozenset()
    here = frozenset((expression,)) if isinstance(expression, Pow) else frozenset()
    return here.union(*map(surface_powers, expression.args))


class _NoPoint(Exception):  # noqa: N818
    """A reciprocal of 0, or a root that the field does not have, at this point."""


def zero(form: Expr, seed: int, key: str) -> float | None:
    """The chance of an error if the form vanishes at random points with every choice of signs of its roots."""
    if form == 0:
        return 0.0
    roots = sorted({p.base for p in surface_powers(form) if p.exp.is_Rational and not p.exp.is_Integer}, key=str)
    if len(roots) > _MOST_ROOTS:
        raise Unsupported(f"{len(roots)} different roots")
    prime = _large_prime(seed, key)
    done = 0
    for attempt in range(_MOST_TRIES):
        values: dict[Expr, int] = {}
        try:
            for signs in itertools.product((True, False), repeat=len(roots)):
                point = _PointOfField(prime, values, dict(zip(roots, signs, strict=True)), (seed, key, attempt))
                if point.value(form):
                    return None
        except _NoPoint:
            continue
        done += 1
        if done == _POINTS:
            return _chance(form, len(roots), prime)
    raise Unsupported("no point at which every root and every reciprocal exists")


@lru_cache(maxsize=1 << 8)
def _large_prime(seed: int, key: str) -> int:
    """127 bits, 3 mod 4."""
    generator = draw("large prime", seed, key)
    while True:
        start = (1 << 126) + int.from_bytes(generator.bytes(15), "little")
        prime = int(nextprime(start))
        if prime % 4 == 3:
            return prime


class _PointOfField:
    """Random values for the whole parts, and the value of a form there."""

    def __init__(self, prime: int, values: dict[Expr, int], signs: dict[Expr, bool], key: object) -> None:
        self.prime = prime
        self.values = values
        self.signs = signs
        self.key = key
        self._memo: dict[Expr, int] = {}

    def value(self, expression: Expr) -> int:
        found = self._memo.get(expression)
        if found is None:
            spend(PART)
            found = self._memo[expression] = self._computed(expression)
        return found

    def _computed(self, expression: Expr) -> int:
        if isinstance(expression, Rational):
            return int(expression.p) * pow(int(expression.q), -1, self.prime) % self.prime
        if isinstance(expression, WHOLE):
            if expression not in self.values:
                generator = draw(self.key, len(self.values))
                self.values[expression] = int.from_bytes(generator.bytes(16), "little") % self.prime
            return self.values[expression]
        if isinstance(expression, Add):
            return sum(map(self.value, expression.args)) % self.prime
        if isinstance(expression, Mul):
            product = 1
            for factor in expression.args:
                product = product * self.value(factor) % self.prime
            return product
        if isinstance(expression, Pow) and isinstance(expression.exp, Rational):
            return self._power(expression)
        raise Unsupported(f"{type(expression).__name__} has no zero test: {expression}")

    def _power(self, expression: Pow) -> int:
        base, (top, order) = self.value(expression.base), (int(expression.exp.p), int(expression.exp.q))
        if order == 2:
            root = pow(base, (self.prime + 1) // 4, self.prime)
            if root * root % self.prime != base:
                raise _NoPoint
            base = root if self.signs[expression.base] else self.prime - root
        elif order != 1:
            raise Unsupported(f"a root of order {order}")
        if abs(top) > 10**4:
            raise Unsupported(f"the exponent {top} is too large")
        if base == 0 and top < 0:
            raise _NoPoint
        return pow(base, top, self.prime)


def _chance(form: Expr, roots: int, prime: int) -> float:
    """The chance that a form which is not 0 vanishes at every point, for one choice of signs at least.

    Raises Unsupported where its degree is so high that this says nothing.
    """
    chance = float(min(1.0, (2.0**roots * _degrees(form)[0] + 1) / prime) ** _POINTS)
    if chance > _RAREST:
        raise Unsupported("its degree is too high")
    return chance


@lru_cache(maxsize=1 << 16)
def _degrees(form: Expr) -> tuple[float, float]:
    """Bounds on the degrees of the numerator and the denominator of a form over one common denominator."""
    if isinstance(form, Add):
        parts = [_degrees(part) for part in form.args]
        return max(top - bottom for top, bottom in parts) + sum(b for _, b in parts), sum(b for _, b in parts)
    if isinstance(form, Mul):
        parts = [_degrees(part) for part in form.args]
        return sum(top for top, _ in parts), sum(bottom for _, bottom in parts)
    if isinstance(form, Pow):
        top, bottom = (float(abs(form.exp)) * degree for degree in _degrees(form.base))
        return (top, bottom) if form.exp > 0 else (bottom, top)
    return (0.0 if isinstance(form, Rational) else 1.0), 0.0
