"""The gradient of the mean squared error."""

import numpy as np

from gradproof.derivations.calculus import Dim, Sum, Text, Vector, define, derive

n = Dim("n")
i, k = n.indices("i k")
x = Vector("x", n)
y = Vector("y", n)
mse = define("L", Sum((x[k] - y[k]) ** 2, k) / n)


def reference(x, y):
    return 2 * (x - y) / np.size(x)


def operation(torch, x, y):
    return torch.nn.functional.mse_loss(x, y)


mse_gradient = derive(
    mse[()],
    x[i],
    name="mse_gradient",
    title=Text("The gradient of the mean squared error", "均方误差的梯度"),
    textbook=2 / n * (x[i] - y[i]),
    reference=reference,
    operation=operation,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 5.1.4",),
)
