"""Proofs with definitions, cuts, conditions, domains, kinks and row-wise roots, each beside a near miss."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Abs, Integer, Rational

from gradproof.derivations.calculus import (
    Delta,
    Different,
    Downstream,
    Equal,
    Negative,
    NonZero,
    Partial,
    Positive,
    Sum,
    define,
    exp,
    log,
    relu,
    sqrt,
    step,
    xlogx,
)
from gradproof.verify.verdict import Verdict

from .oracle import NEGLIGIBLE, Oracle
from .proving import (
    W,
    above,
    act,
    bias,
    bit,
    bits,
    centred,
    hot,
    hot_too,
    labels,
    loss,
    mean,
    net,
    p,
    phi,
    prove,
    simplex,
)
from .statements import A, X, d, h, i, j, k, l, m, n, r, r2, soft, t, u, v, x, xs, y, z

double = define("double", 2 * xs)

TRUE: dict[str, tuple[Any, ...]] = {
    # Definitions and cuts
    "chain rule through a cut": (
        Sum(Partial(-Sum(y[k] * log(p[k]), k), p[l]) * Partial(p[l], z[j]), l),
        Partial(-Sum(y[k] * log(p[k]), k), z[j]),
    ),
    "entropy at a cut": (Partial(-Sum(p[k] * log(p[k]), k), p[i]), -log(p[i]) - 1),
    "definition of a definition": (Sum(centred[i] ** 2, i), Sum(x[k] ** 2, k) - n * mean[()] ** 2),
    "derivative by a scalar definition": (Partial(Sum((x[k] - mean[()]) ** 2, k), mean[()]), -2 * Sum(centred[k], k)),
    "total derivative through definitions": (Partial(Sum(centred[k] ** 2, k), x[j]), 2 * centred[j]),
    "a slope at a cut": (Partial(Partial(double[()] ** 2, xs), double[()]), 4),
    "bound variable": (Sum(Partial(Sum(x[k] ** 2, k), x[i]) * y[i], i), 2 * Sum(x[i] * y[i], i)),
    "Jacobian times a vector": (Sum(y[k] * Partial(p[k], z[j]), k), p[j] * (y[j] - Sum(y[k] * p[k], k))),
    "product of Jacobians": (
        Sum(Partial(p[i], z[l]) * Partial(Sum(A[l, k] * x[k], k), x[j]), l),
        p[i] * (A[i, j] - Sum(p[l] * A[l, j], l)),
    ),
    "divergence": (Sum(Partial(p[k], z[k]), k), 1 - Sum(p[k] ** 2, k)),
    "Laplacian": (Sum(Partial(Partial(Sum(x[k] ** 3, k), x[i]), x[i]), i), 6 * Sum(x[i], i)),
    # What lies downstream
    "layer, weights": (Partial(loss, W[j, v]), Partial(loss, act[v]) * phi(net[v], 1) * x[j], above),
    "layer, bias": (Partial(loss, bias[v]), Partial(loss, act[v]) * phi(net[v], 1), above),
    "layer, inputs": (Partial(loss, x[j]), Sum(Partial(loss, act[u]) * phi(net[u], 1) * W[j, u], u), above),
    "layer, net input": (Partial(loss, net[v]), Partial(loss, act[v]) * phi(net[v], 1), above),
    "square of a loss": (Partial(loss**2, bias[v]), 2 * loss * Partial(loss, bias[v]), above),
    "sum over a bound adjoint": (
        Sum(Partial(loss, W[j, u]) * W[j, u], u),
        Sum(Partial(loss, act[u]) * phi(net[u], 1) * x[j] * W[j, u], u),
        above,
    ),
    # Conditions on indices
    "softmax Jacobian, i = j": (Partial(p[i], z[j]), p[i] * (1 - p[i]), Equal(i, j)),
    "softmax Jacobian, i ≠ j": (Partial(p[i], z[j]), -p[i] * p[j], Different(i, j)),
    "delta, i ≠ j": (Delta(i, j), 0, Different(i, j)),
    "three indices": (Delta(i, j) * Delta(j, k), Delta(i, j) * Delta(i, k)),
    # Domains
    "one-hot squares": (hot[i] ** 2, hot[i]),
    "one-hot products": (hot[i] * hot[j], Delta(i, j) * hot[i]),
    "one-hot sum of squares": (Sum(hot[k] ** 2, k), 1),
    "two one-hot vectors": (Sum(hot[k] * hot_too[k], k) ** 2, Sum(hot[k] * hot_too[k], k)),
    "one-hot log-likelihood": (Partial(-Sum(hot[k] * log(soft(k)), k), z[j]), soft(j) - hot[j]),
    "one-hot entropy": (Sum(xlogx(hot[k]), k), 0),
    "one-hot rows": (
        Partial(-Sum(labels[r, k] * log(exp(X[r, k]) / Sum(exp(X[r, l]), l)), r, k), X[r2, j]),
        exp(X[r2, j]) / Sum(exp(X[r2, l]), l) - labels[r2, j],
    ),
    "binary squares": (bit**2, bit),
    "binary loss": (bit * (1 - bit) * xs, 0),
    "sign of a binary number": (Abs(2 * bit - 1), 1),
    "size of a defined multiple": (Abs(double[()]) * step(2 * xs), 2 * xs * step(2 * xs)),
    "binary squares in a sum": (Sum(bits[k] ** 3 * x[k], k), Sum(bits[k] * x[k], k)),
    "simplex": (Sum(simplex[k] * (z[k] - xs), k), Sum(simplex[k] * z[k], k) - xs),
    "derivative by a simplex": (Partial(Sum(simplex[k], k), simplex[i]), 1),
    "xlogx": (Sum(xlogx(simplex[k]), k), Sum(simplex[k] * log(simplex[k]), k)),
    "derivative of xlogx": (Partial(Sum(xlogx(simplex[k]), k), simplex[i]), log(simplex[i]) + 1),
    # Kinks
    "relu by step": (relu(xs), xs * step(xs)),
    "relu derivative": (Partial(relu(xs), xs), step(xs)),
    "relu of x and -x": (relu(xs) + relu(-xs), Abs(xs), NonZero(xs)),
    "step of -x": (step(-xs), 1 - step(xs), NonZero(xs)),
    "relu where positive": (relu(xs), xs, Positive(xs)),
    "relu where negative": (relu(xs), 0, Negative(xs)),
    "absolute value": (Abs(xs) * step(xs), xs * step(xs)),
    "root of a square": (sqrt(xs**2), Abs(xs)),
    "root of a square where negative": (sqrt(xs**2), -xs, Negative(xs)),
    "relu in a sum": (Partial(Sum(relu(x[k]) * y[k], k), x[i]), step(x[i]) * y[i]),
    "relu layer": (
        Partial(Sum(relu(Sum(W[k, u] * x[k], k)) ** 2, u) / 2, W[j, v]),
        relu(Sum(W[k, v] * x[k], k)) * x[j],
    ),
    "relu of an entry": (relu(x[i]) - relu(-x[i]), x[i], NonZero(x[i])),
    # Logarithms of what is known to be positive
    "log of a product": (log(xs * exp(x[i])), log(xs) + x[i], Positive(xs)),
    "log of a square": (log(xs**2), 2 * log(-xs), Negative(xs)),
    "log of a ratio": (log(Rational(2, 3)), log(Integer(2)) - log(Integer(3))),
    # Only the normal form
    "row-wise root": (
        Sum(X[r, k] ** 2 / sqrt(Sum(X[r, l] ** 2, l)), r, k),
        Sum(sqrt(Sum(X[r, l] ** 2, l)), r),
    ),
    "derivative of a row-wise root": (
        Partial(Sum(sqrt(Sum(X[r, l] ** 2, l) + xs), r), X[r2, j]),
        X[r2, j] / sqrt(Sum(X[r2, l] ** 2, l) + xs),
    ),
    "rows and columns": (
        Sum(A[k, l] / (Sum(A[k, j], j) * Sum(A[i, l], i)), k, l) * 2,
        Sum(2 * A[l, k] / (Sum(A[i, k], i) * Sum(A[l, j], j)), k, l),
    ),
    "row softmax sums to its rows": (Sum(exp(A[k, l]) / Sum(exp(A[k, j]), j), k, l), n),
    # Only sizes
    "sum of ones": (Sum(x[k] / x[k], k), n),
    "sizes only": (Sum(Delta(k, l) / n, k, l), 1),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_is_proved(name: str) -> None:
    lhs, rhs, *given = TRUE[name]
    evidence = prove(lhs, rhs, *given)
    assert evidence.verdict is Verdict.PROVED, evidence.detail
    assert evidence.bound is not None and evidence.bound < 1e-20
    if all(isinstance(condition, (Downstream, NonZero)) for condition in given):  # the others are not drawn
        oracle = Oracle({n: 3, m: 2, h: 2, d: 1, t: 1}, given=tuple(given), signed="log" not in name)
        assert oracle.largest(Integer(0) + lhs, Integer(0) + rhs) < NEGLIGIBLE


#: Nearly the same, and false, or true only with what was left out.
FALSE: dict[str, tuple[Any, ...]] = {
    "i = j for i ≠ j": (Partial(p[i], z[j]), p[i] * (1 - p[i]), Different(i, j)),
    "i ≠ j for i = j": (Partial(p[i], z[j]), -p[i] * p[j], Equal(i, j)),
    "layer without its slope": (Partial(loss, W[j, v]), Partial(loss, act[v]) * x[j], above),
    "layer with the wrong unit": (Partial(loss, W[j, v]), Partial(loss, act[u]) * phi(net[u], 1) * x[j], above),
    "layer with the wrong order": (Partial(loss, bias[v]), Partial(loss, act[v]) * phi(net[v], 2), above),
    "nothing downstream": (Partial(loss, bias[v]), 0, above),
    "step of -x at 0": (step(-xs), 1 - step(xs)),
    "relu is x": (relu(xs), xs, NonZero(xs)),
    "relu where x is positive": (relu(y[i]), y[i], Positive(xs)),
    "relu of another sign": (relu(xs), xs, Negative(xs)),
    "relu in a sum": (Sum(relu(x[k]), k), Sum(x[k] * step(y[k]), k)),
    "one-hot product is 0": (hot[i] * hot[j], 0),
    "one-hot vectors are equal": (Sum(hot[k] * hot_too[k], k), 1),
    "binary is 0": (bit * xs, 0),
    "plain squares": (x[i] ** 2, x[i]),
    "plain sum": (Sum(x[k], k), 1),
    "one-hot direction": (Partial(Sum(hot[k] ** 2, k), hot[i]), 0),
    "simplex direction": (Partial(Sum(simplex[k], k), simplex[i]), 0),
    "binary direction": (Partial(bit**2, bit), 1),
    "log of a product": (log(xs * exp(x[i])), log(-xs) + x[i]),
    "row-wise root": (
        Sum(X[r, k] ** 2 / sqrt(Sum(X[r, l] ** 2, l)), r, k),
        sqrt(Sum(X[r, l] ** 2, r, l)),
    ),
    "a slope at a cut does change": (Partial(Partial(double[()] ** 2, xs), double[()]), 0),
    "cut passed": (Partial(-Sum(p[k] * log(p[k]), k), p[i]), -log(p[i])),
    "chain rule with a transposed Jacobian": (
        Sum(Partial(Sum(A[i, k] * z[k], k), z[l]) * y[l], l),
        Sum(A[l, i] * y[l], l),
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_is_not_proved(name: str) -> None:
    lhs, rhs, *given = FALSE[name]
    assert prove(lhs, rhs, *given).verdict is Verdict.UNDECIDED
