"""The value of a `Partial`: its expression is run again in dual numbers.

The differentiation rules of the calculus are not used, so that a derivative which the calculus found is checked against
something else than the calculus.
"""

from __future__ import annotations

from typing import Any, TypeVar

from sympy import Expr, Mul, S

from gradproof.derivations.calculus import Delta, Entry, Index, Partial, Tensor, fresh

from .arithmetic.dual import Dual, DualNumber
from .evaluation import At, Evaluator, Seat, Unsupported
from .structure import tensors_in

Array = TypeVar("Array")


def derivative_value(outer: Evaluator[Any], partial: Partial, axes: tuple[Index, ...]) -> Any:
    """∂f/∂t[i, …] on these axes, in the arithmetic of `outer`.

    Raises Unsupported where an index of t runs over weighted classes: a class is not one element.
    """
    indices, places = partial.by.indices, outer.point.places
    for index in indices:
        if index not in places and index.dim in outer.point.weights:
            raise Unsupported(f"a derivative by an entry whose index runs over {index.dim} was not carried out")
    dual = _dual(outer, partial.by)
    derivative = dual.value(partial.expression, axes + dual.extra).derivative
    if derivative is None:
        return outer.arithmetic.constant(S.Zero, 1 + len(axes))
    seats = [1 + place for place in range(len(axes))]
    seats += [1 + axes.index(index) for index in indices if index not in places]
    return outer.arithmetic.gather(derivative, seats, 1 + len(axes))


def _dual(outer: Evaluator[Any], by: Entry) -> DualEvaluator[Any]:
    """The evaluator in dual numbers, shared by all derivatives by entries of one tensor (at one place, if fixed)."""
    places = outer.point.places
    key = (by.tensor, tuple(index if index in places else None for index in by.indices))
    if key not in outer.duals:
        # Another name for what is not fixed: sums inside may use the name of the index for themselves.
        directions = tuple(index if index in places else fresh(index) for index in by.indices)
        outer.duals[key] = DualEvaluator(outer, by.tensor, directions)
    found: DualEvaluator[Any] = outer.duals[key]
    return found


class DualEvaluator(Evaluator[DualNumber[Array]]):
    """Evaluates with derivatives by tensor[directions]; what does not depend on the tensor is taken from `outer`.

    The tensor's own definition is a cut: its value comes from outside, its derivative is a product of deltas.
    """

    def __init__(self, outer: Evaluator[Array], tensor: Tensor, directions: tuple[Index, ...]) -> None:
        self.dual = Dual(outer.arithmetic)
        super().__init__(self.dual, outer.point, outer.uses, outer.given)  # type: ignore[arg-type]
        self.outer = outer
        self.tensor = tensor
        self.directions = directions
        self.extra = tuple(direction for direction in directions if direction not in outer.point.places)
        self.all_extra: tuple[Index, ...] = self.extra + (outer.all_extra if isinstance(outer, DualEvaluator) else ())
        self._depending: dict[Expr, bool] = {}

    def depends(self, expression: Expr) -> bool:
        """Whether the tensor is reached, also through definitions and through what lies downstream."""
        found = self._depending.get(expression)
        if found is None:
            found = any(self._reaches(tensor) for tensor in tensors_in(expression))
            self._depending[expression] = found
        return found

    def _reaches(self, tensor: Tensor) -> bool:
        if tensor == self.tensor:
            return True
        if self.unfolds(tensor):
            return self.depends(tensor.definition[1])
        condition = self.described.get(tensor)
        return condition is not None and any(self._reaches(part) for part in condition.through)

    def value(self, expression: Expr, axes: tuple[Index, ...] = ()) -> DualNumber[Array]:
        if not self.depends(expression):
            return self.dual.lift(self.outer.value(expression, axes))
        return super().value(expression, axes)

    def needs(self, expression: Expr) -> frozenset[Index]:
        needed = self.outer.needs(expression)
        return needed | frozenset(self.extra) if self.depends(expression) else needed

    def weights(self, dim: Any) -> DualNumber[Array]:
        return self.dual.lift(self.outer.weights(dim))

    def _entry(self, entry: Entry, axes: tuple[Index, ...]) -> DualNumber[Array]:
        if entry.tensor == self.tensor:
            deltas = Mul(*[Delta(i, d) for i, d in zip(entry.indices, self.directions, strict=True)], evaluate=False)
            return DualNumber(self.outer.value(entry, axes), self.outer.value(deltas, axes))
        if self.unfolds(entry.tensor):
            _, array = self._definition(entry.tensor)
            seats = self.seats((*entry.indices, *self._directions_of(entry.tensor)), axes)
            found = self.dual.gather(array, seats, 1 + len(axes))
            if isinstance(self.outer, DualEvaluator):  # a cut there: its value does not come from its definition
                outside: Any = self.outer
                return DualNumber(outside.value(entry, axes), found.derivative)
            return found
        return self._downstream(entry, axes)

    def _definition_axes(self, tensor: Tensor, formals: tuple[Index, ...]) -> tuple[Index, ...]:
        return formals + self._directions_of(tensor)

    def _directions_of(self, tensor: Tensor) -> tuple[Index, ...]:
        """The directions, here and outside, in which the definition of a tensor changes."""
        needed = self.needs(tensor.definition[1])
        return tuple(direction for direction in self.all_extra if direction in needed)

    def _downstream(self, entry: Entry, axes: tuple[Index, ...]) -> DualNumber[Array]:
        """d value = Σ_c Σ_k (∂value/∂c_k) d c_k; the partial derivatives may themselves move in `outer`."""
        condition, arithmetic = self.described[entry.tensor], self.outer.arithmetic
        total: Array | None = None
        for part in condition.through:
            middle = Entry(part, *(fresh(Index("k", dim)) for dim in part.dims))
            inner = (*axes, *middle.indices)
            change = self.value(middle, inner).derivative
            if change is None:
                continue
            term = arithmetic.multiply(self.outer.value(condition.slope(entry, middle), inner), change)
            term = self._summed(term, len(axes), middle.indices)
            total = term if total is None else arithmetic.add(total, term)
        return DualNumber(self.outer.value(entry, axes), total)

    def _summed(self, array: Array, kept: int, indices: tuple[Index, ...]) -> Array:
        """The sum over the last axes, which stand for these indices."""
        arithmetic, ndim = self.outer.arithmetic, 1 + kept + len(indices)
        for axis, index in enumerate(indices, start=1 + kept):
            if index.dim in self.point.weights:
                weights = arithmetic.gather(self.outer.weights(index.dim), [axis], ndim)
                array = arithmetic.multiply(weights, array)
            array = arithmetic.total(array, axis, self.point.sizes[index.dim])
        seats: list[Seat] = [1 + place for place in range(kept)]
        return arithmetic.gather(array, seats + [At(0)] * len(indices), 1 + kept)
