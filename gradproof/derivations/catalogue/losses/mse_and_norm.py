"""The mean squared error is not the 2-norm: MSE = r²/n, and so are their gradients related."""

import numpy as np

from gradproof.derivations.calculus import Dim, NonZero, Sum, Text, Vector, define, derive, identity, sqrt
from gradproof.derivations.calculus.passes import insert

n = Dim("n")
i, k = n.indices("i k")
x = Vector("x", n)
y = Vector("y", n)
mse = define("L", Sum((x[k] - y[k]) ** 2, k) / n)
r = define("r", sqrt(Sum((x[k] - y[k]) ** 2, k)))


def reference(x, y):
    return np.linalg.norm(x - y) ** 2 / np.size(x)


def operation(torch, x, y):
    return torch.linalg.vector_norm(x - y) ** 2 / x.numel()


mse_of_norm = identity(
    r[()] ** 2 / n,
    [insert(r)],
    name="mse_of_norm",
    title=Text("MSE is the squared 2-norm over n", "MSE 等于 2-范数的平方除以 n"),
    textbook=mse[()],
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "The MSE takes no root and divides by n; the 2-norm takes the root and does not divide.",
            "MSE 不开根号，并且除以 n；2-范数开根号，不除以 n。",
        ),
    ),
)


def gradient_reference(x, y):
    return (x - y) / np.linalg.norm(x - y)


def gradient_operation(torch, x, y):
    return torch.linalg.vector_norm(x - y)


distance_gradient = derive(
    r[()],
    x[i],
    name="distance_gradient",
    title=Text("The gradient of the 2-norm of a difference", "差的 2-范数的梯度"),
    fold=[r],
    textbook=(x[i] - y[i]) / r[()],
    given=(NonZero(r[()]),),
    reference=gradient_reference,
    operation=gradient_operation,
    remarks=(
        Text(
            "Its length is 1 however small the error is, and at x = y it does not exist; the gradient of the MSE, "
            "2(x − y)/n, shrinks with the error and is 0 at x = y.",
            "无论误差多小，它的长度都是 1，而在 x = y 处不存在；MSE 的梯度 2(x − y)/n 随误差减小，在 x = y 处为 0。",
        ),
    ),
)


def chain_reference(x, y):
    return 2 * (x - y) / np.size(x)


mse_gradient_of_norm = derive(
    r[()] ** 2 / n,
    x[i],
    name="mse_gradient_of_norm",
    title=Text("The gradient of the MSE follows from that of the 2-norm", "由 2-范数的梯度推出 MSE 的梯度"),
    through=[r],
    lemmas=[distance_gradient],
    textbook=2 / n * (x[i] - y[i]),
    given=(NonZero(r[()]),),
    reference=chain_reference,
    operation=operation,
)
