"""Normalising divides a vector by its norm: a norm is a number, the normalised vector is a vector of length 1."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Dim, NonZero, Sum, Text, Vector, define, delta, derive, identity, sqrt
from gradproof.derivations.calculus.passes import insert

n = Dim("n")
i, j, k = n.indices("i j k")
x = Vector("x", n)
r = define("r", sqrt(Sum(x[k] ** 2, k)))
u = define("u", i, x[i] / r[()])


def unit_reference(x):
    u = x / np.sqrt(np.sum(x**2))
    return np.sum(u**2)


def unit_operation(torch, x):
    return torch.square(x / torch.linalg.vector_norm(x)).sum()


normalised_norm = identity(
    Sum(u[k] ** 2, k),
    [insert(u), insert(r)],
    name="normalised_norm",
    title=Text("A normalised vector has length 1", "归一化后的向量长度为 1"),
    textbook=S.One,
    given=(NonZero(r[()]),),
    reference=unit_reference,
    operation=unit_operation,
)


def reference(x):
    r = np.sqrt(np.sum(x**2))
    u = x / r
    return (np.eye(np.size(x)) - np.outer(u, u)) / r


def operation(torch, x):
    return x / torch.linalg.vector_norm(x)


normalise_jacobian = derive(
    u[i],
    x[j],
    name="normalise_jacobian",
    title=Text("The Jacobian of normalising", "归一化的雅可比矩阵"),
    fold=[r, u],
    textbook=(delta(i, j) - u[i] * u[j]) / r[()],
    given=(NonZero(r[()]),),
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "It projects onto the directions at right angles to x, and divides by the norm: moving along x itself does "
            "not change the normalised vector.",
            "它投影到与 x 垂直的方向上，再除以范数：沿 x 本身移动不会改变归一化后的向量。",
        ),
        Text(
            "Torch's `normalize` divides by max(‖x‖, eps) with eps = 1e-12, so that 0 stays 0.",
            "Torch 的 `normalize` 除以 max(‖x‖, eps)，其中 eps = 1e-12，因此零向量保持为零。",
        ),
    ),
)
