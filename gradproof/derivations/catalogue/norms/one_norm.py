"""The gradient of the 1-norm, where the entry is not 0."""

import numpy as np
from sympy import Abs

from gradproof.derivations.calculus import Dim, NonZero, Sum, Text, Vector, define, derive, sign

n = Dim("n")
i, k = n.indices("i k")
x = Vector("x", n)
norm = define("r", Sum(Abs(x[k]), k))


def reference(x):
    return np.where(x > 0, 1.0, -1.0)


def operation(torch, x):
    return torch.linalg.vector_norm(x, 1)


one_norm_gradient = derive(
    norm[()],
    x[i],
    name="one_norm_gradient",
    title=Text("The gradient of the 1-norm", "1-范数的梯度"),
    given=(NonZero(x[i]),),
    textbook=sign(x[i]),
    reference=reference,
    operation=operation,
    sources=("Boyd, Vandenberghe, Subgradients, 2022, section 2",),
    remarks=(
        Text(
            "Every entry pulls with the same force, however small it is: this is why a penalty on the 1-norm makes "
            "entries exactly 0, and a penalty on the squared 2-norm does not.",
            "无论分量多小，梯度的大小都相同：因此对 1-范数的惩罚会使分量恰好为 0，而对 2-范数平方的惩罚不会。",
        ),
        Text(
            "Where an entry is 0 there is a kink: any number between −1 and 1 is a subgradient there. Torch's "
            "`vector_norm(x, 1)` and `l1_loss` return 0.",
            "分量为 0 处有尖点：−1 到 1 之间的任何数都是次梯度。Torch 的 `vector_norm(x, 1)` 与 `l1_loss` 返回 0。",
        ),
    ),
)
