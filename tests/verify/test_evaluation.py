"""The evaluator against an oracle in 50 digits that knows no arrays and no dual numbers."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from sympy import Abs, Expr, Integer, Max, Rational, pi

from gradproof.derivations.calculus import (
    Activation,
    Delta,
    Dim,
    Downstream,
    Index,
    Largest,
    Matrix,
    Partial,
    Scalar,
    Selected,
    Sum,
    Tensor,
    Vector,
    define,
    erf,
    exp,
    expm1,
    log,
    log1p,
    relu,
    sigmoid,
    sign,
    softplus,
    sqrt,
    step,
    tanh,
    xlogx,
)
from gradproof.verify.downstream import curvatures
from gradproof.verify.evaluation import At, Evaluator, Opaque, Point, Unsupported, evaluate, gather_axes
from gradproof.verify.numeric.bounded import Bounded, exact
from gradproof.verify.numeric.floats import BoundedFloats

from .exact.oracle import Oracle

n, m, h = Dim("n"), Dim("m"), Dim("h")
i, j, k, l = n.indices("i j k l")  # noqa: E741 - as in mathematics
r, q = m.indices("r q")
x, y, z, X, A, W = (
    Vector("x", n),
    Vector("y", m),
    Vector("z", n),
    Matrix("X", n, m),
    Matrix("A", n, n),
    Matrix("W", m, n),
)
s, loss, phi = Scalar("s"), Scalar("L"), Activation("φ")
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
mixed = define("mixed", r, Sum(W[r, k] * p[k], k))
act = define("act", r, phi(mixed[r]))
loop = define("loop", i, Sum(A[i, k] * x[k], k))
again = define("again", j, Sum(A[k, j] * loop[k], k))
above = Downstream(loss, (act, x))
CURVATURES = dict(curvatures(loss.tensor, above.through))
SIZES = {n: 3, m: 2, h: 1}

FUNCTIONS = {
    exp: np.exp,
    log: np.log,
    sigmoid: lambda v: 1 / (1 + np.exp(-v)),
    tanh: np.tanh,
    softplus: lambda v: np.log1p(np.exp(v)),
    xlogx: lambda v: v * np.log(v),
    relu: lambda v: np.maximum(v, 0),
    step: lambda v: np.where(v > 0, 1.0, 0.0),
    sign: np.sign,
    log1p: np.log1p,
    expm1: np.expm1,
    erf: np.vectorize(math.erf),
    Abs: np.abs,
}


class Plain:
    """float64, the shortest arithmetic there is."""

    def constant(self, value: Expr, ndim: int) -> Any:
        return np.full((1,) * ndim, float(value))

    def identity(self, size: int) -> Any:
        return np.eye(size)[None]

    def add(self, first: Any, second: Any) -> Any:
        return first + second

    def multiply(self, first: Any, second: Any) -> Any:
        return first * second

    def power(self, base: Any, exponent: Rational) -> Any:
        return base ** float(exponent)

    def apply(self, function: Any, argument: Any) -> Any:
        if isinstance(function, Opaque):
            shift = function.order * np.pi / 2
            return 1.3**function.order * np.sin(1.3 * argument + 0.2 + shift)
        return FUNCTIONS[function](argument)

    def total(self, array: Any, axis: int, size: int) -> Any:
        found = array.sum(axis=axis, keepdims=True)
        return found if array.shape[axis] == size else found * size

    def largest(self, array: Any, axis: int, size: int, rank: int) -> Any:
        return np.sort(np.repeat(array, size // array.shape[axis], axis), axis).take([size - rank], axis)

    def selected(self, array: Any, axis: int, size: int, rank: int) -> Any:
        return np.where(array == self.largest(array, axis, size, rank), 1.0, 0.0)

    def gather(self, array: Any, seats: Any, ndim: int) -> Any:
        return gather_axes(array, seats, ndim)


def _point(oracle: Oracle) -> Point[Any]:
    def data(tensor: Tensor) -> Any:
        if tensor in CURVATURES:
            return np.array([[float(v) for v in _curvature(oracle, *CURVATURES[tensor])]]).reshape(1, *_shape(tensor))
        if tensor.name.startswith("∂"):
            return np.array([[float(v) for v in _gradient(oracle, tensor)]]).reshape(1, *_shape(tensor))
        if tensor == loss.tensor:
            return np.array([float(oracle.value(loss, {}))])
        drawn = oracle._drawn(tensor)
        return np.array([float(drawn[place]) for place in oracle._places(tensor)]).reshape(1, *_shape(tensor))

    return Point(SIZES, data)


def _shape(tensor: Tensor) -> tuple[int, ...]:
    return tuple(SIZES[dim] for dim in tensor.dims)


def _gradient(oracle: Oracle, tensor: Tensor) -> list[Any]:
    """The slopes of the oracle's loss by the entries of one tensor that it depends on."""
    part = next(part for part in above.through if tensor.name.endswith(f"/∂{part.name}"))
    (index,) = part.dims[0].indices("at")
    return [oracle.value(Partial(loss, part[index]), {index: place}) for (place,) in oracle._places(part)]


