"""The derivative of tanh, 1 − tanh²."""

import numpy as np

from gradproof.derivations.calculus import Scalar, Text, define, derive, exp

x = Scalar("x")
t = define("tau", (exp(x) - exp(-x)) / (exp(x) + exp(-x)))


def reference(x):
    return 1 - np.tanh(x) ** 2


def operation(torch, x):
    return torch.tanh(x)


tanh_derivative = derive(
    t[()],
    x,
    name="tanh_derivative",
    title=Text("The derivative of tanh", "tanh 的导数"),
    fold=[t],
    textbook=1 - t[()] ** 2,
    reference=reference,
    operation=operation,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 6.3.2",),
)
