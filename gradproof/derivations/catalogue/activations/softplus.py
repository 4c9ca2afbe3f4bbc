"""The derivative of softplus is the sigmoid."""

import numpy as np

from gradproof.derivations.calculus import Scalar, Text, define, derive, exp, log

x = Scalar("x")
s = define("sigma", 1 / (1 + exp(-x)))
softplus = define("zeta", log(1 + exp(x)))


def reference(x):
    return 1 / (1 + np.exp(-x))


def operation(torch, x):
    return torch.nn.functional.softplus(x)


softplus_derivative = derive(
    softplus[()],
    x,
    name="softplus_derivative",
    title=Text("The derivative of softplus", "softplus 的导数"),
    fold=[s],
    textbook=s[()],
    reference=reference,
    operation=operation,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 3.10",),
)
