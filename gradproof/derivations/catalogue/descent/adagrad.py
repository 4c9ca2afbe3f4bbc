"""Adagrad divides a gradient by the root of the sum of the squares of all gradients so far."""

import numpy as np

from gradproof.derivations.calculus import Dim, Domain, NonZero, Scalar, Sum, Text, Vector, define, identity, sqrt
from gradproof.derivations.calculus.passes import insert

T = Dim("T", "s")
t, s = T.indices("t s")
g = Vector("g", T)
c = Scalar("c", Domain.POSITIVE)
scaled = define("h", t, c * g[t])


def reference(g):
    return g / np.sqrt(np.sum(g**2))


def operation(torch, c, g):
    return c * g / torch.sqrt(torch.sum(torch.square(c * g)))


adagrad_scale_free = identity(
    scaled[t] / sqrt(Sum(scaled[s] ** 2, s)),
    [insert(scaled)],
    name="adagrad_scale_free",
    title=Text("Adagrad does not see the scale of the gradients", "Adagrad 与梯度的尺度无关"),
    textbook=g[t] / sqrt(Sum(g[s] ** 2, s)),
    given=(NonZero(Sum(g[s] ** 2, s)),),
    reference=reference,
    operation=operation,
    sources=("Duchi, Hazan, Singer, Adaptive Subgradient Methods, 2011, section 1.1",),
    remarks=(
        Text(
            "This resolves the paradox that a large gradient stands above the bar and below it as well: what counts is "
            "how large it is compared with the earlier gradients of the same weight. Where the slope varies much, the "
            "curvature is large, so that the root below plays the part of f″ in the best step |f′|/f″ on a parabola.",
            "这解释了一个看似矛盾之处：大的梯度既出现在分子上，又出现在分母上。真正起作用的是它与该参数以往梯度相比有多大。"
            "斜率变化大的地方曲率也大，因此分母中的根号起到抛物线最佳步长 |f′|/f″ 中 f″ 的作用。",
        ),
    ),
)
