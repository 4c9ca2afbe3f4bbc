"""The values of what binds indices: sums, largest values, and the places that attain them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sympy import Mul, Rational

from gradproof.derivations.calculus import Index, Largest, Selected, Sum, free_indices

from .arithmetic.protocol import At, Seat, Unsupported

if TYPE_CHECKING:
    from .evaluation import Evaluator

Array = TypeVar("Array")


def sum_value(evaluator: Evaluator[Array], total: Sum, axes: tuple[Index, ...]) -> Array:
    """Index after index, and only the factors that have the index: what a person would do with a product."""
    arithmetic, point = evaluator.arithmetic, evaluator.point
    body, bound = total.body, total.bound
    if set(bound) & set(axes):
        body, opened = total.open()
        bound = tuple(opened)
    inner = axes + tuple(bound)
    factors = [(free_indices(factor), evaluator.value(factor, inner)) for factor in Mul.make_args(body)]
    left = list(bound)
    while left:
        index = min(left, key=lambda k: len(frozenset().union(*[names for names, _ in factors if k in names])))
        left.remove(index)
        axis, size = 1 + inner.index(index), point.sizes[index.dim]
        names: frozenset[Index] = frozenset()
        product: Array | None = None
        if index.dim in point.weights:
            product = arithmetic.gather(evaluator.weights(index.dim), [axis], 1 + len(inner))
        for having, array in factors:
            if index in having:
                names |= having
                product = array if product is None else arithmetic.multiply(product, array)
        if product is None:
            product = arithmetic.constant(Rational(1), 1 + len(inner))
        factors = [item for item in factors if index not in item[0]]
        factors.append((names - {index}, arithmetic.total(product, axis, size)))
    result = factors[0][1]
    for _, array in factors[1:]:
        result = arithmetic.multiply(result, array)
    seats: list[Seat] = [1 + place for place in range(len(axes))]
    return arithmetic.gather(result, seats + [At(0)] * len(bound), 1 + len(axes))


def extremum_value(evaluator: Evaluator[Array], expression: Largest | Selected, axes: tuple[Index, ...]) -> Array:
    """The largest value of a rank, or which place attains it. Raises Unsupported where a place is a weighted class."""
    arithmetic = evaluator.arithmetic
    body, (bound,) = expression.open()
    if bound.dim in evaluator.point.weights:
        raise Unsupported(f"which of the {bound.dim} values is the largest depends on the data")
    own = tuple(axis for axis in axes if axis in evaluator.needs(body))
    array, last = evaluator.value(body, (*own, bound)), 1 + len(own)
    size, rank = evaluator.point.sizes[bound.dim], expression.rank
    seats: list[Seat] = [1 + axes.index(axis) for axis in own]
    if isinstance(expression, Largest):
        found = arithmetic.largest(array, last, size, rank)
        return arithmetic.gather(found, [*seats, At(0)], 1 + len(axes))
    found = arithmetic.selected(array, last, size, rank)
    return arithmetic.gather(found, [*seats, *evaluator.seats((expression.at,), axes)], 1 + len(axes))
