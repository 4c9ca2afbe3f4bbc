"""How large an entropy can be: at least 0, at most log n, and that is the entropy of the uniform distribution."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Dim, Domain, Relation, Sum, Text, Vector, define, extremum, identity, log
from gradproof.derivations.calculus.estimates import estimate, not_negative
from gradproof.derivations.calculus.identities import reciprocal_log, split_log, turn_sign
from gradproof.derivations.calculus.passes import facts, fold, insert, linear, log_rules, multiply_out

from ..minima import tangents

n = Dim("n")
i, k = n.indices("i k")
p = Vector("p", n, Domain.SIMPLEX)
q = Vector("q", n, Domain.SIMPLEX)
entropy = define("H", -Sum(p[k] * log(p[k]), k))


def largest_reference(p):
    return np.log(0 * np.sum(p) + np.size(p))


apart = [insert(entropy), reciprocal_log, split_log(n), multiply_out, linear, facts]
together = [multiply_out, linear, facts]

entropy_at_most_log = extremum(
    entropy[()],
    [*apart, estimate(tangents.log_at_most_tangent, Relation.AT_MOST), *together],
    at=p[i],
    value=1 / n,
    reached=[log_rules],
    elsewhere=[*apart, estimate(tangents.log_at_most_tangent, Relation.LESS), *together],
    name="entropy_at_most_log",
    title=Text("The entropy is at most log n", "熵不超过 log n"),
    textbook=log(n),
    reference=largest_reference,
    sources=("Cover, Thomas, Elements of Information Theory, 2nd ed., 2006, theorem 2.6.4",),
    remarks=(
        Text(
            "The uniform distribution is the least certain one. Every other distribution has a smaller entropy: where "
            "one p_i is not 1/n, its term is estimated strictly.",
            "均匀分布的不确定性最大。其他分布的熵都更小：只要有一个 p_i 不等于 1/n，该项就满足严格不等式。",
        ),
    ),
)


def reference(p):
    return 0 * np.sum(p)


entropy_nonnegative = identity(
    entropy[()],
    [insert(entropy), estimate(tangents.log_at_most_tangent, Relation.AT_LEAST), turn_sign, not_negative],
    name="entropy_nonnegative",
    title=Text("The entropy is never negative", "熵不小于零"),
    textbook=S.Zero,
    reference=reference,
    remarks=(
        Text(
            "On the way: the entropy is at least 1 minus the sum of the squares, the Gini impurity of decision trees.",
            "顺便得到：熵不小于 1 减去各分量的平方和，后者就是决策树中的基尼不纯度。",
        ),
    ),
)

cross = define("C", -Sum(p[k] * log(q[k]), k))


def cross_reference(p):
    return -np.sum(p * np.log(p))


cross_entropy_at_least_entropy = identity(
    cross[()],
    [
        insert(cross),
        split_log(p),
        multiply_out,
        linear,
        fold(entropy),
        estimate(tangents.log_at_most_tangent, Relation.AT_LEAST),
        *together,
    ],
    name="cross_entropy_at_least_entropy",
    title=Text("The cross-entropy is at least the entropy", "交叉熵不小于熵"),
    textbook=entropy[()],
    reference=cross_reference,
    sources=("Cover, Thomas, Elements of Information Theory, 2nd ed., 2006, theorem 2.6.3",),
    remarks=(
        Text(
            "No model q can do better than the data p itself; the difference is the divergence.",
            "没有模型 q 能优于数据本身的分布 p；两者之差就是 KL 散度。",
        ),
    ),
)
