"""Cross-entropy from the logits, for a one-hot target."""

import numpy as np

from gradproof.derivations.calculus import Domain, Sum, Text, Vector, exp, identity, log
from gradproof.derivations.calculus.passes import facts, fold, insert, linear, log_rules, multiply_out
from gradproof.derivations.calculus.stable import shift_exp

from ..softmax.jacobian import n, p
from .softmax import c, u

k = n.index("k")
y = Vector("y", n, Domain.ONE_HOT)


def reference(z, y):
    u = z - np.max(z)
    return np.log(np.sum(np.exp(u))) - np.sum(y * u)


def operation(torch, z, y):
    return torch.nn.functional.cross_entropy(z, y)


cross_entropy_stable = identity(
    -Sum(y[k] * log(p[k]), k),
    [insert(p), shift_exp(c[()]), fold(u), log_rules, multiply_out, linear, facts],
    name="cross_entropy_stable",
    title=Text("Cross-entropy with logits", "由 logits 计算的交叉熵"),
    textbook=log(Sum(exp(u[k]), k)) - Sum(y[k] * u[k], k),
    reference=reference,
    operation=operation,
    stable=True,
    remarks=(
        Text(
            "Where the true class has nearly all of the probability, the sum rounds to 1 and the loss comes out as 0: "
            "it is then smaller than the last place of 1, in the stable form, too.",
            "当真实类别几乎占有全部概率时，求和舍入为 1，损失为 0：此时损失比 1 的末位还小，稳定式也不例外。",
        ),
    ),
)
