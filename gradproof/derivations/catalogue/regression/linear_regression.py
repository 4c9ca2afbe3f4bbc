"""Linear regression with N samples: by the weights, by the bias, and in matrix form."""

import numpy as np

from gradproof.derivations.calculus import Dim, Matrix, Program, Scalar, Sum, Text, Vector, define, derive

N, m = Dim("N", "r s"), Dim("m", "i l")
r = N.index("r")
i, j = m.indices("i j")
X = Matrix("X", N, m)
w = Vector("w", m)
b = Scalar("b")
y = Vector("y", N)
u = define("u", r, Sum(X[r, i] * w[i], i) + b)
E = define("E", Sum((u[r] - y[r]) ** 2, r) / 2)
model = Program(E, fold=(u,))


def operation(torch, X, w, b, y):
    return torch.nn.functional.mse_loss(X @ w + b, y, reduction="sum") / 2


def reference(X, w, b, y):
    return X.T @ (X @ w + b - y)


linear_regression_weights = model.derive(
    w[j],
    name="linear_regression_weights",
    title=Text("Linear regression: the weights", "线性回归：权重"),
    textbook=Sum(X[r, j] * (u[r] - y[r]), r),
    reference=reference,
    operation=operation,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 5.1.4",),
)


def bias_reference(X, w, b, y):
    return np.sum(X @ w + b - y)


linear_regression_bias = model.derive(
    b,
    name="linear_regression_bias",
    title=Text("Linear regression: the bias", "线性回归：偏置"),
    textbook=Sum(u[r] - y[r], r),
    reference=bias_reference,
    operation=operation,
)


def matrix_reference(X, w, y):
    return X.T @ (X @ w - y)


def matrix_operation(torch, X, w, y):
    return torch.nn.functional.mse_loss(X @ w, y, reduction="sum") / 2


squares = define("E", Sum((Sum(X[r, i] * w[i], i) - y[r]) ** 2, r) / 2)
linear_regression_matrix = derive(
    squares[()],
    w[j],
    name="linear_regression_matrix",
    title=Text("Least squares in matrix form", "最小二乘的矩阵形式"),
    textbook=Sum(X[r, j] * (Sum(X[r, i] * w[i], i) - y[r]), r),
    reference=matrix_reference,
    operation=matrix_operation,
    sources=("Petersen, Pedersen, The Matrix Cookbook, 2012, section 2.4.3",),
)
