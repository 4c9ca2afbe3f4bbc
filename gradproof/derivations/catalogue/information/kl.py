"""The gradients of the Kullback–Leibler divergence KL(p‖q) by p and by q."""

import numpy as np

from gradproof.derivations.calculus import Dim, Domain, Sum, Text, Vector, define, derive, log

n = Dim("n")
i, k = n.indices("i k")
p = Vector("p", n, Domain.POSITIVE)
q = Vector("q", n, Domain.POSITIVE)
divergence = define("D", Sum(p[k] * log(p[k] / q[k]), k))


def reference_by_p(p, q):
    return np.log(p / q) + 1


def operation(torch, p, q):
    return torch.nn.functional.kl_div(torch.log(q), p, reduction="sum")


kl_gradient_by_p = derive(
    divergence[()],
    p[i],
    name="kl_gradient_by_p",
    title=Text("The gradient of the KL divergence with respect to p", "KL 散度对 p 的梯度"),
    textbook=log(p[i] / q[i]) + 1,
    reference=reference_by_p,
    operation=operation,
)


def reference_by_q(p, q):
    return -p / q


kl_gradient_by_q = derive(
    divergence[()],
    q[i],
    name="kl_gradient_by_q",
    title=Text("The gradient of the KL divergence with respect to q", "KL 散度对 q 的梯度"),
    textbook=-p[i] / q[i],
    reference=reference_by_q,
    operation=operation,
)
