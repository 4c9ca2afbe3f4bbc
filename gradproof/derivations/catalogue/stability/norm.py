"""The 2-norm, scaled by its largest entry, so that no square overflows or vanishes."""

import numpy as np
from sympy import Abs

from gradproof.derivations.calculus import Dim, Largest, Positive, Sum, Text, Vector, define, identity, sqrt
from gradproof.derivations.calculus.stable import where_positive, write_with

n = Dim("n")
i, k = n.indices("i k")
x = Vector("x", n)
m = define("m", Largest(Abs(x[k]), k))
v = define("v", k, x[k] / m[()])


def reference(x):
    m = np.max(np.abs(x))
    return m * np.sqrt(np.sum((x / m) ** 2))


def operation(torch, x):
    return torch.linalg.vector_norm(x)


norm_stable = identity(
    sqrt(Sum(x[k] ** 2, k)),
    [write_with(v, x, m[()] * v[k]), where_positive(Positive(m[()]))],
    name="norm_stable",
    title=Text("The 2-norm without overflow", "不溢出的 2-范数"),
    textbook=m[()] * sqrt(Sum(v[k] ** 2, k)),
    given=(Positive(m[()]),),
    reference=reference,
    operation=operation,
    stable=True,
    sources=("Blue, A Portable Fortran Program to Find the Euclidean Norm of a Vector, 1978",),
    remarks=(
        Text(
            "True for any positive m; the largest |x_k| keeps every square between 0 and 1. At x = 0 the norm is 0 and "
            "needs a case of its own.",
            "对任意正数 m 都成立；取最大的 |x_k| 可使每个平方都在 0 与 1 之间。x = 0 时范数为 0，需单独处理。",
        ),
    ),
)
