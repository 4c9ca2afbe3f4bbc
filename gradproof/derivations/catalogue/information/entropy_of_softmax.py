"""The gradient of the entropy of softmax by the logits."""

import numpy as np

from gradproof.derivations.calculus import Sum, Text, define, derive, log

from ..softmax import jacobian
from ..softmax.jacobian import n, p, z

j, k = n.indices("j k")
entropy = define("H", -Sum(p[k] * log(p[k]), k))


def reference(z):
    p = np.exp(z) / np.sum(np.exp(z))
    H = -np.sum(p * np.log(p))
    return -p * (np.log(p) + H)


def operation(torch, z):
    return torch.special.entr(torch.softmax(z, 0)).sum()


entropy_gradient_by_logits = derive(
    entropy[()],
    z[j],
    name="entropy_gradient_by_logits",
    title=Text("The gradient of the entropy with respect to the logits", "熵对 logits 的梯度"),
    through=[p],
    lemmas=[jacobian.softmax_jacobian],
    fold=[entropy],
    textbook=-p[j] * (log(p[j]) + entropy[()]),
    reference=reference,
    operation=operation,
)