def _curvature(oracle: Oracle, first: Tensor, second: Tensor) -> list[Any]:
    """The second derivatives of the oracle's loss by two vectors, half of them by one vector twice."""
    (one,), (two,) = first.dims[0].indices("at"), second.dims[0].indices("at_too")
    value = Partial(Partial(loss, first[one]), second[two]) / (2 if first == second else 1)
    places = itertools.product(oracle._places(first), oracle._places(second))
    return [oracle.value(value, {one: at, two: at_too}) for (at,), (at_too,) in places]


CASES: dict[str, tuple[Expr, tuple[Index, ...]]] = {
    "constant": (Integer(3) / 7 * pi, ()),
    "size": (n * m**2 + Sum(x[k] / n, k), ()),
    "entry": (X[i, r], (i, r)),
    "transposed": (X[i, r], (r, i)),
    "diagonal": (A[i, i], (i,)),
    "an axis that is not needed": (x[i], (r, i)),
    "functions": (sigmoid(s) + tanh(s) * softplus(s) - relu(s) * step(-s) + Abs(-s) + xlogx(x[i]), (i,)),
    "more functions": (log1p(s) * expm1(x[i]) - erf(s - x[i]) * sign(x[i] - s), (i,)),
    "symbolic powers": (s ** x[i] + Sum(x[k] ** s, k) ** (1 / s) + x[i] ** (2 - n), (i,)),
    "largest": (Largest(x[k] * z[k], k) - Largest(x[k] - z[i], k, 2), (i,)),
    "largest of rows and columns": (Largest(W[r, k], k) * Largest(W[q, k], q), (k, r)),
    "largest of largest": (Largest(Largest(X[k, r], k) * y[r], r, 2), ()),
    "largest on one axis for two": (Largest(x[i] * y[r], i), (r,)),
    "selected": (Selected(x[k], k, i) * z[j] - Selected(A[j, k], k, i, 3), (i, j)),
    "selected in a sum": (Sum(Selected(X[i, r], i, k) * z[k], k), (r,)),
    "roots": (sqrt(s) / x[i] ** 2, (i,)),
    "matrix product": (Sum(X[i, r] * W[r, j], r), (i, j)),
    "matrix product, transposed": (Sum(X[i, r] * W[r, j], r), (j, i)),
    "trace of a product": (Sum(A[k, l] * A[l, k], k, l), ()),
    "delta": (Delta(i, j) * x[i] + Sum(Delta(k, j) * z[k] ** 2, k), (i, j)),
    "sum with one name inside and outside": (Sum(x[k] * Sum(A[k, l] * z[l], l), k) * Sum(z[k], k), ()),
    "definition": (p[i] * p[j], (j, i)),
    "definition in a definition": (again[i] + Sum(again[k] * A[k, i], k), (i,)),
    "activation": (act[r] * phi(s, 2), (r,)),
    "softmax Jacobian": (Partial(p[i], z[j]), (i, j)),
    "softmax Hessian": (Partial(Partial(p[k], z[i]), z[j]), (k, i, j)),
    "derivative on the diagonal": (Partial(p[i], z[i]), (i,)),
    "divergence": (Sum(Partial(p[k], z[k]), k), ()),
    "bound variable": (Sum(x[k] * Partial(Sum(A[k, l] * z[k] * z[l] ** 2, k, l), z[k]), k), ()),
    "diagonal of a matrix variable": (Partial(Sum(A[k, l] * x[k] * A[l, k], k, l), A[i, i]), (i,)),
    "matrix variable, transposed": (Partial(Sum(A[k, l] ** 3 * x[k], k, l), A[j, i]), (i, j)),
    "scalar variable": (Partial(Partial(exp(s * x[i]) / s, s), s), (i,)),
    "through definitions": (Partial(again[j], x[i]) + Partial(again[j], A[i, j]), (i, j)),
    "a cut": (Partial(Sum(p[k] ** 2 * z[k], k), p[i]), (i,)),
    "a cut and what lies under it": (Partial(Partial(Sum(p[k] ** 3, k), p[i]), z[j]), (i, j)),
    "mixed second derivative": (Partial(Partial(Sum(act[r] ** 2, r), W[q, i]), z[j]), (q, i, j)),
    "functions under a derivative": (
        Partial(sigmoid(s) * tanh(s) + softplus(s) * relu(s) + Abs(s) + log(s) * xlogx(s) + sqrt(s), s),
        (),
    ),
    "more functions under a derivative": (Partial(log1p(s) * expm1(s) - erf(s / 2) + sign(s) * Abs(s), s), ()),
    "symbolic powers under a derivative": (
        Partial(s ** x[i] * Sum(x[k] ** s, k), x[j]) + Partial(x[i] ** s, s),
        (i, j),
    ),
    "largest under a derivative": (Partial(Largest(x[k] ** 2 * A[i, k], k), x[j]), (i, j)),
    "second largest under a derivative": (Partial(Largest(A[k, l] * z[k], k, 2) ** 2, A[i, j]), (i, l, j)),
    "largest of largest under a derivative": (Partial(Largest(Largest(X[k, r], k) * y[r], r), X[i, q]), (q, i)),
    "selected under a derivative": (Partial(Selected(x[k], k, i) * x[i] ** 2, x[j]), (j, i)),
    "downstream": (Partial(loss, act[r]), (r,)),
    "downstream, weights": (Partial(loss, W[r, i]), (r, i)),
    "a cut around the derivative by what is behind it": (Partial(Partial(loop[j] ** 3, x[i]), loop[k]), (i, j, k)),
    "second derivative downstream": (Partial(Partial(loss, act[r]), act[q]), (q, r)),
    "second derivative downstream, two tensors": (Partial(Partial(loss, act[r]), x[j]), (r, j)),
    "second derivative downstream, the other way round": (Partial(Partial(loss, x[j]), act[r]), (r, j)),
    "second derivative downstream, weights and inputs": (Partial(Partial(loss, W[r, i]), x[j]) * s, (r, i, j)),
    "second derivative downstream, twice the inputs": (Partial(Partial(loss * x[i], z[i]), z[j]), (i, j)),
    "downstream, both ways": (Partial(loss**2 * s, x[i]) + Partial(loss, z[i]), (i,)),
}


