"""The gradient of the maximum norm: the sign of the entry that attains it."""

import numpy as np
from sympy import Abs

from gradproof.derivations.calculus import Dim, Largest, NonZero, Selected, Text, Untied, Vector, define, derive, sign

n = Dim("n")
i, k = n.indices("i k")
x = Vector("x", n)
norm = define("r", Largest(Abs(x[k]), k))


def reference(x):
    return np.where(np.abs(x) == np.max(np.abs(x)), np.where(x > 0, 1.0, -1.0), 0.0)


def operation(torch, x):
    return torch.linalg.vector_norm(x, torch.inf)


max_norm_gradient = derive(
    norm[()],
    x[i],
    name="max_norm_gradient",
    title=Text("The gradient of the maximum norm", "最大范数的梯度"),
    given=(Untied(Largest(Abs(x[k]), k)), NonZero(x[i])),
    textbook=sign(x[i]) * Selected(Abs(x[k]), k, i),
    reference=reference,
    operation=operation,
    sources=("Boyd, Vandenberghe, Subgradients, 2022, section 3.4",),
    remarks=(
        Text(
            "Where several entries are largest in size, Torch's `vector_norm(x, inf)` shares the gradient equally "
            "among them; at x = 0 it returns 0.",
            "若多个分量的绝对值并列最大，Torch 的 `vector_norm(x, inf)` 把梯度平均分给它们；在 x = 0 处返回 0。",
        ),
    ),
)
