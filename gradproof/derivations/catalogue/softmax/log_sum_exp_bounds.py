"""log-sum-exp is the maximum, made smooth: at least as large, and larger by at most log n."""

import numpy as np

from gradproof.derivations.calculus import Largest, Relation, Sum, Text, define, exp, identity, log
from gradproof.derivations.calculus.estimates import at_most_one_each, drop, estimate
from gradproof.derivations.calculus.identities import as_logarithm, split_log
from gradproof.derivations.calculus.passes import fold, log_rules
from gradproof.derivations.calculus.rules import PROBABILITY
from gradproof.derivations.calculus.stable import shift_exp

from ..minima import tangents
from .jacobian import n, p, z

i, k = n.indices("i k")
largest = define("m", Largest(z[k], k))
SOURCES = ("Boyd, Vandenberghe, Convex Optimization, 2004, section 3.1.5",)


def each_reference(z):
    return np.log(np.sum(np.exp(z))) + 0 * z


log_sum_exp_above_each = identity(
    z[i],
    [
        as_logarithm(z[i]),
        split_log(Sum(exp(z[k]), k)),
        fold(p),
        estimate(tangents.log_at_most_tangent, Relation.AT_MOST),
        drop(p[i] - 1, Relation.AT_MOST, PROBABILITY),
    ],
    name="log_sum_exp_above_each",
    title=Text("log-sum-exp is at least the maximum", "log-sum-exp 不小于最大值"),
    textbook=log(Sum(exp(z[k]), k)),
    reference=each_reference,
    sources=SOURCES,
    remarks=(
        Text(
            "This holds for every entry, so also for the largest one. Seen the other way round, the logarithm of "
            "softmax, log p_i = z_i − log-sum-exp, is never positive.",
            "对每个分量都成立，因此对最大的分量也成立。换个角度看，softmax 的对数 log p_i = z_i − log-sum-exp 不会大于"
            " 0。",
        ),
    ),
)


def reference(z):
    return np.max(z) + np.log(0 * np.sum(z) + np.size(z))


log_sum_exp_below_max_and_log = identity(
    log(Sum(exp(z[k]), k)),
    [
        shift_exp(largest[()]),
        log_rules,
        split_log(n, within=Sum),
        estimate(tangents.log_at_most_tangent, Relation.AT_MOST, within=Sum),
        at_most_one_each,
    ],
    name="log_sum_exp_below_max_and_log",
    title=Text("log-sum-exp is at most the maximum plus log n", "log-sum-exp 不超过最大值加 log n"),
    textbook=largest[()] + log(n),
    reference=reference,
    sources=SOURCES,
    remarks=(
        Text(
            "So log-sum-exp lies between the maximum m and m + log n: it is the maximum made smooth. The upper bound "
            "is reached where all logits are equal. The larger the differences between the logits, the closer it is "
            "to the maximum, and softmax, its gradient, to one-hot.",
            "因此 log-sum-exp 介于最大值 m 与 m + log n 之间：它是光滑化的最大值。所有 logit 相等时取到上界；logit "
            "之间的差距越大，它越接近最大值，而它的梯度 softmax 越接近独热。",
        ),
    ),
)
