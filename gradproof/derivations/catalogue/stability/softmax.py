"""Softmax of logits from which the largest was subtracted; any number may be, only the overflow depends on it."""

import numpy as np

from gradproof.derivations.calculus import Largest, Sum, Text, define, exp, identity
from gradproof.derivations.calculus.passes import fold, insert
from gradproof.derivations.calculus.stable import shift_exp

from ..softmax.jacobian import n, p, z

i, k = n.indices("i k")
c = define("c", Largest(z[k], k))
u = define("u", i, z[i] - c[()])


def reference(z):
    u = z - np.max(z)
    return np.exp(u) / np.sum(np.exp(u))


def operation(torch, z):
    return torch.softmax(z, 0)


softmax_stable = identity(
    p[i],
    [insert(p), shift_exp(c[()]), fold(u)],
    name="softmax_stable",
    title=Text("Softmax without overflow", "不溢出的 softmax"),
    textbook=exp(u[i]) / Sum(exp(u[k]), k),
    reference=reference,
    operation=operation,
    stable=True,
    sources=("Blanchard, Higham, Higham, Accurately computing the log-sum-exp and softmax functions, 2021",),
    remarks=(
        Text(
            "The proof takes c as any number: that it is the largest logit is not used. It only makes every u_k at "
            "most 0, and one of them 0.",
            "证明中 c 可以是任意数，并未用到它是最大的 logit。取最大值只是使每个 u_k 不超过 0，并且其中之一为 0。",
        ),
    ),
)
