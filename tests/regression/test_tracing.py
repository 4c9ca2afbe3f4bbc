"""A traced formula is what the code computes: each function of the tables, and each way of writing arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy import asarray, zeros

from gradproof.regression import strategies
from gradproof.regression.differences import rounding_of
from gradproof.regression.evaluating import in_floats
from gradproof.regression.settings import settings
from gradproof.regression.tracing import Untraceable, trace
from gradproof.regression.tracing.arrays import FUNCTIONS
from gradproof.regression.tracing.ufuncs import UFUNCS

#: Arguments of two sizes that differ, so that nothing transposed can pass.
SHAPES = {"x": (2, 3), "y": (2, 3), "u": (3,), "p": (2, 3)}
GIVEN = {name: strategies.real(*shape) for name, shape in SHAPES.items() if name != "p"} | {
    "p": strategies.positive(*SHAPES["p"])
}


def check_same(function: Callable[..., Any], *names: str, seeds: int = 3) -> None:
    """The formula of a function against the function itself, at points drawn from a normal distribution."""
    (setting,) = settings({name: GIVEN[name] for name in names}, {})
    traced = trace(function, setting.symbols)
    parts = traced if isinstance(traced, tuple) else (traced,)
    for seed in range(seeds):
        drawn = setting.drawn(np.random.default_rng(seed))
        at = {s: float(v) for name in names for s, v in zip(setting.symbols[name].flat, drawn[name].flat, strict=True)}
        for number, formulas in enumerate(parts):

            def part(number: int = number, **arguments: Any) -> Any:
                found = function(**{name: array.copy() for name, array in arguments.items()})
                return np.asarray(found[number] if isinstance(traced, tuple) else found, dtype=float)

            values, found = part(**drawn), in_floats(formulas, at)
            assert formulas.shape == values.shape
            assert np.isfinite(found).all()
            assert (np.abs(found - values) <= rounding_of(part, drawn)).all()


#: What each function of NumPy is called with; those of SciPy have NumPy forms here.
CALLS: dict[str, Callable[..., Any]] = {
    **{name: lambda x, name=name: getattr(np, name)(x) for name in (
        "negative", "positive", "square", "reciprocal", "conjugate", "cbrt", "exp", "expm1", "tanh", "exp2", "sinh",
        "cosh", "absolute", "fabs", "sign", "isfinite", "isnan", "isinf")},
    **{name: lambda p, name=name: getattr(np, name)(p) for name in ("sqrt", "log", "log1p", "log2", "log10")},
    **{name: lambda x, y, name=name: getattr(np, name)(x, y) for name in (
        "add", "subtract", "multiply", "divide", "logaddexp", "hypot", "maximum", "fmax", "minimum", "fmin", "greater",
        "greater_equal", "less", "less_equal", "equal", "not_equal", "heaviside")},
    "power": lambda p, x: np.power(p, x),
    "float_power": lambda p, x: np.float_power(p, x),
    "clip": lambda x, u: np.clip(x, -0.5, abs(u)),
    "logical_not": lambda x: np.logical_not(x > 0) * x,
    "invert": lambda x: ~(x > 0) * x,
    "logical_and": lambda x, y: np.logical_and(x > 0, y > 0) * x,
    "bitwise_and": lambda x, y: ((x > 0) & (y > 0)) * x,
    "logical_or": lambda x, y: np.logical_or(x > 0, y > 0) * x,
    "bitwise_or": lambda x, y: ((x > 0) | (y > 0)) * x,
}  # fmt: skip
OF_SCIPY = {"erf", "expit"}


@pytest.mark.parametrize("name", CALLS)
def test_a_function_of_numbers(name: str) -> None:
    function = CALLS[name]
    check_same(function, *function.__code__.co_varnames[: function.__code__.co_argcount - bool(function.__defaults__)])


def test_every_function_of_the_table_is_called() -> None:
    assert set(CALLS) | OF_SCIPY == set(UFUNCS)


def loop(x: Any) -> Any:
    gram = np.zeros((2, 2))
    for i in range(2):
        for j in range(2):
            gram[i, j] = x[i] @ x[j] + i
    return gram


def masked(x: Any, y: Any) -> Any:
    slope = np.array(y, copy=True)
    slope[x <= 0] = 0
    slope[y > 1] *= 0.5
    slope[x > 1] = x[x > 1] ** 2
    return slope


def converted(x: Any) -> Any:
    x = np.asarray(x, dtype=np.float64)
    out = np.empty_like(x)
    out[:] = x.astype(np.float64) * (x > 0).astype(int)
    return np.ascontiguousarray(out.T)


def like_others(x: Any) -> Any:
    zeros, ones, empty, threes = np.zeros_like(x), np.ones_like(x), np.empty_like(x), np.full_like(x, 3)
    empty[:] = (zeros > x) + ones.astype(int)
    zeros[0] += x[1]
    zeros.T[1] = 4.0
    return zeros + threes * empty


WAYS: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "loops that fill an array": (loop, ("x",)),
    "a mask": (masked, ("x", "y")),
    "conversions": (converted, ("x",)),
    "arrays like others": (like_others, ("x",)),
    "a list of numbers": (lambda x: np.array([x[0, 0], 2.0, x[1, 2] ** 2]), ("x",)),
    "rows stacked": (lambda x, u: np.stack([x[0] * u, x[1] - u, np.ones(3)]), ("x", "u")),
    "concatenation": (lambda x, y: np.concatenate([x, y], axis=1), ("x", "y")),
    "sums along axes": (lambda x: (x.sum(axis=0), x.sum(axis=-1, keepdims=True), np.sum(x)), ("x",)),
    "means": (lambda x: (x.mean(axis=0), np.mean(x, axis=1, keepdims=True), x.mean()), ("x",)),
    "variances": (lambda x: (x.var(axis=1), np.var(x, axis=0, ddof=1, keepdims=True), x.std()), ("x",)),
    "extrema": (lambda x: (x.max(axis=1), np.min(x, axis=0, keepdims=True), np.amax(x)), ("x",)),
    "products": (lambda x, y, u: (x @ y.T, x @ u, np.dot(x, u), u @ u, np.outer(u, u)), ("x", "y", "u")),
    "einsum": (lambda x, y: (np.einsum("ij,kj->ik", x, y), np.einsum("ij,ij->i", x, y)), ("x", "y")),
    "norms": (lambda x, u: (np.linalg.norm(x), np.linalg.norm(x, axis=1), np.linalg.norm(u, 1)), ("x", "u")),
    "shapes": (lambda x: (x.reshape(3, 2), x.T, x[:, None, :], x.ravel(), np.swapaxes(x, 0, 1)), ("x",)),
    "choices": (lambda x, y: (np.where(x > y, x, 2 * y), np.where(x >= 0, x, 0.1 * x)), ("x", "y")),
    "indices": (lambda x: (x[np.arange(2), np.array([2, 0])], x[..., -1], x[1, ::2]), ("x",)),
    "diagonals": (lambda u: (np.diag(u), np.eye(3) - np.outer(u, u), np.trace(np.outer(u, u))), ("u",)),
    "running sums": (lambda u: (np.cumsum(u), np.prod(u)), ("u",)),
    "builtin functions": (lambda u: (sum(u), abs(u), max(1.0, 2.0) * u, -u, u**3, 2.0**u), ("u",)),
    "writing in place": (lambda x: [x.__iadd__(1.0), x.__imul__(2.0)][-1], ("x",)),
    "powers": (lambda p: (p**0.5, p**-2, p**1.5, np.power(p, 3)), ("p",)),
    "numbers of NumPy": (lambda x: (np.float64(2) * x, x / np.float32(4), np.pi * x, np.int64(3) - x), ("x",)),
    "all and any": (lambda x: (np.where(np.all(x > -9, axis=1), x[:, 0], 0), np.any(x > 0, axis=0) * 1.0), ("x",)),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_way_of_writing_arrays(way: str) -> None:
    function, names = WAYS[way]
    check_same(function, *names)


def test_every_function_of_arrays_is_used() -> None:
    used = {"where": "choices", "clip": "", "mean": "means", "norm": "norms", "var": "variances", "std": "variances"}
    assert set(used) == set(FUNCTIONS)


def branch(x: Any) -> Any:
    return x if x[0, 0] > 0 else -x


def put_elsewhere(x: Any) -> Any:
    x[x > 0] = x[x > 1]
    return x


def put_array(x: Any) -> Any:
    x[0][x[0] > 0] = np.ones(3)
    return x


UNTRACEABLE: dict[str, tuple[Callable[..., Any], str]] = {
    "a branch": (branch, "a branch, a loop or a sort"),
    "sorting": (lambda x: np.sort(x), "np.sort"),
    "the place of the largest": (lambda x: x[np.argmax(x)], "np.argmax"),
    "float()": (lambda x: float(x[0, 0]), "ordinary number"),
    "an unknown function": (lambda x: np.arctan(x), "np.arctan"),
    "linear algebra": (lambda x: np.linalg.inv(x[:, :2]), "np.inv"),
    "some of the values": (lambda x: np.concatenate([x[x > 0], x[0]]), "does not run on arrays of symbols"),
    "where= of a function": (lambda x: np.divide(1, x, where=x > 0), "where="),
    "complex numbers": (lambda x: x * 1j, "no real number"),
    "rounding": (lambda x: x.astype(int), "rounds values to int64"),
    "as many values as there are": (lambda x: np.exp(x[x > 0]).sum(), "does not run on arrays of symbols"),
    "values from other places": (put_elsewhere, "from the places of one mask to those of another"),
    "an array put at some places": (put_array, "several values at once"),
    "numbers as a mask": (lambda x: x[x], "the places of an array depend"),
    "an error": (lambda x: x @ x, "it does not run on arrays of symbols .ValueError"),
}


@pytest.mark.parametrize("why", UNTRACEABLE)
def test_what_has_no_formula_says_why(why: str) -> None:
    function, reason = UNTRACEABLE[why]
    (setting,) = settings({"x": GIVEN["x"]}, {})
    with pytest.raises(Untraceable, match=reason):
        trace(function, setting.symbols)


def test_numpy_is_what_it_was_afterwards() -> None:
    (setting,) = settings({"x": GIVEN["x"]}, {})
    for function in (loop, branch):
        try:
            trace(function, setting.symbols)
        except Untraceable:
            assert function is branch
        assert np.asarray is asarray and np.zeros is zeros
    assert np.zeros(2).dtype == np.float64


def test_arguments_are_not_spoiled() -> None:
    (setting,) = settings({"x": GIVEN["x"]}, {})
    before = setting.symbols["x"].copy()
    trace(lambda x: x.__imul__(2.0), setting.symbols)
    assert (setting.symbols["x"] == before).all()
