"""The gradients of the cross-entropy H(p, q) by p and by q."""

import numpy as np

from gradproof.derivations.calculus import Dim, Domain, Sum, Text, Vector, define, derive, log

n = Dim("n")
i, k = n.indices("i k")
p = Vector("p", n, Domain.POSITIVE)
q = Vector("q", n, Domain.POSITIVE)
cross_entropy = define("H", -Sum(p[k] * log(q[k]), k))


def reference_by_p(q):
    return -np.log(q)


def operation(torch, p, q):
    return -torch.xlogy(p, q).sum()


cross_entropy_gradient_by_p = derive(
    cross_entropy[()],
    p[i],
    name="cross_entropy_gradient_by_p",
    title=Text("The gradient of the cross-entropy with respect to p", "交叉熵对 p 的梯度"),
    textbook=-log(q[i]),
    reference=reference_by_p,
    operation=operation,
)


def reference_by_q(p, q):
    return -p / q


cross_entropy_gradient_by_q = derive(
    cross_entropy[()],
    q[i],
    name="cross_entropy_gradient_by_q",
    title=Text("The gradient of the cross-entropy with respect to q", "交叉熵对 q 的梯度"),
    textbook=-p[i] / q[i],
    reference=reference_by_q,
    operation=operation,
)
