"""Cross-entropy is entropy plus divergence: H(p, q) = H(p) + KL(p‖q)."""

import numpy as np

from gradproof.derivations.calculus import Dim, Domain, Sum, Text, Vector, define, identity, log
from gradproof.derivations.calculus.passes import insert, linear, log_rules, multiply_out

n = Dim("n")
k = n.index("k")
p = Vector("p", n, Domain.POSITIVE)
q = Vector("q", n, Domain.POSITIVE)
entropy = define("H", -Sum(p[k] * log(p[k]), k))
divergence = define("D", Sum(p[k] * log(p[k] / q[k]), k))


def reference(p, q):
    return -np.sum(p * np.log(q))


def operation(torch, p, q):
    return torch.special.entr(p).sum() + torch.nn.functional.kl_div(torch.log(q), p, reduction="sum")


cross_entropy_decomposition = identity(
    entropy[()] + divergence[()],
    [insert(entropy, divergence), log_rules, multiply_out, linear],
    name="cross_entropy_decomposition",
    title=Text("Cross-entropy is entropy plus divergence", "交叉熵等于熵加 KL 散度"),
    textbook=-Sum(p[k] * log(q[k]), k),
    reference=reference,
    operation=operation,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 3.13",),
    remarks=(
        Text(
            "The entropy of p does not depend on q: minimising the cross-entropy over q minimises the divergence.",
            "p 的熵与 q 无关：对 q 最小化交叉熵就是最小化 KL 散度。",
        ),
    ),
)
