"""Arithmetic modulo primes in one region: every kink has a side, every root a sign, every function a table.

Kinks are known by the value of their argument, up to sign; functions and roots likewise by the value of theirs.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from sympy import Abs, Rational, factorint

from gradproof.derivations.calculus import erf, exp, log, relu, sign, step, xlogx

from ..arithmetic.field import Numbers
from ..evaluation import Function, Opaque, Unsupported
from .choices import Choices
from .signs import About, Signs
from .trials import Batch, Nowhere, TrialField


class MoreRoots(Exception):  # noqa: N818 - an answer
    """The batch has too few choices of signs for all roots."""


class RegionField(TrialField):
    """The arithmetic of one region."""

    def __init__(self, batch: Batch, choices: Choices[About], work: int) -> None:
        super().__init__(batch, work)
        self.signs = Signs(self, choices)
        self._radicands: list[tuple[Numbers, Numbers]] = []
        self._functions: dict[object, list[tuple[Numbers, Numbers]]] = {}
        self._quick: dict[tuple[object, bytes], Numbers] = {}
        element = np.arange(len(self.moduli)) // batch.trials
        self._flipped = [(element >> place & 1).astype(bool) for place in range(batch.roots)]

    def apply(self, function: Function, argument: Numbers) -> Numbers:
        argument = self._every_trial(argument)
        self._spend(16 * argument.size)
        return self.rebuilt([self._applied(function, column) for column in self.columns(argument)], argument)

    def _applied(self, function: Function, column: Numbers) -> Numbers:
        if function is step:
            return self.one if self.signs.sign(column) > 0 else self.zero
        if function in (Abs, relu, sign):
            return self._sided(function, column)
        if isinstance(function, Opaque):
            return self._table((function.name, function.order), column)
        name = function.__name__
        if function is exp:
            return self._mirrored(name, column, self.one, self._inverse)
        if function is xlogx and self.equal(column, self.zero):
            return self.zero
        if function is log:
            self.lose(column == 0, nowhere=True)
            return self.zero if self.equal(column, self.one) else self._logarithm(name, column)
        if function is erf:
            return self._mirrored(name, column, self.zero, self.negated)
        return self._table(name, column)

    def _sided(self, function: Function, column: Numbers) -> Numbers:
        side = self.signs.sign(column)
        if side > 0:
            return self.one if function is sign else column
        if side == 0 or function is relu:
            return self.zero
        return self.negated(self.one if function is sign else column)

    def _mirrored(self, name: object, column: Numbers, at_0: Numbers, mirror: Callable[[Numbers], Numbers]) -> Numbers:
        """exp(−v) = 1/exp(v), erf(−v) = −erf(v)."""
        if self.equal(column, self.zero):
            return at_0
        if self._looked_up(name, column) is None:
            opposite = self._looked_up(name, self.negated(column))
            if opposite is not None:
                return mirror(opposite)
        return self._table(name, column)

    def _logarithm(self, name: object, column: Numbers) -> Numbers:
        """log(u exp(a)) = log u + a, where log u and exp a are in the claim too."""
        found = self._looked_up(name, column)
        if found is not None:
            return found
        for known, value in [(self.one, self.zero), *self._functions.get(name, [])]:
            for argument, power in self._functions.get(exp.__name__, []):
                if self.equal(column, self.multiply(known, power)):
                    return self._filed(name, column, self.add(value, argument))
                if self.equal(self.multiply(column, power), known):
                    return self._filed(name, column, self.add(value, self.negated(argument)))
        return self._table(name, column)

    def _table(self, name: object, column: Numbers) -> Numbers:
        """A random value for each different argument."""
        found = self._looked_up(name, column)
        if found is None:
            seen = np.where(self.everywhere(), column, self.zero)
            found = self._filed(name, column, self.random((), "function", name, seen.tobytes()))
        return found

    def _filed(self, name: object, column: Numbers, value: Numbers) -> Numbers:
        self._functions.setdefault(name, []).append((column, value))
        self._quick[name, column.tobytes()] = value
        return value

    def _looked_up(self, name: object, column: Numbers) -> Numbers | None:
        listed = self._functions.get(name, [])
        self.compared += len(listed)
        quick = self._quick.get((name, column.tobytes()))
        if quick is not None or self.usable.all():
            return quick
        return next((value for argument, value in listed if self.equal(argument, column)), None)

    def largest(self, array: Numbers, axis: int, size: int, rank: int) -> Numbers:
        rows = self._rows(array, axis, size)
        found = [values[self._attaining(values, rank)] for values in rows]
        return self._from_rows([[value] for value in found], array, axis)

    def selected(self, array: Numbers, axis: int, size: int, rank: int) -> Numbers:
        rows = []
        for values in self._rows(array, axis, size):
            place = self._attaining(values, rank)
            if any(self.equal(values[place], other) for at, other in enumerate(values) if at != place):
                raise Nowhere  # a tie
            rows.append([self.one if at == place else self.zero for at in range(size)])
        return self._from_rows(rows, array, axis)

    def _rows(self, array: Numbers, axis: int, size: int) -> list[list[Numbers]]:
        shape = (len(self.moduli), *array.shape[1:axis], size, *array.shape[axis + 1 :])
        last = np.moveaxis(np.broadcast_to(array, shape), axis, -1)
        columns = self.columns(last)
        return [columns[start : start + size] for start in range(0, len(columns), size)]

    def _from_rows(self, rows: list[list[Numbers]], like: Numbers, axis: int) -> Numbers:
        columns = np.stack([column for row in rows for column in row], axis=1)
        shape = (len(self.moduli), *like.shape[1:axis], *like.shape[axis + 1 :], len(rows[0]))
        return np.ascontiguousarray(np.moveaxis(columns.reshape(shape), -1, axis))

    def _attaining(self, values: list[Numbers], rank: int) -> int:
        """The place of the value of this rank: the largest is taken away until it is reached, or the smallest."""
        if rank > len(values):
            raise Nowhere
        places, direction, passes = list(range(len(values))), 1, rank
        if 2 * rank > len(values) + 1:
            direction, passes = -1, len(values) + 1 - rank
        for left in range(passes, 0, -1):
            first = places[0]
            for other in places[1:]:
                excess = self.add(values[other], self.negated(values[first]))
                if self.signs.sign(excess) * direction > 0:
                    first = other
            if left > 1:
                places.remove(first)
        return first

    def power(self, base: Numbers, exponent: Rational) -> Numbers:
        order = int(exponent.q)
        if order % 4 == 0:
            raise Unsupported(f"a root of order {order}")
        if order % 2 == 0:
            base = self._every_trial(base)
            base = self.rebuilt([self._root_of(column) for column in self.columns(base)], base)
            order //= 2
        if order > 1:
            base = self._odd_root(base, order)
        return super().power(base, Rational(exponent.p))

    def _odd_root(self, base: Numbers, order: int) -> Numbers:
        """The only root in the field, as the real root is the only one: no sign to choose."""
        try:
            exponents = [pow(order, -1, prime - 1) for prime in self.moduli]
        except ValueError:
            raise Unsupported(f"a root of order {order} that was not foreseen") from None
        return self._to_the(self._every_trial(base), np.array(exponents, np.uint64))

    def _root_of(self, column: Numbers) -> Numbers:
        if self.equal(column, self.zero):
            return self.zero
        number = self.signs.number(self.reference(column))
        if not number or not self.equal(column, self.one * np.uint64(number)):
            return self._signed_root(column)
        result = self.one
        for prime, power in factorint(number).items():
            factor = self.one * np.uint64(prime)
            for _ in range(power // 2):
                result = self.multiply(result, factor)
            if power % 2:
                result = self.multiply(result, self._signed_root(factor))
        return result

    def _signed_root(self, column: Numbers) -> Numbers:
        for radicand, root in self._radicands:
            if self.same(self.reference(radicand), self.reference(column)):
                if not self.equal(radicand, column):
                    raise Unsupported("roots that are equal for some signs of inner roots only")
                return root
        place = len(self._radicands)
        if place >= self.batch.roots:
            raise MoreRoots
        root = self._to_the(column, (self._modulus + np.uint64(1)) // np.uint64(4))
        self.lose(self.multiply(root, root) != column)
        root = np.where(self._flipped[place], self.negated(root), root)
        self._radicands.append((column, root))
        return root
