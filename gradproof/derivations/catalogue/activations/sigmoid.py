"""The derivative of the sigmoid, σ′ = σ(1 − σ)."""

import numpy as np

from gradproof.derivations.calculus import Domain, Scalar, Text, define, derive, exp

x = Scalar("x")
s = define("sigma", 1 / (1 + exp(-x)), domain=Domain.UNIT)


def reference(x):
    sigma = 1 / (1 + np.exp(-x))
    return sigma * (1 - sigma)


def operation(torch, x):
    return torch.sigmoid(x)


sigmoid_derivative = derive(
    s[()],
    x,
    name="sigmoid_derivative",
    title=Text("The derivative of the sigmoid", "sigmoid 的导数"),
    fold=[s],
    textbook=s[()] * (1 - s[()]),
    reference=reference,
    operation=operation,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 3.10",),
    remarks=(
        Text(
            "The sigmoid maps the real line onto the open interval (0, 1): 0 and 1 are never reached.",
            "sigmoid 把整个实数轴映到开区间 (0, 1)：永远取不到 0 和 1。",
        ),
    ),
)
