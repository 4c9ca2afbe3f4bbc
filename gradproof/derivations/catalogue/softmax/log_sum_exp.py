"""The gradient of log-sum-exp is softmax."""

import numpy as np

from gradproof.derivations.calculus import Sum, Text, define, derive, exp, log

from .jacobian import n, p, z

i, k = n.indices("i k")
lse = define("lse", log(Sum(exp(z[k]), k)))


def reference(z):
    return np.exp(z) / np.sum(np.exp(z))


def operation(torch, z):
    return torch.logsumexp(z, 0)


log_sum_exp_gradient = derive(
    lse[()],
    z[i],
    name="log_sum_exp_gradient",
    title=Text("The gradient of log-sum-exp", "log-sum-exp 的梯度"),
    fold=[p],
    textbook=p[i],
    reference=reference,
    operation=operation,
    sources=("Boyd, Vandenberghe, Convex Optimization, 2004, section 3.1.5",),
)
