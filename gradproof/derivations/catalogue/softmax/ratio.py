"""Ratios of probabilities are exponentials of differences of logits."""

import numpy as np

from gradproof.derivations.calculus import Text, identity, log
from gradproof.derivations.calculus.passes import insert, log_rules

from .jacobian import n, p, z

i, j = n.indices("i j")


def reference(z):
    return z[:, np.newaxis] - z[np.newaxis, :]


def operation(torch, z):
    p = torch.softmax(z, 0)
    return torch.log(p.unsqueeze(1) / p.unsqueeze(0))


softmax_log_ratio = identity(
    log(p[i] / p[j]),
    [insert(p), log_rules],
    name="softmax_log_ratio",
    title=Text("Only differences of logits count", "只有 logits 之差起作用"),
    textbook=z[i] - z[j],
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "So p_i/p_j = exp(z_i − z_j): one logit more is a factor of e = 2.718… For the logits 2 and 1 the ratio "
            "grows from 2 to 2.718…; for 0.2 and 0.1 it shrinks from 2 to 1.105…",
            "即 p_i/p_j = exp(z_i − z_j)：logit 每多 1，比值乘以 e = 2.718… 对 logits 2 与 1，比值由 2 增大到 2.718…；"
            "对 0.2 与 0.1，比值由 2 缩小到 1.105…",
        ),
    ),
)
