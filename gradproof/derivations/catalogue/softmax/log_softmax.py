"""Log-softmax, and its Jacobian."""

import numpy as np

from gradproof.derivations.calculus import Sum, Text, define, delta, derive, exp, identity, log
from gradproof.derivations.calculus.passes import insert, log_rules

from .jacobian import n, p, z

i, j, k = n.indices("i j k")


def reference(z):
    return z - np.log(np.sum(np.exp(z)))


def operation(torch, z):
    return torch.log_softmax(z, 0)


ell = define("ell", i, z[i] - log(Sum(exp(z[k]), k)))
log_softmax = identity(
    log(p[i]),
    [insert(p), log_rules],
    name="log_softmax",
    title=Text("Log-softmax", "log-softmax"),
    textbook=z[i] - log(Sum(exp(z[k]), k)),
    reference=reference,
    operation=operation,
)


def jacobian_reference(z):
    p = np.exp(z) / np.sum(np.exp(z))
    return np.eye(np.size(z)) - p


log_softmax_jacobian = derive(
    ell[i],
    z[j],
    name="log_softmax_jacobian",
    title=Text("The Jacobian of log-softmax", "log-softmax 的雅可比矩阵"),
    fold=[p],
    textbook=delta(i, j) - p[j],
    reference=jacobian_reference,
    operation=operation,
)
