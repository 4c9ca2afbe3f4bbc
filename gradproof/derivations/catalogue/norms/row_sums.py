"""Reductions along one dimension: sums and maxima of the rows of a matrix, one number for each row."""

import numpy as np

from gradproof.derivations.calculus import (
    Dim,
    Largest,
    Matrix,
    Selected,
    Sum,
    Text,
    Untied,
    define,
    delta,
    derive,
)

m, n = Dim("m", "r s"), Dim("n", "k l")
i, r = m.indices("i r")
j, k = n.indices("j k")
X = Matrix("X", m, n)
sums = define("s", r, Sum(X[r, k], k))
largest = define("m", r, Largest(X[r, k], k))


def reference(X):
    rows, columns = np.shape(X)
    return np.repeat(np.eye(rows)[:, :, np.newaxis], columns, axis=2)


def operation(torch, X):
    return torch.sum(X, dim=1)


row_sums_jacobian = derive(
    sums[r],
    X[i, j],
    name="row_sums_jacobian",
    title=Text("Sums along a dimension", "沿一个维度求和"),
    textbook=delta(r, i),
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "`sum(X, dim=1)` runs over the columns, the second dimension, and leaves a vector of shape (m,): the "
            "dimension that is named is the one that goes. With keepdim=True it stays as a dimension of size 1, and "
            "the shape is (m, 1); the numbers are the same.",
            "`sum(X, dim=1)` 对第二个维度（列）求和，得到形状为 (m,) 的向量：指定哪个维度，哪个维度就消失。"
            "若 keepdim=True，则该维度以长度 1 保留，形状为 (m, 1)；数值相同。",
        ),
    ),
)


def largest_reference(X):
    rows = np.shape(X)[0]
    chosen = np.where(np.max(X, axis=1)[:, np.newaxis] == X, 1.0, 0.0)
    return np.eye(rows)[:, :, np.newaxis] * chosen[np.newaxis, :, :]


def largest_operation(torch, X):
    return torch.amax(X, dim=1)


row_maxima_jacobian = derive(
    largest[r],
    X[i, j],
    name="row_maxima_jacobian",
    title=Text("Maxima along a dimension", "沿一个维度取最大值"),
    given=(Untied(Largest(X[r, k], k)),),
    textbook=delta(r, i) * Selected(X[r, k], k, j),
    reference=largest_reference,
    operation=largest_operation,
)
