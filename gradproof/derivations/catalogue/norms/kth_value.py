"""The gradient of the k-th smallest value, here the second one, as kthvalue takes it."""

import numpy as np

from gradproof.derivations.calculus import Dim, Largest, Selected, Text, Untied, Vector, define, derive

n = Dim("n")
i, k = n.indices("i k")
z = Vector("z", n)
second = define("m", -Largest(-z[k], k, rank=2))


def reference(z):
    return np.where(z == np.sort(z)[1], 1.0, 0.0)


def operation(torch, z):
    return torch.kthvalue(z, 2).values


kth_value_gradient = derive(
    second[()],
    z[i],
    name="kth_value_gradient",
    title=Text("The gradient of the second smallest entry", "第二小分量的梯度"),
    given=(Untied(Largest(-z[k], k, rank=2)),),
    textbook=Selected(-z[k], k, i, rank=2),
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "`kthvalue(z, k)` counts from the smallest, `topk(z, k)` from the largest. Both return the value and the "
            "index; a gradient passes through the value only.",
            "`kthvalue(z, k)` 从最小的数起，`topk(z, k)` 从最大的数起。二者都返回数值和下标；梯度只经过数值传递。",
        ),
    ),
)
