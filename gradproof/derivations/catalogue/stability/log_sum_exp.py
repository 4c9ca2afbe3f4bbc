"""log-sum-exp, shifted by the largest logit."""

import numpy as np

from gradproof.derivations.calculus import Sum, Text, exp, identity, log
from gradproof.derivations.calculus.passes import fold, log_rules
from gradproof.derivations.calculus.stable import shift_exp

from ..softmax.jacobian import n, z
from .softmax import c, u

k = n.index("k")


def reference(z):
    c = np.max(z)
    return c + np.log(np.sum(np.exp(z - c)))


def operation(torch, z):
    return torch.logsumexp(z, 0)


log_sum_exp_stable = identity(
    log(Sum(exp(z[k]), k)),
    [shift_exp(c[()]), fold(u), log_rules],
    name="log_sum_exp_stable",
    title=Text("log-sum-exp without overflow", "不溢出的 log-sum-exp"),
    textbook=c[()] + log(Sum(exp(u[k]), k)),
    reference=reference,
    operation=operation,
    stable=True,
    sources=("Blanchard, Higham, Higham, Accurately computing the log-sum-exp and softmax functions, 2021",),
    remarks=(
        Text(
            "True for any number c. Where the value itself is near 0, both forms subtract nearly equal numbers: there "
            "no form can be exact to the last place.",
            "对任意数 c 都成立。若函数值本身接近 0，两种形式都要相减几乎相等的数：在那里任何形式都达不到末位精度。",
        ),
    ),
)
