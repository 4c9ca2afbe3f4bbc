"""The entropy is stationary at the uniform distribution, along every direction that keeps the sum at 1."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Dim, Domain, Sum, Text, Vector, define, derive, log

n = Dim("n")
i, k = n.indices("i k")
v = Vector("v", n)
p = define("p", i, 1 / n, domain=Domain.SIMPLEX)
d = define("d", i, v[i] - Sum(v[k], k) / n)
t = define("t", S.Zero)


def reference(v):
    return 0 * np.sum(v)


def operation(torch, p, t, d):
    return torch.special.entr(p + t * d).sum()


entropy_stationary_at_uniform = derive(
    -Sum((p[k] + t[()] * d[k]) * log(p[k] + t[()] * d[k]), k),
    t[()],
    name="entropy_stationary_at_uniform",
    title=Text("The entropy is stationary at the uniform distribution", "熵在均匀分布处取驻值"),
    at=[t, p, d],
    textbook=S.Zero,
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "The direction d sums to 0, so p + t d stays a distribution; t = 0 is the uniform one.",
            "方向 d 的各分量之和为 0，因此 p + t d 仍是分布；t = 0 即均匀分布。",
        ),
    ),
)