@pytest.mark.parametrize("name", CASES)
def test_agrees_with_the_oracle(name: str) -> None:
    expression, indices = CASES[name]
    oracle = Oracle(SIZES, given=(above,))
    value = evaluate(expression, Plain(), _point(oracle), indices, given=(above,))
    shape = tuple(SIZES[index.dim] for index in indices)
    value = np.broadcast_to(value, (1, *shape))[0]
    for place in itertools.product(*map(range, shape)):
        expected = float(oracle.value(expression, dict(zip(indices, place, strict=True))))
        # Sums of at most some dozens of terms: a few hundred units in the last place.
        assert abs(float(value[place]) - expected) <= 1e3 * np.spacing(max(abs(expected), 1.0))


def _agree(first: Bounded, second: Bounded) -> bool:
    """Whether two values of one thing differ by no more than rounding explains, which is little."""
    gap, allowed = np.abs(first.value - second.value), first.bound + second.bound
    return bool((gap <= allowed).all() and (allowed <= 1e3 * np.spacing(np.abs(first.value))).all())


def _in_floats(point: Point[Any]) -> Point[Bounded]:
    weights = {dim: exact(weight) for dim, weight in point.weights.items()}
    return Point(point.sizes, lambda tensor: exact(point.data(tensor)), weights, point.places)


def test_places_in_the_stead_of_axes() -> None:
    point = _in_floats(_point(Oracle(SIZES)))
    full = evaluate(Partial(p[i], z[j]) * x[i], BoundedFloats(), point, (i, j))
    for a, b in itertools.product(range(3), range(3)):
        fixed = Point(SIZES, point.data, places={i: a, j: b})
        value = Evaluator(BoundedFloats(), fixed).value(Partial(p[i], z[j]) * x[i])
        assert _agree(value, Bounded(full.value[:, a, b], full.bound[:, a, b]))
        other = full.value[:, a, (b + 1) % 3]
        assert not _agree(value, Bounded(other, full.bound[:, a, b]))


