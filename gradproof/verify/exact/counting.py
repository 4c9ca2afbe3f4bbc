"""How many classes a proof for every size needs.

Theorem. Let a difference be N/M after clearing denominators, where N is a combination, with coefficients rational in
the sizes, of products of sums over a size s; each product mentions at most a bound indices over s (powers and sums over
several indices counted with multiplicity), and f free indices over s stand at distinct places. Then N = 0 for all n and
all data if and only if N = 0 on f + a + 1 classes with indeterminate weights.

Why. Each term of N sees at most f + a elements, so by inclusion and exclusion N is determined by data with f + a
special elements and n − f − a equal elements ("twins") of one more kind. That is the weight vector
(1, …, 1, n − f − a), and the value is a polynomial in the weights.

Each condition of the theorem is a check below that raises Unsupported with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sympy import Add, Expr, Mul, NumberSymbol, Pow, Rational, ceiling

from gradproof.derivations.calculus import (
    Applied,
    Delta,
    Dim,
    Elementwise,
    Entry,
    Index,
    Sum,
    Tensor,
    free_indices,
)

from ..evaluation import Unsupported
from .derivatives import carried_out

#: base ↦ (power, number of bound indices that clearing it once brings)
Denominators = dict[Expr, tuple[int, int]]


class NotYetBounded(Unsupported):
    """The count over one size needs the number of classes of another first."""


@dataclass(frozen=True, slots=True)
class Count:
    """An expression is N/M: terms of N mention at most `mentioned` bound indices; M is the product of denominators."""

    mentioned: int = 0
    denominators: tuple[tuple[Expr, int, int], ...] = ()

    @property
    def cleared(self) -> int:
        """What multiplying by M brings."""
        return sum(power * size for _, power, size in self.denominators)


_NONE = Count()


def class_counts(difference: Expr, free: frozenset[Index]) -> dict[Dim, int]:
    """The number of classes for each size. Raises Unsupported with the reason where the theorem does not apply."""
    _check_deltas(difference, free)
    whole = carried_out(difference)
    left = sorted(_sizes(whole) | _sizes(difference) | {index.dim for index in free}, key=str)
    found: dict[Dim, int] = {}
    while left:
        reason: NotYetBounded | None = None
        for size in left:
            try:
                found[size] = _classes(whole, size, found, free)
            except NotYetBounded as why:
                reason = why
        if reason is not None and not set(left) & set(found):
            raise Unsupported(f"{reason} (row and column denominators together)")
        left = [size for size in left if size not in found]
    return found


def _classes(whole: Expr, size: Dim, bounded: Mapping[Dim, int], free: frozenset[Index]) -> int:
    counter = _Counter(size, bounded, free)
    needed = counter.count(whole).mentioned
    # Two arguments of one function must be equal on the classes only if they are equal for every size.
    while counter.arguments:
        inside = counter.count(counter.arguments.popitem()[0])
        needed = max(needed, 2 * (inside.mentioned + inside.cleared) + 2)
    distinct = sum(bool(index.dim == size) for index in free)
    return distinct + needed + 1


class _Counter:
    """Counts the bound indices over one size."""

    def __init__(self, size: Dim, bounded: Mapping[Dim, int], free: frozenset[Index]) -> None:
        self.size = size
        self.bounded = bounded
        self.free = free
        self.arguments: dict[Expr, None] = {}
        self._seen: dict[Expr, Count] = {}

    def count(self, expression: Expr) -> Count:
        found = self._seen.get(expression)
        if found is None:
            found = self._seen[expression] = self._count(expression)
        return found

    def _count(self, expression: Expr) -> Count:
        if isinstance(expression, Sum):
            return self._sum(expression)
        if isinstance(expression, Add):
            return _added([self.count(part) for part in expression.args])
        if isinstance(expression, Mul):
            return _multiplied([self.count(part) for part in expression.args])
        if isinstance(expression, Pow):
            return self._power(expression)
        if isinstance(expression, (Elementwise, Applied)):
            # A table of its own: one more datum at each place, if its argument is the same whenever it should be.
            self.arguments[expression.args[-1]] = None
            return _NONE
        if isinstance(expression, Entry):
            return self._entry(expression)
        if isinstance(expression, (Rational, NumberSymbol, Dim, Delta)):
            return _NONE
        raise Unsupported(f"{type(expression).__name__} is not understood by the proof: {expression}")

    def _sum(self, total: Sum) -> Count:
        body = self.count(total.body)
        mentioned = body.mentioned
        denominators = {base: (power, size) for base, power, size in body.denominators}
        for index in total.bound:
            mentioned += index.dim == self.size
            for base, (power, size) in list(denominators.items()):
                if not size or index not in free_indices(base):
                    continue  # it comes out of the sum, or is a datum of the place
                if index.dim == self.size:
                    raise Unsupported(
                        f"a sum over {self.size} stands in a denominator that depends on an index over {self.size}"
                    )
                if index.dim not in self.bounded:
                    raise NotYetBounded(f"a denominator over {self.size} depends on an index over {index.dim}")
                classes = self.bounded[index.dim]
                mentioned += (classes - 1) * power * size
                denominators[base] = (power * classes, size)
        return Count(mentioned, tuple((base, power, size) for base, (power, size) in denominators.items()))

    def _power(self, expression: Pow) -> Count:
        base, exponent = expression.args
        if not isinstance(exponent, Rational):
            raise Unsupported(f"the exponent {exponent} is not a number")
        inside = self.count(base)
        times = int(ceiling(abs(exponent)))
        if exponent.q != 1:
            if not free_indices(base) <= self.free:
                raise Unsupported("a root that depends on a bound index")
            # N = A + B √base, and both signs are tried; generous.
            both = inside.mentioned + inside.cleared
            return Count(both * times, ((base, times, both),))
        if exponent > 0:
            return Count(inside.mentioned * times, tuple((b, p * times, s) for b, p, s in inside.denominators))
        return Count(inside.cleared * times, ((base, times, inside.mentioned),))

    def _entry(self, entry: Entry) -> Count:
        tensor = entry.tensor
        if not tensor.domain.sums_to_one:
            return _NONE
        # Its value is u_k / Σ u.
        *rows, last = entry.indices
        total = Sum(Entry(raw_data(tensor), *rows, last), last)
        return Count(0, ((total, 1, int(tensor.dims[-1] == self.size)),))


def raw_data(tensor: Tensor) -> Tensor:
    """The free data u behind a tensor that sums to 1."""
    return Tensor(f"{tensor.name} (before normalising, {tensor.domain.value})", *tensor.dims)


def _added(parts: list[Count]) -> Count:
    common: Denominators = {}
    for part in parts:
        for base, power, size in part.denominators:
            common[base] = (max(power, common.get(base, (0, 0))[0]), size)
    full = sum(power * size for power, size in common.values())
    mentioned = max(part.mentioned + full - part.cleared for part in parts)
    return Count(mentioned, tuple((base, power, size) for base, (power, size) in common.items()))


def _multiplied(parts: list[Count]) -> Count:
    product: Denominators = {}
    for part in parts:
        for base, power, size in part.denominators:
            product[base] = (power + product.get(base, (0, 0))[0], size)
    mentioned = sum(part.mentioned for part in parts)
    return Count(mentioned, tuple((base, power, size) for base, (power, size) in product.items()))


def _check_deltas(difference: Expr, free: frozenset[Index]) -> None:
    for delta in difference.atoms(Delta):
        if not set(delta.args) & free:
            raise Unsupported(f"a delta between two indices over {delta.args[0].dim} was not contracted")


def _sizes(expression: Expr) -> set[Dim]:
    found: set[Dim] = expression.atoms(Dim) | {index.dim for index in expression.atoms(Index)}
    for tensor in expression.atoms(Tensor):
        found |= set(tensor.dims) | (set() if tensor.definition is None else _sizes(tensor.definition[1]))
    return found
