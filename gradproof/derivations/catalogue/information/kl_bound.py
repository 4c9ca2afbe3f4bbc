"""Gibbs' inequality: a divergence is never negative, and 0 only between equal distributions."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Dim, Domain, NonZero, Relation, Sum, Text, Vector, define, identity, log
from gradproof.derivations.calculus.estimates import estimate
from gradproof.derivations.calculus.identities import reciprocal_log
from gradproof.derivations.calculus.passes import facts, insert, linear, multiply_out

from ..minima import tangents

n = Dim("n")
i, k = n.indices("i k")
p = Vector("p", n, Domain.SIMPLEX)
q = Vector("q", n, Domain.SIMPLEX)
divergence = define("D", Sum(p[k] * log(p[k] / q[k]), k))


def reference(p, q):
    return 0 * np.sum(p * q)


apart = [insert(divergence), reciprocal_log]
together = [multiply_out, linear, facts]

kl_nonnegative = identity(
    divergence[()],
    [*apart, estimate(tangents.log_at_most_tangent, Relation.AT_LEAST), *together],
    name="kl_nonnegative",
    title=Text("The KL divergence is never negative", "KL 散度不小于零"),
    textbook=S.Zero,
    reference=reference,
    sources=("Cover, Thomas, Elements of Information Theory, 2nd ed., 2006, theorem 2.6.3",),
    remarks=(
        Text(
            "It is 0 if p = q, and only then: see the strict form.",
            "当且仅当 p = q 时它为 0：见下面的严格形式。",
        ),
    ),
)

kl_positive = identity(
    divergence[()],
    [*apart, estimate(tangents.log_at_most_tangent, Relation.MORE), *together],
    name="kl_positive",
    title=Text("The KL divergence of two different distributions is positive", "两个不同分布的 KL 散度大于零"),
    textbook=S.Zero,
    given=(NonZero(p[i] - q[i]),),
    reference=reference,
    remarks=(
        Text(
            "One entry i in which p and q differ is enough: its term is estimated strictly, since q_i / p_i is not 1. "
            "So a divergence of 0 means p = q.",
            "只要有一个分量 i 使 p 与 q 不同即可：由于 q_i / p_i 不等于 1，该项满足严格不等式。"
            "因此 KL 散度为 0 意味着 p = q。",
        ),
    ),
)
