"""The 1-norm of a matrix is its largest column sum of absolute values, not the 1-norm of its entries."""

import numpy as np
from sympy import Abs

from gradproof.derivations.calculus import (
    Dim,
    Largest,
    Matrix,
    NonZero,
    Selected,
    Sum,
    Text,
    Untied,
    define,
    derive,
    sign,
)

m, n = Dim("m", "r s"), Dim("n", "k l")
i, r = m.indices("i r")
j, k = n.indices("j k")
X = Matrix("X", m, n)
columns = Sum(Abs(X[r, k]), r)
norm = define("c", Largest(columns, k))


def reference(X):
    sums = np.sum(np.abs(X), axis=0)
    return np.where(X > 0, 1.0, -1.0) * np.where(sums == np.max(sums), 1.0, 0.0)


def operation(torch, X):
    return torch.linalg.matrix_norm(X, 1)


matrix_one_norm_gradient = derive(
    norm[()],
    X[i, j],
    name="matrix_one_norm_gradient",
    title=Text("The gradient of the 1-norm of a matrix", "矩阵 1-范数的梯度"),
    given=(Untied(Largest(columns, k)), NonZero(X[i, j])),
    textbook=sign(X[i, j]) * Selected(columns, k, j),
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "As a matrix, (1 2; 3 4) has the 1-norm max(1 + 3, 2 + 4) = 6; as a vector of four entries it has the "
            "1-norm 10. Ask which one a function computes.",
            "作为矩阵，(1 2; 3 4) 的 1-范数为 max(1 + 3, 2 + 4) = 6；作为四个分量的向量，其 1-范数为 10。"
            "使用函数前要弄清它计算的是哪一个。",
        ),
    ),
)
