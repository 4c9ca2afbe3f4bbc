"""Cross-entropy through softmax: prediction minus target, for any targets that sum to one."""

import numpy as np

from gradproof.derivations.calculus import Domain, Sum, Text, Vector, define, derive, log

from ..softmax import jacobian
from ..softmax.jacobian import n, p, z

j, k = n.indices("j k")
y = Vector("y", n, Domain.SUMS_TO_ONE)
loss = define("L", -Sum(y[k] * log(p[k]), k))


def reference(z, y):
    p = np.exp(z) / np.sum(np.exp(z))
    return p - y


def operation(torch, z, y):
    return torch.nn.functional.cross_entropy(z, y)


cross_entropy_gradient = derive(
    loss[()],
    z[j],
    name="cross_entropy_gradient",
    title=Text("Cross-entropy through softmax", "经过 softmax 的交叉熵"),
    through=[p],
    lemmas=[jacobian.softmax_jacobian],
    textbook=p[j] - y[j],
    reference=reference,
    operation=operation,
    sources=("Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.4",),
    remarks=(
        Text(
            "Only Σ y = 1 was used: the result holds for one-hot and for soft targets alike.",
            "只用到 Σ y = 1：对独热目标和软目标都成立。",
        ),
    ),
)
