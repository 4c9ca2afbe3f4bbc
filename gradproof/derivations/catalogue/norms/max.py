"""The gradient of the maximum of a vector: all of it goes to the entry that attains it."""

import numpy as np

from gradproof.derivations.calculus import Dim, Largest, Selected, Text, Untied, Vector, define, derive

n = Dim("n")
i, k = n.indices("i k")
z = Vector("z", n)
largest = define("m", Largest(z[k], k))


def reference(z):
    return np.where(z == np.max(z), 1.0, 0.0)


def operation(torch, z):
    return torch.amax(z, 0)


max_gradient = derive(
    largest[()],
    z[i],
    name="max_gradient",
    title=Text("The gradient of the maximum", "最大值的梯度"),
    given=(Untied(Largest(z[k], k)),),
    textbook=Selected(z[k], k, i),
    reference=reference,
    operation=operation,
    sources=("Boyd, Vandenberghe, Subgradients, 2022, section 3.4",),
    remarks=(
        Text(
            "Max pooling, and the shift by the maximum in a stable softmax, pass the gradient on to one entry.",
            "最大池化以及稳定 softmax 中减去最大值的操作，都只把梯度传给一个分量。",
        ),
        Text(
            "Where several entries tie, any split of 1 among them is a subgradient. Torch's `max` and `min` over a "
            "dimension, `sort`, `topk` and `kthvalue` give 1 to one of them (the one whose index they return); `amax`, "
            "`amin`, and `max` and `min` without a dimension give each of them the same share.",
            "若多个分量并列最大，把 1 任意分给它们都是次梯度。Torch 中带维度的 `max`、`min` 以及 `sort`、`topk`、"
            "`kthvalue` 把 1 给其中一个（即所返回下标的那个）；`amax`、`amin` 以及不带维度的 `max`、`min` 则平均分给"
            "它们。",
        ),
    ),
)
