"""The Frobenius norm of a matrix: the 2-norm of its entries."""

import numpy as np

from gradproof.derivations.calculus import Dim, Matrix, NonZero, Sum, Text, define, derive, sqrt

m, n = Dim("m", "r s"), Dim("n", "k l")
i, r = m.indices("i r")
j, k = n.indices("j k")
X = Matrix("X", m, n)
norm = define("F", sqrt(Sum(X[r, k] ** 2, r, k)))


def reference(X):
    return X / np.sqrt(np.sum(X**2))


def operation(torch, X):
    return torch.linalg.matrix_norm(X)


frobenius_norm_gradient = derive(
    norm[()],
    X[i, j],
    name="frobenius_norm_gradient",
    title=Text("The gradient of the Frobenius norm", "弗罗贝尼乌斯范数的梯度"),
    fold=[norm],
    textbook=X[i, j] / norm[()],
    given=(NonZero(norm[()]),),
    reference=reference,
    operation=operation,
    sources=("Petersen, Pedersen, The Matrix Cookbook, 2012, section 2.8.2",),
    remarks=(
        Text(
            "It treats the matrix as one long vector. Torch's `norm(X)` of a matrix is this one, not the spectral "
            "norm `linalg.matrix_norm(X, 2)`, the largest singular value.",
            "它把矩阵当作一个长向量。Torch 中矩阵的 `norm(X)` 就是它，而不是谱范数 "
            "`linalg.matrix_norm(X, 2)`（最大奇异值）。",
        ),
    ),
)
