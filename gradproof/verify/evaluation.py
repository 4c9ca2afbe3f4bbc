"""One interpreter of expressions, over many arithmetics.

A value is an array of any kind: a batch axis first (trials or points; size 1 broadcasts), then one axis per index. What
the numbers are (field elements, floats, balls, dual numbers) is the business of an `Arithmetic`; what the tensors are
at a point is the business of a `Point`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sympy import Abs, Add, Expr, Integer, Mul, NumberSymbol, Pow, Rational

from gradproof.derivations.calculus import (
    Applied,
    Condition,
    Delta,
    Dim,
    Elementwise,
    Entry,
    Index,
    Largest,
    Partial,
    Selected,
    Sum,
    Tensor,
    exp,
    free_indices,
    fresh,
    log,
)

from .arithmetic.protocol import Arithmetic, At, Function, Opaque, Seat, Unsupported, gather_axes
from .downstream import described
from .reductions import extremum_value, sum_value
from .work import ARRAY, spend

__all__ = [
    "Arithmetic",
    "At",
    "Evaluator",
    "Function",
    "Opaque",
    "Point",
    "Seat",
    "Unsupported",
    "evaluate",
    "gather_axes",
]

Array = TypeVar("Array")


@dataclass(frozen=True, slots=True)
class Point(Generic[Array]):
    """Where an expression is evaluated.

    sizes    the number of places of each size
    data     the array of a tensor that is not unfolded, of shape (batch or 1, *sizes); asked once per tensor. Facts of
             the domain (positive, sums to 1) must hold of it
    weights  per size an array of shape (batch or 1, places), if a place stands for several equal elements; only proofs
             use it. A size is then the sum of its weights
    places   free indices that sit at a place, counted from 0; the others have an axis each
    """

    sizes: Mapping[Dim, int]
    data: Callable[[Tensor], Array]
    weights: Mapping[Dim, Array] = field(default_factory=dict)
    places: Mapping[Index, int] = field(default_factory=dict)


def evaluate(
    expression: Expr,
    arithmetic: Arithmetic[Array],
    point: Point[Array],
    indices: tuple[Index, ...] = (),
    uses: tuple[Tensor, ...] | None = None,
    given: tuple[Condition, ...] = (),
) -> Array:
    """The value, with the batch axis and one axis per index of `indices`, in this order (an axis can have size 1).

    uses    the defined tensors that are unfolded (None: all); every other tensor is data of the point
    given   only `Downstream` matters here
    Raises Unsupported for what has no value in this arithmetic, and KeyError for a size that the point lacks.
    """
    return Evaluator(arithmetic, point, uses, given).value(expression, indices)


class Evaluator(Generic[Array]):
    """Evaluates several expressions at one point and keeps what it has computed."""

    def __init__(
        self,
        arithmetic: Arithmetic[Array],
        point: Point[Array],
        uses: tuple[Tensor, ...] | None = None,
        given: tuple[Condition, ...] = (),
    ) -> None:
        self.arithmetic = arithmetic
        self.point = point
        self.uses = uses
        self.given = given
        self.described = described(given)
        self._memo: dict[tuple[Expr, tuple[Index, ...]], Array] = {}
        self.duals: dict[Any, Any] = {}
        self._data: dict[Tensor, Array] = {}
        self._formals: dict[Tensor, tuple[Index, ...]] = {}

    def value(self, expression: Expr, axes: tuple[Index, ...] = ()) -> Array:
        """The value on these axes. An expression is computed on the axes that it needs and then spread."""
        needed = self.needs(expression)
        own = tuple(axis for axis in axes if axis in needed)
        key = (expression, own)
        found = self._memo.get(key)
        if found is None:
            spend(ARRAY)
            found = self._memo[key] = self._compute(expression, own)
        return found if own == axes else self._spread(found, own, axes)

    def needs(self, expression: Expr) -> frozenset[Index]:
        """The indices on which the value of an expression depends."""
        return free_indices(expression)

    def unfolds(self, tensor: Tensor) -> bool:
        """Whether the definition of the tensor is used."""
        return tensor.definition is not None and (self.uses is None or tensor in self.uses)

    def _spread(self, array: Array, own: tuple[Index, ...], axes: tuple[Index, ...]) -> Array:
        return self.arithmetic.gather(array, [1 + axes.index(axis) for axis in own], 1 + len(axes))

    def _compute(self, expression: Expr, axes: tuple[Index, ...]) -> Array:
        arithmetic, ndim = self.arithmetic, 1 + len(axes)
        if isinstance(expression, (Add, Mul)):
            combine = arithmetic.add if isinstance(expression, Add) else arithmetic.multiply
            result = self.value(expression.args[0], axes)
            for part in expression.args[1:]:
                result = combine(result, self.value(part, axes))
            return result
        if isinstance(expression, Entry):
            return self._entry(expression, axes)
        if isinstance(expression, (Rational, NumberSymbol)):
            return arithmetic.constant(expression, ndim)
        if isinstance(expression, Pow):
            exponent = self._number(expression.exp)
            if isinstance(exponent, Rational):
                return arithmetic.power(self.value(expression.base, axes), exponent)
            return self._raised(self.value(expression.base, axes), self.value(exponent, axes))
        if isinstance(expression, Sum):
            return sum_value(self, expression, axes)
        if isinstance(expression, (Largest, Selected)):
            return extremum_value(self, expression, axes)
        if isinstance(expression, Delta):
            return self._delta(expression, axes)
        if isinstance(expression, Dim):
            return self._size(expression, ndim)
        if isinstance(expression, Partial):
            return self._partial(expression, axes)
        if isinstance(expression, Applied):
            name = Opaque(expression.name, expression.order)
            return arithmetic.apply(name, self.value(expression.argument, axes))
        if isinstance(expression, (Elementwise, Abs)):
            return arithmetic.apply(type(expression), self.value(expression.args[0], axes))
        raise Unsupported(f"{type(expression).__name__} has no value here: {expression}")

    def seats(self, indices: Sequence[Index], axes: tuple[Index, ...]) -> list[Seat]:
        """Where the axes of a tensor with these indices go."""
        places = self.point.places
        return [At(places[index]) if index in places else 1 + axes.index(index) for index in indices]

    def _entry(self, entry: Entry, axes: tuple[Index, ...]) -> Array:
        tensor = entry.tensor
        if self.unfolds(tensor):
            _, array = self._definition(tensor)
            return self.arithmetic.gather(array, self.seats(entry.indices, axes), 1 + len(axes))
        if tensor not in self._data:
            self._data[tensor] = self.point.data(tensor)
        return self.arithmetic.gather(self._data[tensor], self.seats(entry.indices, axes), 1 + len(axes))

    def _definition(self, tensor: Tensor) -> tuple[tuple[Index, ...], Array]:
        """The whole array of a defined tensor, and the fresh indices that stand for its axes."""
        if tensor not in self._formals:
            self._formals[tensor] = tuple(fresh(index) for index in tensor.definition[0])
        formals = self._formals[tensor]
        return formals, self.value(_body(tensor, formals), self._definition_axes(tensor, formals))

    def _definition_axes(self, tensor: Tensor, formals: tuple[Index, ...]) -> tuple[Index, ...]:
        return formals

    def _size(self, dim: Dim, ndim: int) -> Array:
        if dim not in self.point.weights:
            return self.arithmetic.constant(Rational(self.point.sizes[dim]), ndim)
        total = self.arithmetic.total(self.weights(dim), 1, self.point.sizes[dim])
        return self.arithmetic.gather(total, [At(0)], ndim)

    def _delta(self, delta: Delta, axes: tuple[Index, ...]) -> Array:
        first, second = delta.args
        places = self.point.places
        if first in places and second in places:
            return self.arithmetic.constant(Rational(int(places[first] == places[second])), 1 + len(axes))
        if first.dim in self.point.weights and first not in places and second not in places:
            raise Unsupported(f"a delta between two indices over {first.dim} was not contracted")
        identity = self.arithmetic.identity(self.point.sizes[first.dim])
        return self.arithmetic.gather(identity, self.seats((first, second), axes), 1 + len(axes))

    def weights(self, dim: Dim) -> Array:
        """How many equal elements each place of a size stands for, where places stand for several."""
        return self.point.weights[dim]

    def _number(self, exponent: Expr) -> Expr:
        """The exponent with its sizes inserted."""
        sizes = exponent.atoms(Dim)
        if sizes & set(self.point.weights):
            raise Unsupported(f"the exponent {exponent} depends on a size")
        return exponent.xreplace({dim: Integer(self.point.sizes[dim]) for dim in sizes})

    def _raised(self, base: Array, exponent: Array) -> Array:
        """base ** exponent for a positive base; undefined elsewhere."""
        return self.arithmetic.apply(exp, self.arithmetic.multiply(exponent, self.arithmetic.apply(log, base)))

    def _partial(self, partial: Partial, axes: tuple[Index, ...]) -> Array:
        from .differentiation import derivative_value  # it evaluates too

        found: Array = derivative_value(self, partial, axes)
        return found


@lru_cache(maxsize=1 << 12)
def _body(tensor: Tensor, formals: tuple[Index, ...]) -> Expr:
    return tensor.body(*formals)
