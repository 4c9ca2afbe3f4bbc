"""Logistic regression: the mean binary cross-entropy over N samples."""

import numpy as np

from gradproof.derivations.calculus import Dim, Domain, Matrix, Program, Sum, Text, Vector, define, log, sigmoid

N, m = Dim("N", "r s"), Dim("m", "i l")
r = N.index("r")
i, j = m.indices("i j")
X = Matrix("X", N, m)
w = Vector("w", m)
t = Vector("t", N, Domain.BINARY)
z = define("z", r, Sum(X[r, i] * w[i], i))
p = define("p", r, sigmoid(z[r]), domain=Domain.UNIT)
E = define("E", -Sum(t[r] * log(p[r]) + (1 - t[r]) * log(1 - p[r]), r) / N)
model = Program(E, fold=(p,))


def operation_of_logits(torch, z, t):
    return torch.nn.functional.binary_cross_entropy_with_logits(z, t)


def operation(torch, X, w, t):
    return operation_of_logits(torch, X @ w, t)


def logits_reference(X, w, t):
    p = 1 / (1 + np.exp(-(X @ w)))
    return (p - t) / np.size(t)


logistic_regression_logits = model.derive(
    z[r],
    name="logistic_regression_logits",
    title=Text("Logistic regression: the logits", "逻辑回归：logits"),
    textbook=(p[r] - t[r]) / N,
    reference=logits_reference,
    operation=operation_of_logits,
)


def reference(X, w, t):
    p = 1 / (1 + np.exp(-(X @ w)))
    return X.T @ (p - t) / np.size(t)


logistic_regression_weights = model.derive(
    w[j],
    name="logistic_regression_weights",
    title=Text("Logistic regression: the weights", "逻辑回归：权重"),
    textbook=Sum((p[r] - t[r]) * X[r, j], r) / N,
    reference=reference,
    operation=operation,
    sources=("Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.2",),
)
