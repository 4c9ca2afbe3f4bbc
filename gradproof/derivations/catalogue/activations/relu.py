"""The derivative of ReLU, away from its kink at 0."""

import numpy as np

from gradproof.derivations.calculus import NonZero, Scalar, Text, derive, relu, step

x = Scalar("x")


def reference(x):
    return np.where(x > 0, 1.0, 0.0)


def operation(torch, x):
    return torch.relu(x)


relu_derivative = derive(
    relu(x),
    x,
    name="relu_derivative",
    title=Text("The derivative of ReLU", "ReLU 的导数"),
    given=(NonZero(x),),
    textbook=step(x),
    reference=reference,
    operation=operation,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 6.3",),
    remarks=(
        Text(
            "At x = 0 ReLU has a kink and no derivative; any number between 0 and 1 is a subgradient. Torch's `relu` "
            "returns 0 there, its `clamp(x, min=0)` returns 1.",
            "在 x = 0 处 ReLU 有尖点，导数不存在；0 到 1 之间的任何数都是次梯度。Torch 的 `relu` 在那里返回 0，"
            "而 `clamp(x, min=0)` 返回 1。",
        ),
        Text(
            "The derivative is 0 or 1: an active unit passes the gradient on unchanged, an inactive one stops it.",
            "导数只取 0 或 1：激活的单元原样传递梯度，未激活的单元使梯度为零。",
        ),
    ),
)
