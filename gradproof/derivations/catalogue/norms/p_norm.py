"""The gradient of the p-norm of positive entries, for every exponent."""

import numpy as np

from gradproof.derivations.calculus import Dim, Domain, Scalar, Sum, Text, Vector, define, derive

n = Dim("n")
i, k = n.indices("i k")
x = Vector("x", n, Domain.POSITIVE)
p = Scalar("p", Domain.POSITIVE)
r = define("r", Sum(x[k] ** p, k) ** (1 / p), domain=Domain.POSITIVE)


def reference(x, p):
    return (x / np.sum(x**p) ** (1 / p)) ** (p - 1)


def operation(torch, x, p):
    return torch.pow(torch.pow(x, p).sum(), 1 / p)


p_norm_gradient = derive(
    r[()],
    x[i],
    name="p_norm_gradient",
    title=Text("The gradient of the p-norm", "p-范数的梯度"),
    fold=[r],
    textbook=(x[i] / r[()]) ** (p - 1),
    reference=reference,
    operation=operation,
    sources=("Boyd, Vandenberghe, Convex Optimization, 2004, appendix A.1",),
    remarks=(
        Text(
            "For p = 2 this is x/r. The larger p is, the more the gradient belongs to the largest entry alone, as for "
            "the maximum. (It is a norm for p ≥ 1 only.)",
            "p = 2 时即为 x/r。p 越大，梯度越集中于最大的分量，趋近于最大值的梯度。（仅当 p ≥ 1 时它才是范数。）",
        ),
        Text(
            "At x = 0 there is no gradient; Torch's `vector_norm(x, p)` returns 0 there.",
            "在 x = 0 处没有梯度；Torch 的 `vector_norm(x, p)` 在那里返回 0。",
        ),
    ),
)
