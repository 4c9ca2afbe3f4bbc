"""The tasks of the comparison, written with gradproof's calculus: each builds its function and returns the results.

Every task makes its own sizes and tensors, so that a run after `forget` starts from nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Rational

from gradproof.derivations.calculus import (
    Derivation,
    Dim,
    Domain,
    Matrix,
    Program,
    Scalar,
    Sum,
    Text,
    Vector,
    define,
    derive,
    exp,
    log,
    sigmoid,
    sqrt,
)
from gradproof.derivations.catalogue.backprop.deep import network

TITLE = Text("A task of the comparison", "比较任务")


def softmax_jacobian() -> list[Derivation]:
    """∂p_i/∂z_j."""
    n = Dim("n")
    i, j, k = n.indices("i j k")
    z = Vector("z", n)
    p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k), domain=Domain.SIMPLEX)
    return [derive(p[i], z[j], title=TITLE, fold=[p])]


def cross_entropy() -> list[Derivation]:
    """∂/∂z_j of −Σ t_k log p_k with p = softmax(z), targets that sum to 1."""
    n = Dim("n")
    i, j, k = n.indices("i j k")
    z, t = Vector("z", n), Vector("t", n, Domain.SUMS_TO_ONE)
    p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k), domain=Domain.SIMPLEX)
    loss = define("L", -Sum(t[k] * log(p[k]), k))
    return [derive(loss[()], z[j], title=TITLE, fold=[p])]


def perceptron_single() -> list[Derivation]:
    """∂/∂w_j of ½ (σ(Σ w_k x_k + b) − t)²."""
    n = Dim("n")
    j, k = n.indices("j k")
    w, x, b, t = Vector("w", n), Vector("x", n), Scalar("b"), Scalar("t")
    a = define("a", sigmoid(Sum(w[k] * x[k], k) + b))
    loss = define("E", Rational(1, 2) * (a[()] - t) ** 2)
    return [derive(loss[()], w[j], title=TITLE, fold=[a])]


def perceptron_multiple() -> list[Derivation]:
    """∂/∂W_ij of ½ Σ_k (σ(Σ_l x_l W_lk) − t_k)²."""
    m, n = Dim("m", "l i"), Dim("n", "k j")
    i, el = m.indices("i l")
    j, k = n.indices("j k")
    weights, x, t = Matrix("W", m, n), Vector("x", m), Vector("t", n)
    a = define("a", k, sigmoid(Sum(x[el] * weights[el, k], el)))
    loss = define("E", Rational(1, 2) * Sum((a[k] - t[k]) ** 2, k))
    return [derive(loss[()], weights[i, j], title=TITLE, fold=[a])]


def mean_squared_error() -> list[Derivation]:
    """∂/∂w_j of 1/N Σ_r (Σ_k X_rk w_k − y_r)²."""
    samples, n = Dim("N", "r s"), Dim("n")
    r = samples.index("r")
    j, k = n.indices("j k")
    data, w, y = Matrix("X", samples, n), Vector("w", n), Vector("y", samples)
    loss = define("L", Sum((Sum(data[r, k] * w[k], k) - y[r]) ** 2, r) / samples)
    return [derive(loss[()], w[j], title=TITLE)]


def multilayer_perceptron() -> list[Derivation]:
    """All weights of a network with two hidden layers, and the adjoints of its layers that they are written with."""
    net = network(hidden=2)
    adjoints = [logits[logits.definition[0]] for logits in net.logits]
    return [net.program.derive(entry, title=TITLE) for entry in (*adjoints, *net.weights)]


def layer_norm() -> list[Derivation]:
    """∂L/∂x_j for x̂ = (x − μ) / s and L = Σ g_i x̂_i."""
    n = Dim("n")
    i, j, k = n.indices("i j k")
    x, g, epsilon = Vector("x", n), Vector("g", n), Scalar("epsilon", Domain.POSITIVE)
    mean = define("mu", Sum(x[k], k) / n)
    variance = define("v", Sum((x[k] - mean[()]) ** 2, k) / n)
    scale = define("s", sqrt(variance[()] + epsilon))
    normalised = define("xhat", i, (x[i] - mean[()]) / scale[()])
    loss = define("L", Sum(g[i] * normalised[i], i))
    return [Program(loss, fold=(scale, normalised)).derive(x[j], title=TITLE)]


def _attention(*inputs: str) -> list[Derivation]:
    queries, keys = Dim("m", "i r"), Dim("n", "j k l")
    width, outputs = Dim("d", "e"), Dim("v", "w")
    i, e, w = queries.index("i"), width.index("e"), outputs.index("w")
    j, k = keys.indices("j k")
    Q, K, V = Matrix("Q", queries, width), Matrix("K", keys, width), Matrix("V", keys, outputs)  # noqa: N806
    g = Matrix("G", queries, outputs)
    scores = define("S", i, j, Sum(Q[i, e] * K[j, e], e) / sqrt(width))
    weights = define("P", i, j, exp(scores[i, j]) / Sum(exp(scores[i, k]), k), domain=Domain.SIMPLEX)
    loss = define("L", Sum(g[i, w] * Sum(weights[i, j] * V[j, w], j), i, w))
    program = Program(loss, adjoints={weights: "dP", scores: "dS"}, fold=(weights,))
    entries = {"Q": Q[i, e], "K": K[j, e], "V": V[j, w]}
    wanted = [weights[i, j], scores[i, j], *[entries[name] for name in inputs]]
    return [program.derive(entry, title=TITLE) for entry in wanted]


def attention_queries() -> list[Derivation]:
    """∂L/∂Q for L = Σ G ⊙ (P V), P the row-wise softmax of Q Kᵀ / √d, and the adjoints it is written with."""
    return _attention("Q")


def attention_all() -> list[Derivation]:
    """∂L/∂Q, ∂L/∂K and ∂L/∂V of the same."""
    return _attention("Q", "K", "V")


#: The tasks by the name that a row of the table has.
TASKS: dict[str, Callable[[], list[Derivation]]] = {
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
