"""Accuracy counts right answers. It is constant but for jumps, so its gradient is 0 and cannot be followed."""

import numpy as np
from sympy import Rational, S

from gradproof.derivations.calculus import Dim, Domain, NonZero, Sum, Text, Vector, define, derive, step

N = Dim("N", "r s")
r, s = N.indices("r s")
p = Vector("p", N, Domain.UNIT)
t = Vector("t", N, Domain.BINARY)
HALF = Rational(1, 2)
a = define("a", Sum(t[s] * step(p[s] - HALF) + (1 - t[s]) * step(HALF - p[s]), s) / N)


def reference(p, t):
    return np.zeros_like(p * t)


def operation(torch, p, t):
    return torch.mean(t * (p > 0.5) + (1 - t) * (p < 0.5))


accuracy_gradient = derive(
    a[()],
    p[r],
    name="accuracy_gradient",
    title=Text("Accuracy has no gradient to follow", "准确率没有可用的梯度"),
    given=(NonZero(p[r] - HALF),),
    textbook=S.Zero,
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "A prediction that moves from 0.4 to 0.45 comes closer, and the accuracy stays what it was. One that moves "
            "from 0.499 to 0.501 takes the accuracy of five samples from 3/5 to 4/5: a jump, at which there is no "
            "derivative at all.",
            "预测值从 0.4 变到 0.45，更接近目标，准确率却不变。从 0.499 变到 0.501，五个样本的准确率就从 3/5 跳到 4/5："
            "这是跳变，在该点根本没有导数。",
        ),
    ),
)
