"""Softmax does not change when the same number is added to every logit."""

import numpy as np

from gradproof.derivations.calculus import Scalar, Sum, Text, exp, identity
from gradproof.derivations.calculus.passes import exp_rules, fold

from .jacobian import n, p, z

i, k = n.indices("i k")
c = Scalar("c")


def reference(z):
    return np.exp(z) / np.sum(np.exp(z))


def operation(torch, z, c):
    return torch.softmax(z + c, 0)


softmax_shift = identity(
    exp(z[i] + c) / Sum(exp(z[k] + c), k),
    [exp_rules, fold(p)],
    name="softmax_shift",
    title=Text("Softmax is invariant to a shift of the logits", "softmax 对 logits 的平移不变"),
    textbook=p[i],
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "Implementations subtract the largest logit first: nothing changes, and exp cannot overflow.",
            "实现中先减去最大的 logit：结果不变，而且 exp 不会溢出。",
        ),
    ),
)
