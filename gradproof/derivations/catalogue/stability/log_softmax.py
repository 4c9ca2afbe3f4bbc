"""log-softmax of shifted logits: the logarithm of a probability that is not computed."""

import numpy as np

from gradproof.derivations.calculus import Sum, Text, exp, identity, log
from gradproof.derivations.calculus.passes import fold, insert, log_rules
from gradproof.derivations.calculus.stable import shift_exp

from ..softmax.jacobian import n, p
from .softmax import c, u

i, k = n.indices("i k")


def reference(z):
    u = z - np.max(z)
    return u - np.log(np.sum(np.exp(u)))


def operation(torch, z):
    return torch.log_softmax(z, 0)


log_softmax_stable = identity(
    log(p[i]),
    [insert(p), shift_exp(c[()]), fold(u), log_rules],
    name="log_softmax_stable",
    title=Text("log-softmax without overflow", "不溢出的 log-softmax"),
    textbook=u[i] - log(Sum(exp(u[k]), k)),
    reference=reference,
    operation=operation,
    stable=True,
    sources=("Blanchard, Higham, Higham, Accurately computing the log-sum-exp and softmax functions, 2021",),
    remarks=(
        Text(
            "A probability that underflows to 0 has the logarithm −∞; from the logits it is an ordinary number.",
            "下溢为 0 的概率，其对数是 −∞；由 logits 直接计算则是普通的数。",
        ),
    ),
)
