"""The tasks of the comparison in plain SymPy: `Sum` over `Indexed`, `diff`, and `doit` to carry the deltas out.

Nothing is called that SymPy's manual would not call; `simplify` is left out, since it fails on the first task. Whether
SymPy's answers are right is another question: they hold `Piecewise` where a delta meets a sum.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import IndexedBase, Sum, exp, log, sqrt, symbols

d, e, i, j, k, q, r, u, w = symbols("d e i j k q r u w", integer=True, positive=True)
m, n, samples, width = symbols("m n N v", integer=True, positive=True)


def _tensor(name: str) -> Any:
    return IndexedBase(name, real=True)


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + exp(-x))


def softmax_jacobian() -> list[Any]:
    z = _tensor("z")
    return [(exp(z[i]) / Sum(exp(z[k]), (k, 1, n))).diff(z[j]).doit()]


def cross_entropy() -> list[Any]:
    z, t = _tensor("z"), _tensor("t")
    loss = -Sum(t[i] * log(exp(z[i]) / Sum(exp(z[k]), (k, 1, n))), (i, 1, n))
    return [loss.diff(z[j]).doit()]


def perceptron_single() -> list[Any]:
    weights, x, b, t = _tensor("w"), _tensor("x"), symbols("b", real=True), symbols("t", real=True)
    loss = (_sigmoid(Sum(weights[k] * x[k], (k, 1, n)) + b) - t) ** 2 / 2
    return [loss.diff(weights[j]).doit()]


def perceptron_multiple() -> list[Any]:
    weights, x, t = _tensor("W"), _tensor("x"), _tensor("t")
    output = _sigmoid(Sum(x[r] * weights[r, k], (r, 1, m)))
    loss = Sum((output - t[k]) ** 2, (k, 1, n)) / 2
    return [loss.diff(weights[i, j]).doit()]


def mean_squared_error() -> list[Any]:
    data, weights, y = _tensor("X"), _tensor("w"), _tensor("y")
    loss = Sum((Sum(data[r, k] * weights[k], (k, 1, n)) - y[r]) ** 2, (r, 1, samples)) / samples
    return [loss.diff(weights[j]).doit()]


def multilayer_perceptron() -> list[Any]:
    sizes = symbols("n0:4", integer=True, positive=True)
    places = symbols("k0:4", integer=True, positive=True)
    below, weights = _tensor("x")[places[0]], []
    for layer in (1, 2, 3):
        weight = _tensor(f"W{layer}")
        terms = below * weight[places[layer - 1], places[layer]]
        logits = Sum(terms, (places[layer - 1], 1, sizes[layer - 1])) + _tensor(f"b{layer}")[places[layer]]
        below = _sigmoid(logits)
        weights.append(weight)
    loss = Sum((below - _tensor("t")[places[3]]) ** 2, (places[3], 1, sizes[3])) / 2
    return [loss.diff(weight[i, j]).doit() for weight in weights]


def layer_norm() -> list[Any]:
    x, g, epsilon = _tensor("x"), _tensor("g"), symbols("epsilon", positive=True)
    mean = Sum(x[k], (k, 1, n)) / n
    variance = Sum((x[r] - mean) ** 2, (r, 1, n)) / n
    loss = Sum(g[i] * (x[i] - mean) / sqrt(variance + epsilon), (i, 1, n))
    return [loss.diff(x[j]).doit()]


def _attention(*inputs: str) -> list[Any]:
    queries, keys, values, g = _tensor("Q"), _tensor("K"), _tensor("V"), _tensor("G")

    def scores(row: Any, column: Any) -> Any:
        return Sum(queries[row, e] * keys[column, e], (e, 1, d)) / sqrt(d)

    weights = exp(scores(i, k)) / Sum(exp(scores(i, r)), (r, 1, n))
    loss = Sum(g[i, w] * weights * values[k, w], (i, 1, m), (k, 1, n), (w, 1, width))
    entries = {"Q": queries[q, u], "K": keys[q, u], "V": values[q, u]}
    return [loss.diff(entries[name]).doit() for name in inputs]


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
