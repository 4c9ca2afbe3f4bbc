"""The gradient of the sum of the two largest entries, as topk takes them."""

import numpy as np

from gradproof.derivations.calculus import Dim, Largest, Selected, Text, Untied, Vector, define, derive

n = Dim("n")
i, k = n.indices("i k")
z = Vector("z", n)
ranks = (1, 2)
total = define("t", sum(Largest(z[k], k, rank) for rank in ranks))


def reference(z):
    return np.where(z >= np.sort(z)[-2], 1.0, 0.0)


def operation(torch, z):
    return torch.topk(z, 2).values.sum()


top_two_gradient = derive(
    total[()],
    z[i],
    name="top_two_gradient",
    title=Text("The gradient of the sum of the two largest entries", "最大两个分量之和的梯度"),
    given=tuple(Untied(Largest(z[k], k, rank)) for rank in ranks),
    textbook=sum(Selected(z[k], k, i, rank) for rank in ranks),
    reference=reference,
    operation=operation,
    sources=("Boyd, Vandenberghe, Convex Optimization, 2004, section 3.2.3",),
    remarks=(
        Text(
            "max with (2) above it is the second largest value, for a vector of at least two entries.",
            "上标 (2) 的 max 表示第二大的值，要求向量至少有两个分量。",
        ),
        Text(
            "Only a tie of the second with the third entry is a kink of the sum: any split of what is left among those "
            "that tie is a subgradient there. Torch's `topk` gives 1 to each of the two entries that it returns.",
            "只有第二与第三大的分量并列才是这个和的尖点：把剩余部分任意分给并列者都是次梯度。"
            "Torch 的 `topk` 给它所返回的两个分量各 1。",
        ),
    ),
)
