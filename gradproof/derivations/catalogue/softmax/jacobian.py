"""The Jacobian of softmax: both cases at once, and each by itself."""

import numpy as np

from gradproof.derivations.calculus import (
    Different,
    Dim,
    Domain,
    Equal,
    Sum,
    Text,
    Vector,
    define,
    delta,
    derive,
    exp,
)

n = Dim("n")
i, j, k = n.indices("i j k")
z = Vector("z", n)
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k), domain=Domain.SIMPLEX)


def reference(z):
    p = np.exp(z) / np.sum(np.exp(z))
    return np.diag(p) - np.outer(p, p)


def operation(torch, z):
    return torch.softmax(z, 0)


softmax_jacobian = derive(
    p[i],
    z[j],
    name="softmax_jacobian",
    title=Text("The Jacobian of softmax", "softmax 的雅可比矩阵"),
    fold=[p],
    cases={"diagonal": Equal(i, j), "off_diagonal": Different(i, j)},
    textbook=p[i] * (delta(i, j) - p[j]),
    reference=reference,
    operation=operation,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 6.2.2.3",),
)
