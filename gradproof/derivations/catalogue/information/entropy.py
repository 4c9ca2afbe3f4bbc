"""The gradient of the entropy by the probabilities, taken as independent variables."""

import numpy as np

from gradproof.derivations.calculus import Dim, Domain, Sum, Text, Vector, define, derive, log

n = Dim("n")
i, k = n.indices("i k")
p = Vector("p", n, Domain.POSITIVE)
entropy = define("H", -Sum(p[k] * log(p[k]), k))


def reference(p):
    return -np.log(p) - 1


def operation(torch, p):
    return torch.special.entr(p).sum()


entropy_gradient = derive(
    entropy[()],
    p[i],
    name="entropy_gradient",
    title=Text("The gradient of the entropy", "熵的梯度"),
    textbook=-log(p[i]) - 1,
    reference=reference,
    operation=operation,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 3.13",),
)
