"""The derivative of the absolute value, away from its kink at 0."""

import numpy as np
from sympy import Abs

from gradproof.derivations.calculus import NonZero, Scalar, Text, derive, sign

x = Scalar("x")


def reference(x):
    return np.where(x > 0, 1.0, -1.0)


def operation(torch, x):
    return torch.abs(x)


absolute_value_derivative = derive(
    Abs(x),
    x,
    name="absolute_value_derivative",
    title=Text("The derivative of the absolute value", "绝对值的导数"),
    given=(NonZero(x),),
    textbook=sign(x),
    reference=reference,
    operation=operation,
    sources=("Boyd, Vandenberghe, Subgradients, 2022, section 2",),
    remarks=(
        Text(
            "At x = 0 there is a kink and no derivative; any number between −1 and 1 is a subgradient. Torch returns "
            "0, which is sign(0).",
            "在 x = 0 处有尖点，导数不存在；−1 到 1 之间的任何数都是次梯度。Torch 返回 0，即 sign(0)。",
        ),
    ),
)
