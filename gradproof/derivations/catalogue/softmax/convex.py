"""Log-sum-exp is convex: its Hessian is a variance, which is never negative."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Partial, Sum, Text, Vector, identity
from gradproof.derivations.calculus.estimates import not_negative
from gradproof.derivations.calculus.identities import sift, use, variance
from gradproof.derivations.calculus.passes import linear, multiply_out

from . import hessian
from .jacobian import n, p, z
from .log_sum_exp import lse

i, j = n.indices("i j")
u = Vector("u", n)


def reference(z, u):
    return 0 * np.sum(z * u)


log_sum_exp_convex = identity(
    Sum(u[i] * Partial(Partial(lse[()], z[i]), z[j]) * u[j], i, j),
    [use(hessian.log_sum_exp_hessian), multiply_out, linear, sift, variance(p), not_negative],
    name="log_sum_exp_convex",
    title=Text("Log-sum-exp is convex", "log-sum-exp 是凸函数"),
    textbook=S.Zero,
    reference=reference,
    sources=("Boyd, Vandenberghe, Convex Optimization, 2004, section 3.1.5",),
    remarks=(
        Text(
            "The quadratic form is the variance of u under the probabilities p. It is 0 where all u are equal: adding "
            "the same to all logits changes nothing.",
            "该二次型是 u 在概率 p 下的方差。当 u 的各分量相等时它为 0：所有 logits 加上同一个数不改变任何结果。",
        ),
    ),
)
