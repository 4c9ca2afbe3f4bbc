"""The tasks of the comparison, written with tensorgrad as its manual writes them; the names of the rows are the same.

Each builds its function, differentiates it and calls `simplify()` once, the least that gives a result. Sizes are the
names of the edges. A number stands for 1/√d, which is easier than a symbol.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import tensorgrad as tg  # type: ignore[import-not-found, unused-ignore]
import tensorgrad.functions as F  # type: ignore[import-not-found, unused-ignore]  # noqa: N812
from sympy import symbols

d, m, n, v = symbols("d m n v")
samples = symbols("N")
SCALE = Fraction(1, 8)
EPSILON = 1e-5


def softmax_jacobian() -> list[Any]:
    z = tg.Variable("z", n)
    return [F.softmax(z, dim="n").grad(z).simplify()]


def cross_entropy() -> list[Any]:
    z, t = tg.Variable("z", n), tg.Variable("t", n)
    return [F.cross_entropy(z, t, dim="n").grad(z).simplify()]


def perceptron_single() -> list[Any]:
    w, x, b, t = tg.Variable("w", n), tg.Variable("x", n), tg.Variable("b"), tg.Variable("t")
    loss = (F.sigmoid(w @ x + b) - t) ** 2 / 2
    return [loss.grad(w).simplify()]


def perceptron_multiple() -> list[Any]:
    weights, x, t = tg.Variable("W", m, n), tg.Variable("x", m), tg.Variable("t", n)
    loss = F.sum((F.sigmoid(x @ weights) - t) ** 2) / 2
    return [loss.grad(weights).simplify()]


def mean_squared_error() -> list[Any]:
    data, w, y = tg.Variable("X", samples, n), tg.Variable("w", n), tg.Variable("y", samples)
    return [F.mean((data @ w - y) ** 2).grad(w).simplify()]


def multilayer_perceptron() -> list[Any]:
    sizes = symbols("n0 n1 n2 n3")
    below, weights = tg.Variable("x", sizes[0]), []
    for layer in (1, 2, 3):
        weight = tg.Variable(f"W{layer}", sizes[layer - 1], sizes[layer])
        below = F.sigmoid(below @ weight + tg.Variable(f"b{layer}", sizes[layer]))
        weights.append(weight)
    loss = F.sum((below - tg.Variable("t", sizes[3])) ** 2) / 2
    return [loss.grad(weight).simplify() for weight in weights]


def layer_norm() -> list[Any]:
    x, g = tg.Variable("x", n), tg.Variable("g", n)
    centred = x - F.mean(x, dim="n", keepdims=True)
    normalised = centred / F.sqrt(F.mean(centred**2, dim="n", keepdims=True) + EPSILON * tg.Ones(n))
    return [(g @ normalised).grad(x).simplify()]


def _attention(*inputs: str) -> list[Any]:
    queries, keys, values = tg.Variable("Q", m, d), tg.Variable("K", n, d), tg.Variable("V", n, v)
    weights = F.softmax((queries @ keys) * SCALE, dim="n")
    loss = tg.Variable("G", m, v) @ (weights @ values)
    variables = {"Q": queries, "K": keys, "V": values}
    return [loss.grad(variables[name]).simplify() for name in inputs]


def attention_queries() -> list[Any]:
    return _attention("Q")


def attention_all() -> list[Any]:
    return _attention("Q", "K", "V")


TASKS: dict[str, Callable[[], list[Any]]] = {
    "softmax Jacobian": softmax_jacobian,
    "cross-entropy of softmax": cross_entropy,
    "perceptron, one output": perceptron_single,
    "perceptron, many outputs": perceptron_multiple,
    "linear regression (MSE)": mean_squared_error,
    "two hidden layers, all weights": multilayer_perceptron,
    "LayerNorm backward": layer_norm,
    "attention, dL/dQ": attention_queries,
    "attention, dL/dQ, dK, dV": attention_all,
}
