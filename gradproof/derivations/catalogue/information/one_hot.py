"""A one-hot distribution has entropy 0, so its cross-entropy is its divergence."""

import numpy as np

from gradproof.derivations.calculus import Dim, Domain, Sum, Text, Vector, define, identity, log, xlogx
from gradproof.derivations.calculus.passes import insert, one_hot

n = Dim("n")
k = n.index("k")
y = Vector("y", n, Domain.ONE_HOT)
q = Vector("q", n, Domain.SIMPLEX)
entropy = define("H", -Sum(xlogx(y[k]), k))
divergence = define("D", Sum(xlogx(y[k]), k) - Sum(y[k] * log(q[k]), k))


def entropy_reference(y):
    return -np.sum(np.where(y > 0, y * np.log(np.where(y > 0, y, 1)), 0))


def entropy_operation(torch, y):
    return torch.special.entr(y).sum()


entropy_of_one_hot = identity(
    entropy[()],
    [insert(entropy), one_hot],
    name="entropy_of_one_hot",
    title=Text("A one-hot distribution has entropy 0", "独热分布的熵为 0"),
    reference=entropy_reference,
    operation=entropy_operation,
    remarks=(
        Text(
            "xlogx(y) stands for y log y, and for 0 at y = 0, which is its limit. There is no uncertainty: the outcome "
            "is known.",
            "xlogx(y) 表示 y log y，在 y = 0 处取极限值 0。没有不确定性：结果是已知的。",
        ),
    ),
)


def reference(y, q):
    return -np.sum(y * np.log(q))


def operation(torch, y, q):
    return torch.nn.functional.kl_div(torch.log(q), y, reduction="sum")


kl_of_one_hot = identity(
    divergence[()],
    [insert(divergence), one_hot],
    name="kl_of_one_hot",
    title=Text("For a one-hot target, the divergence is the cross-entropy", "目标为独热时，KL 散度就是交叉熵"),
    textbook=-Sum(y[k] * log(q[k]), k),
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "So minimising the cross-entropy against a one-hot target minimises the divergence.",
            "因此，对独热目标最小化交叉熵就是最小化 KL 散度。",
        ),
    ),
)
