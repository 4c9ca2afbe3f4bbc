"""Arithmetic modulo primes in trials that are tried with every choice of signs of the roots at once.

The batch axis holds each trial once for every choice, so that all choices are tried at the same points: a product of
factors such as |x_i| − x_i, each 0 at half of the points, cannot get lucky. Values are compared in the trials that are
usable so far, of which at least `FEWEST_PRIMES` have different primes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sympy import Expr, S

from ..arithmetic.field import Field, Numbers, draw
from ..evaluation import Unsupported

FEWEST_PRIMES = 8
#: What an operation on arrays costs beside its elements, in operations on elements.
_OVERHEAD = 2000
Mask = npt.NDArray[np.bool_]


class Nowhere(Exception):  # noqa: N818 - an answer
    """In this region a reciprocal of 0 or a logarithm of 0 is taken, whatever the data."""


class Impossible(Nowhere):
    """No data in this region fit the conditions of the claim."""


@dataclass(frozen=True, slots=True)
class Batch:
    """`trials` points, each with all 2^roots choices of signs.

    moduli    one prime per trial
    at_kinks  whether the claim is also said at kinks, so that 0 is a third sign
    """

    moduli: tuple[int, ...]
    roots: int
    key: object
    at_kinks: bool

    @property
    def trials(self) -> int:
        return len(self.moduli)


class TrialField(Field):
    """The arithmetic of a batch. A *column* is one number per element of the batch; its *reference* is the part that
    has the first choice of signs.

    usable    the trials (not elements of the batch) in which every root and every reciprocal exists, whatever the signs
    compared  how many pairs of values were compared: each is a chance to take different ones for equal
    """

    def __init__(self, batch: Batch, work: int) -> None:
        super().__init__(batch.moduli * 2**batch.roots, batch.key, work)
        self.batch = batch
        self.usable = np.ones(batch.trials, bool)
        self.compared = 0
        self._constants: dict[Expr, Numbers] = {}
        self.prime = np.array(batch.moduli, np.uint64)
        self.zero, self.one = (np.full(len(self.moduli), number, np.uint64) for number in (0, 1))

    def random(self, shape: tuple[int, ...], *key: object) -> Numbers:
        """The same elements for every choice of signs."""
        modulus = self.prime.reshape((-1,) + (1,) * len(shape))
        drawn = draw(self.key, *key).integers(1, modulus, (self.batch.trials, *shape), dtype=np.uint64)
        return np.tile(drawn, (2**self.batch.roots,) + (1,) * len(shape))

    def constant(self, value: Expr, ndim: int) -> Numbers:
        if value not in self._constants:
            self._constants[value] = super().constant(value, 1)
        found = self._constants[value]
        return found.reshape((-1,) + (1,) * (ndim - 1))

    def _inverse(self, base: Numbers) -> Numbers:
        base = self._every_trial(base)
        if not base.all():
            for column in self.columns(base):
                self.lose(column == 0, nowhere=True)
        return self._to_the(base, self._modulus - np.uint64(2))

    def lose(self, elements: Mask, nowhere: bool = False) -> None:
        """Trials in which something does not exist for one choice of signs are lost for all.

        Raises Nowhere where it exists in none, if this is asked for, and Unsupported if too few trials are left.
        """
        if not elements.any():
            return
        by_signs = elements.reshape(-1, self.batch.trials)
        if nowhere and by_signs[:, self.usable].all():
            raise Nowhere
        self.usable &= ~by_signs.any(axis=0)
        if self.primes < FEWEST_PRIMES:
            raise Unsupported("too few trials have every root and every reciprocal")

    @property
    def primes(self) -> int:
        """How many different primes the usable trials have."""
        return len(set(self.prime[self.usable].tolist()))

    def vanishes(self, value: Numbers) -> bool:
        """Whether a value without axes is 0 in every usable trial, for every choice of signs."""
        return self.equal(np.ascontiguousarray(self._every_trial(value).reshape(-1)), self.zero)

    def equal(self, first: Numbers, second: Numbers) -> bool:
        self.comparing(1)
        return bool((first == second)[self.everywhere()].all())

    def same(self, first: Numbers, second: Numbers) -> bool:
        """Whether two values, for the reference signs, are equal."""
        self.comparing(1)
        return bool((first == second)[self.usable].all())

    def comparing(self, pairs: int) -> None:
        """Counts comparisons, for the chance of an error and the work."""
        self.compared += pairs
        self._spend(pairs * self.batch.trials)

    def everywhere(self) -> Mask:
        return np.tile(self.usable, 2**self.batch.roots)

    def reference(self, column: Numbers) -> Numbers:
        return column[: self.batch.trials]

    def minus(self, value: Numbers) -> Numbers:
        return (self.prime - value) % self.prime

    def quotient(self, first: Numbers, second: Numbers, trials: int | None = None) -> Numbers:
        """Of references, in the first trials only if asked for; 0 where the second is 0."""
        pairs = list(zip(second.tolist(), self.batch.moduli, strict=True))[:trials]
        self._spend(_OVERHEAD + 100 * len(pairs))
        inverse = [pow(value, -1, prime) if value else 0 for value, prime in pairs]
        return first[:trials] * np.array(inverse, np.uint64) % self.prime[:trials]

    def negated(self, column: Numbers) -> Numbers:
        return (self._modulus - column) % self._modulus

    def negated_array(self, array: Numbers) -> Numbers:
        return self.multiply(array, self.constant(S.NegativeOne, array.ndim))

    def every_trial(self, array: Numbers) -> Numbers:
        return self._every_trial(array)

    def columns(self, array: Numbers) -> list[Numbers]:
        return list(np.ascontiguousarray(array.reshape(len(self.moduli), -1).T))

    def rebuilt(self, columns: list[Numbers], like: Numbers) -> Numbers:
        return np.ascontiguousarray(np.stack(columns, axis=1)).reshape(like.shape)

    def _spend(self, operations: int) -> None:
        super()._spend(operations + _OVERHEAD)
