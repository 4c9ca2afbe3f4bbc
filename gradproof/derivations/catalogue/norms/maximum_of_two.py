"""The derivative of the larger of two numbers, max(x, y) = x + ReLU(y − x)."""

import numpy as np

from gradproof.derivations.calculus import NonZero, Scalar, Text, define, derive, relu, step

x, y = Scalar("x"), Scalar("y")
larger = define("m", x + relu(y - x))


def reference(x, y):
    return np.where(y > x, 1.0, 0.0)


def operation(torch, x, y):
    return torch.maximum(x, y)


maximum_of_two_derivative = derive(
    larger[()],
    y,
    name="maximum_of_two_derivative",
    title=Text("The derivative of the larger of two numbers", "两数中较大者的导数"),
    given=(NonZero(y - x),),
    textbook=step(y - x),
    reference=reference,
    operation=operation,
    sources=("Boyd, Vandenberghe, Subgradients, 2022, section 3.4",),
    remarks=(
        Text(
            "At x = y any split of 1 among the two is a subgradient. Torch's `maximum` gives each of them 1/2; its "
            "`fmax` gives 1 to the first.",
            "在 x = y 处，把 1 任意分给两者都是次梯度。Torch 的 `maximum` 各给 1/2；`fmax` 把 1 全给第一个。",
        ),
    ),
)
