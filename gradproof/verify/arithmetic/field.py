"""Arithmetic modulo primes: one prime per trial, so that a whole batch of trials is one NumPy array.

exp, log and activations have no values here. A function is a table instead: equal arguments give equal random values,
and nothing else is known of it, but that erf is odd. The key of the table is the argument in all trials at once, so
that two different ones are taken for equal only if they agree modulo every prime.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from sympy import Expr, Rational, nextprime

from gradproof.derivations.calculus import erf, exp, log

from ..work import spend
from .protocol import Function, Opaque, Seat, Unsupported, gather_axes

Numbers = npt.NDArray[np.uint64]

#: Literals beyond this could be multiples of a prime.
LARGEST_LITERAL = 1 << 24
_LOWEST, _HIGHEST = 1 << 30, (1 << 31) - (1 << 22)
_STOCK = 400


def draw(*key: object) -> np.random.Generator:
    """A generator that depends on the key alone, not on what was drawn before."""
    digest = hashlib.blake2b(repr(key).encode(), digest_size=16).digest()
    return np.random.default_rng(int.from_bytes(digest, "little"))


def primes(count: int, seed: int, *key: object) -> tuple[int, ...]:
    """Distinct primes of 31 bits, 3 mod 4 (so that roots are powers), drawn by the seed and the key.

    They are not fixed: a claim could be written that holds modulo a known prime.
    """
    stock = _stock(seed)
    return tuple(stock[place] for place in draw("primes", seed, *key).choice(len(stock), count, replace=False))


@lru_cache(maxsize=8)
def _stock(seed: int) -> tuple[int, ...]:
    """The primes of a run, from which each claim draws."""
    generator = draw("stock", seed)
    found: set[int] = set()
    while len(found) < _STOCK:
        prime = int(nextprime(int(generator.integers(_LOWEST, _HIGHEST))))
        if prime % 4 == 3:
            found.add(prime)
    return tuple(sorted(found))


class Field:
    """The arithmetic; trial t is modulo primes[t]. `usable[t]` falls when trial t divides by 0 or misses a root.

    key      what the random tables depend on
    work     the number of elementary operations allowed; Unsupported is raised beyond
    signs    which of the two roots each radicand gets, in the order in which they are met
    """

    def __init__(self, moduli: tuple[int, ...], key: object, work: int = 1 << 60, signs: tuple[bool, ...] = ()) -> None:
        self.moduli = moduli
        self.key = key
        self.work = work
        self.usable = np.ones(len(moduli), bool)
        self.roots: dict[bytes, Numbers] = {}
        self._modulus = np.array(moduli, np.uint64)
        self._shaped = {ndim: self._modulus.reshape((-1,) + (1,) * (ndim - 1)) for ndim in range(1, 12)}
        self._signs = signs
        self._tables: dict[tuple[object, bytes], Numbers] = {}

    def random(self, shape: tuple[int, ...], *key: object) -> Numbers:
        """Nonzero elements of shape (trials, *shape) that depend on the key alone."""
        generator = draw(self.key, *key)
        modulus = self._modulus.reshape((-1,) + (1,) * len(shape))
        return generator.integers(1, modulus, (len(self.moduli), *shape), dtype=np.uint64)

    def constant(self, value: Expr, ndim: int) -> Numbers:
        if not isinstance(value, Rational):
            return self.random((), "number", str(value)).reshape((-1,) + (1,) * (ndim - 1))
        top, bottom = int(value.p), int(value.q)
        if max(abs(top), bottom) > LARGEST_LITERAL:
            raise Unsupported(f"the number {value} is too large for a proof over finite fields")
        if bottom == 1 and top >= 0:
            return np.full((1,) * ndim, top, np.uint64)
        values = [top * pow(bottom, -1, modulus) % modulus for modulus in self.moduli]
        return np.array(values, np.uint64).reshape((-1,) + (1,) * (ndim - 1))

    def identity(self, size: int) -> Numbers:
        return np.eye(size, dtype=np.uint64)[None]

    def add(self, first: Numbers, second: Numbers) -> Numbers:
        return self._reduced(first + second)

    def multiply(self, first: Numbers, second: Numbers) -> Numbers:
        return self._reduced(first * second)

    def total(self, array: Numbers, axis: int, size: int) -> Numbers:
        if array.shape[axis] != size:
            return self._reduced(array * np.uint64(size))
        return self._reduced(array.sum(axis=axis, dtype=np.uint64, keepdims=True))

    def largest(self, array: Numbers, axis: int, size: int, rank: int) -> Numbers:
        raise Unsupported("a finite field has no order, so no largest element")

    def selected(self, array: Numbers, axis: int, size: int, rank: int) -> Numbers:
        raise Unsupported("a finite field has no order, so no largest element")

    def gather(self, array: Numbers, seats: Sequence[Seat], ndim: int) -> Numbers:
        found: Numbers = gather_axes(array, seats, ndim)
        return found

    def power(self, base: Numbers, exponent: Rational) -> Numbers:
        top, bottom = int(exponent.p), int(exponent.q)
        if bottom == 2:
            base = self._root(base)
        elif bottom != 1:
            raise Unsupported(f"a root of order {bottom}")
        if abs(top) > 64:
            raise Unsupported(f"the exponent {exponent} is too large for a proof over finite fields")
        if top < 0:
            base = self._inverse(base)
        result = base
        for bit in bin(abs(top))[3:]:
            result = self.multiply(result, result)
            if bit == "1":
                result = self.multiply(result, base)
        return result if top else np.ones_like(base)

    def apply(self, function: Function, argument: Numbers) -> Numbers:
        name: Any = (function.name, function.order) if isinstance(function, Opaque) else function.__name__
        argument = self._every_trial(argument)
        columns = argument.reshape(len(self.moduli), -1).T.copy()
        self._spend(16 * columns.size)
        values = np.empty_like(columns)
        for place, column in enumerate(columns):
            negative = False
            if function is erf:  # odd: of x and −x one has the table
                opposite = np.where(column == 0, column, self._modulus - column)
                negative = opposite.tobytes() < column.tobytes()
                column = opposite if negative else column
            key = (name, column.tobytes())
            if key not in self._tables:
                if function is log and (column == 1).all():
                    self._tables[key] = np.zeros_like(column)
                elif function is exp and not column.any():
                    self._tables[key] = np.ones_like(column)
                elif function is erf and not column.any():
                    self._tables[key] = np.zeros_like(column)
                else:
                    self._tables[key] = self.random((), *key)
            value = self._tables[key]
            values[place] = np.where(value == 0, value, self._modulus - value) if negative else value
        return values.T.reshape(argument.shape)

    def _reduced(self, array: Numbers) -> Numbers:
        self._spend(array.size)
        return array % self._shaped[array.ndim]

    def _spend(self, operations: int) -> None:
        spend(operations)
        self.work -= operations
        if self.work < 0:
            raise Unsupported("the proof takes more work than the budget allows")

    def _every_trial(self, array: Numbers) -> Numbers:
        return np.broadcast_to(array, (len(self.moduli), *array.shape[1:]))

    def _inverse(self, base: Numbers) -> Numbers:
        base = self._every_trial(base)
        zeros = (base == 0).reshape(len(self.moduli), -1).any(axis=1)
        if zeros.any():
            self.usable &= ~zeros
        if base.size <= 256:
            self._spend(base.size)
            rows = base.reshape(len(self.moduli), -1).tolist()
            found = [
                [pow(value, -1, modulus) if value else 0 for value in row]
                for row, modulus in zip(rows, self.moduli, strict=True)
            ]
            return np.array(found, np.uint64).reshape(base.shape)
        return self._to_the(base, self._modulus - np.uint64(2))

    def _root(self, base: Numbers) -> Numbers:
        """One root of each element; the sign is chosen per radicand, the same wherever it occurs."""
        base = self._every_trial(base)
        if base[0].size != 1:
            raise Unsupported("a root that depends on a bound index")
        key = base.tobytes()
        if key not in self.roots:
            root = self._to_the(base, (self._modulus + np.uint64(1)) // np.uint64(4))
            missed = (self.multiply(root, root) != base).reshape(len(self.moduli), -1).any(axis=1)
            self.usable &= ~missed
            if len(self.roots) < len(self._signs) and self._signs[len(self.roots)]:
                root = self._reduced(self._shaped[root.ndim] - root)
            self.roots[key] = root.reshape(-1)
        return self.roots[key].reshape(base.shape)

    def _to_the(self, base: Numbers, exponents: Numbers) -> Numbers:
        """Each trial to its own exponent."""
        result = np.ones_like(base)
        left = exponents.reshape((-1,) + (1,) * (base.ndim - 1))
        while left.any():
            odd = (left & np.uint64(1)) == 1
            result = np.where(odd, self.multiply(result, base), result)
            base, left = self.multiply(base, base), left >> np.uint64(1)
        return result
