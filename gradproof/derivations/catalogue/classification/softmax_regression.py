"""Softmax regression on a batch of N samples: linear layer, softmax, mean cross-entropy."""

import numpy as np

from gradproof.derivations.calculus import Dim, Domain, Matrix, Program, Sum, Text, Vector, define, exp, log

N, m, n = Dim("N", "r s"), Dim("m", "i"), Dim("n", "k l")
r = N.index("r")
i, j = m.indices("i j")
k, l = n.indices("k l")  # noqa: E741 - classes
X = Matrix("X", N, m)
W = Matrix("W", m, n)
b = Vector("b", n)
y = Matrix("y", N, n, Domain.SUMS_TO_ONE)
z = define("z", r, k, Sum(X[r, i] * W[i, k], i) + b[k])
p = define("p", r, k, exp(z[r, k]) / Sum(exp(z[r, l]), l), domain=Domain.SIMPLEX)
E = define("E", -Sum(y[r, k] * log(p[r, k]), r, k) / N)
model = Program(E, fold=(p,))


def operation_of_logits(torch, z, y):
    return torch.nn.functional.cross_entropy(z, y)


def operation(torch, X, W, b, y):
    return operation_of_logits(torch, torch.nn.functional.linear(X, W.T, b), y)


def logits_reference(X, W, b, y):
    grown = np.exp(X @ W + b)
    p = grown / np.sum(grown, axis=1)[:, np.newaxis]
    return (p - y) / np.shape(X)[0]


softmax_regression_logits = model.derive(
    z[r, k],
    name="softmax_regression_logits",
    title=Text("Softmax regression: the logits", "softmax 回归：logits"),
    textbook=(p[r, k] - y[r, k]) / N,
    reference=logits_reference,
    operation=operation_of_logits,
)


def reference(X, W, b, y):
    grown = np.exp(X @ W + b)
    p = grown / np.sum(grown, axis=1)[:, np.newaxis]
    return X.T @ (p - y) / np.shape(X)[0]


softmax_regression_weights = model.derive(
    W[j, k],
    name="softmax_regression_weights",
    title=Text("Softmax regression: the weights", "softmax 回归：权重"),
    textbook=Sum(X[r, j] * (p[r, k] - y[r, k]), r) / N,
    reference=reference,
    operation=operation,
    sources=("Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.4",),
)
