"""The derivative of log σ, 1 − σ."""

import numpy as np

from gradproof.derivations.calculus import Scalar, Text, define, derive, exp, log

x = Scalar("x")
s = define("sigma", 1 / (1 + exp(-x)))


def reference(x):
    return 1 - 1 / (1 + np.exp(-x))


def operation(torch, x):
    return torch.nn.functional.logsigmoid(x)


log_sigmoid_derivative = derive(
    log(s[()]),
    x,
    name="log_sigmoid_derivative",
    title=Text("The derivative of log-sigmoid", "log-sigmoid 的导数"),
    fold=[s],
    textbook=1 - s[()],
    reference=reference,
    operation=operation,
)
