"""The gradient of a bilinear form aᵀXb by the matrix is the outer product of the two vectors."""

import numpy as np

from gradproof.derivations.calculus import Dim, Matrix, Sum, Text, Vector, define, derive

m, n = Dim("m", "r s"), Dim("n", "k l")
i, r = m.indices("i r")
j, k = n.indices("j k")
a = Vector("a", m)
X = Matrix("X", m, n)
b = Vector("b", n)
f = define("f", Sum(a[r] * X[r, k] * b[k], r, k))


def reference(a, b):
    return np.outer(a, b)


def operation(torch, a, X, b):
    return torch.dot(a, X @ b)


bilinear_gradient = derive(
    f[()],
    X[i, j],
    name="bilinear_gradient",
    title=Text("The gradient of a bilinear form with respect to the matrix", "双线性型对矩阵的梯度"),
    textbook=a[i] * b[j],
    reference=reference,
    operation=operation,
    sources=("Petersen, Pedersen, The Matrix Cookbook, 2012, section 2.4.1",),
    remarks=(
        Text(
            "The gradient has the shape of X. It is the pattern behind the gradient of a layer: input times error.",
            "梯度与 X 形状相同。网络层权重的梯度正是这一形式：输入乘以误差。",
        ),
    ),
)