def test_batches() -> None:
    def data(tensor: Tensor) -> Any:
        return np.random.default_rng(1).normal(size=(5, *_shape(tensor)))

    whole = evaluate(p[i] * x[i], Plain(), Point(SIZES, data), (i,))
    assert whole.shape == (5, 3)
    for trial in range(5):
        one = evaluate(p[i] * x[i], Plain(), Point(SIZES, lambda t, at=trial: data(t)[at : at + 1]), (i,))
        assert (one == whole[trial : trial + 1]).all()


def test_weights_are_equal_elements() -> None:
    """Two places of weights 1 and 2 are three places, the last two equal."""
    few = {"x": np.array([[0.3, 1.7]]), "z": np.array([[-1.0, 0.4]])}
    many = {name: array[:, [0, 1, 1]] for name, array in few.items()}
    expression = Sum(x[k] * p[k], k) / n + n * Sum(x[k], k) ** 2 + Partial(Sum(p[k] * x[k], k), z[i])
    weighted = Point({n: 2}, lambda t: few[t.name], {n: np.array([[1.0, 2.0]])}, {i: 0})
    plain = Point({n: 3}, lambda t: many[t.name], places={i: 0})
    found, expected = (evaluate(expression, BoundedFloats(), _in_floats(point)) for point in (weighted, plain))
    assert _agree(found, expected)
    assert not _agree(Bounded(found.value * (1 + 1e-12), found.bound), expected)


def test_uses() -> None:
    rng = np.random.default_rng(0)
    point = Point(SIZES, lambda t: rng.normal(size=(1, *_shape(t))))
    data = evaluate(p[i], Plain(), point, (i,), uses=())
    assert abs(data.sum() - 1) > 1e-3
    total = evaluate(Sum(p[k], k), BoundedFloats(), _in_floats(point), uses=(p,))
    assert _agree(total, exact(np.ones(1)))


def test_what_has_no_value() -> None:
    point = _point(Oracle(SIZES))
    weighted = Point({n: 2}, lambda t: np.ones((1, *(2 for _ in t.dims))), {n: np.array([[1.0, 3.0]])})
    with pytest.raises(Unsupported, match="exponent n depends on a size"):
        evaluate(s**n, Plain(), weighted)
    with pytest.raises(Unsupported, match="which of the n values is the largest"):
        evaluate(Largest(x[k], k), Plain(), weighted)
    with pytest.raises(Unsupported, match="Max has no value here"):
        evaluate(Max(s, x[i]), Plain(), point, (i,))
    with pytest.raises(KeyError):
        evaluate(Dim("unknown") * s, Plain(), point)


def test_weighted_places_are_not_elements() -> None:
    ones = Point({n: 2}, lambda t: np.ones((1, 2)), {n: np.array([[1.0, 3.0]])})
    with pytest.raises(Unsupported, match="was not contracted"):
        evaluate(Delta(i, j), Plain(), ones, (i, j))
    with pytest.raises(Unsupported, match="was not carried out"):
        evaluate(Sum(Partial(x[k] ** 2, x[k]), k), Plain(), ones)


def test_third_derivative_downstream_is_refused() -> None:
    point = _point(Oracle(SIZES, given=(above,)))
    with pytest.raises(Unsupported, match="third derivative of L"):
        evaluate(Partial(Partial(Partial(loss, act[r]), z[i]), x[j]), Plain(), point, (r, i, j), given=(above,))


def test_gather() -> None:
    array = np.arange(24).reshape(1, 2, 3, 4)
    assert (gather_axes(array, [1, 2, 3], 4) == array).all()
    assert (gather_axes(array, [3, 1, 2], 4) == array.transpose(0, 2, 3, 1)).all()
    for first, second, third in itertools.permutations((1, 2, 3)):
        found = gather_axes(array, [first, second, third], 4)
        for at in np.ndindex(array.shape):
            assert found[tuple(at[place] for place in np.argsort([0, first, second, third]))] == array[at]
    assert gather_axes(array, [1, 3, 4], 5).shape == (1, 2, 1, 3, 4)
    assert (gather_axes(array, [At(1), 1, At(2)], 2) == array[:, 1, :, 2]).all()
    square = np.arange(9).reshape(1, 3, 3)
    assert (gather_axes(square, [1, 1], 2) == np.array([[0, 4, 8]])).all()
    assert (gather_axes(square, [2, 2], 3) == np.array([[[0, 4, 8]]])).all()
    assert (gather_axes(square[:, :, :1], [At(1), At(2)], 1) == np.array([3])).all()  # size 1 stands for every place
