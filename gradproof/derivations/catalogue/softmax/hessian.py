"""The Hessian of log-sum-exp."""

import numpy as np

from gradproof.derivations.calculus import Partial, Text, delta, derive

from . import jacobian, log_sum_exp
from .jacobian import n, p, z
from .log_sum_exp import lse

i, j = n.indices("i j")


def reference(z):
    p = np.exp(z) / np.sum(np.exp(z))
    return np.diag(p) - np.outer(p, p)


log_sum_exp_hessian = derive(
    Partial(lse[()], z[i]),
    z[j],
    name="log_sum_exp_hessian",
    title=Text("The Hessian of log-sum-exp", "log-sum-exp 的黑塞矩阵"),
    lemmas=[log_sum_exp.log_sum_exp_gradient, jacobian.softmax_jacobian],
    fold=[p],
    textbook=p[i] * delta(i, j) - p[i] * p[j],
    reference=reference,
    operation=log_sum_exp.operation,
    sources=("Boyd, Vandenberghe, Convex Optimization, 2004, section 3.1.5",),
)
