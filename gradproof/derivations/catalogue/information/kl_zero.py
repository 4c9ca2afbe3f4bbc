"""The divergence of a distribution from itself is 0."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Dim, Domain, Sum, Text, Vector, define, identity, log
from gradproof.derivations.calculus.passes import insert, log_one

n = Dim("n")
i, k = n.indices("i k")
p = Vector("p", n, Domain.SIMPLEX)
q = define("q", i, p[i], domain=Domain.SIMPLEX)


def reference(p):
    return np.sum(p * np.log(p / p))


def operation(torch, p):
    return torch.nn.functional.kl_div(torch.log(p), p, reduction="sum")


kl_of_equal = identity(
    Sum(p[k] * log(p[k] / q[k]), k),
    [insert(q), log_one],
    name="kl_of_equal",
    title=Text("The divergence of p from itself is 0", "p 与自身的 KL 散度为 0"),
    textbook=S.Zero,
    reference=reference,
    operation=operation,
)
