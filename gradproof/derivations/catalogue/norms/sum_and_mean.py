"""Sum and mean: every entry counts the same."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Dim, Sum, Text, Vector, define, derive

n = Dim("n")
i, k = n.indices("i k")
x = Vector("x", n)
total = define("s", Sum(x[k], k))
mean = define("mu", Sum(x[k], k) / n)


def sum_reference(x):
    return np.ones_like(x)


def sum_operation(torch, x):
    return torch.sum(x)


sum_gradient = derive(
    total[()],
    x[i],
    name="sum_gradient",
    title=Text("The gradient of a sum", "求和的梯度"),
    textbook=S.One,
    reference=sum_reference,
    operation=sum_operation,
)


def mean_reference(x):
    return np.ones_like(x) / np.size(x)


def mean_operation(torch, x):
    return torch.mean(x)


mean_gradient = derive(
    mean[()],
    x[i],
    name="mean_gradient",
    title=Text("The gradient of a mean", "均值的梯度"),
    textbook=1 / n,
    reference=mean_reference,
    operation=mean_operation,
)
