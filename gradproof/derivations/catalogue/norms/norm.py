"""The gradient of the 2-norm, where it has one."""

import numpy as np

from gradproof.derivations.calculus import Dim, NonZero, Sum, Text, Vector, define, derive, sqrt

n = Dim("n")
i, k = n.indices("i k")
x = Vector("x", n)
r = define("r", sqrt(Sum(x[k] ** 2, k)))


def reference(x):
    return x / np.sqrt(np.sum(x**2))


def operation(torch, x):
    return torch.linalg.vector_norm(x)


norm_gradient = derive(
    r[()],
    x[i],
    name="norm_gradient",
    title=Text("The gradient of the 2-norm", "2-范数的梯度"),
    fold=[r],
    textbook=x[i] / r[()],
    given=(NonZero(r[()]),),
    reference=reference,
    operation=operation,
    sources=("Boyd, Vandenberghe, Convex Optimization, 2004, appendix A.4",),
    remarks=(
        Text(
            "At x = 0 the norm has a kink and no gradient: the unit vector x/r jumps there, and any vector of norm at "
            "most 1 is a subgradient. Torch's `vector_norm` returns 0; the root of a sum of squares gives nan.",
            "在 x = 0 处范数有尖点，没有梯度：单位向量 x/r 在那里发生跳变，范数不超过 1 的任何向量都是次梯度。"
            "Torch 的 `vector_norm` 返回 0；对平方和开方则得到 nan。",
        ),
    ),
)
