"""Many layers: slopes multiply, so gradients vanish or explode."""

import numpy as np
from sympy import Rational

from gradproof.derivations.calculus import (
    Activation,
    Dim,
    Domain,
    Relation,
    Scalar,
    Sum,
    Text,
    Vector,
    define,
    derive,
    identity,
    log,
    sigmoid,
)
from gradproof.derivations.calculus.estimates import drop_squares, estimate
from gradproof.derivations.calculus.identities import split_log
from gradproof.derivations.calculus.passes import linear
from gradproof.derivations.calculus.squares import complete_squares

from ..minima import tangents

w1, w2, w3, x = Scalar("w^(1)"), Scalar("w^(2)"), Scalar("w^(3)"), Scalar("x")
phi = Activation("phi")
a1 = define("a^(1)", phi(w1 * x))
a2 = define("a^(2)", phi(w2 * a1[()]))
a3 = define("a^(3)", phi(w3 * a2[()]))

slope_of_three_layers = derive(
    a3[()],
    x,
    name="slope_of_three_layers",
    title=Text("Three layers with one unit each: the slopes multiply", "三层网络，每层一个单元：斜率相乘"),
    fold=[a1, a2],
    textbook=w1 * phi(w1 * x, 1) * w2 * phi(w2 * a1[()], 1) * w3 * phi(w3 * a2[()], 1),
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 8.2.5",),
    remarks=(
        Text(
            "Each layer contributes a factor wφ′. If most of them are below 1 in size, the gradient vanishes with "
            "depth; if most are above 1, it explodes. For ReLU φ′ is 0 or 1, so that only the weights count along an "
            "active path.",
            "每一层贡献一个因子 wφ′。若多数因子的绝对值小于 1，梯度随深度弥散；若多数大于 1，梯度爆炸。"
            "对 ReLU，φ′ 为 0 或 1，因此沿激活的路径只有权重起作用。",
        ),
    ),
)

L = Dim("L", "l")
l = L.index("l")  # noqa: E741 - a layer
z = Vector("z", L)
s = define("s", l, sigmoid(z[l]), domain=Domain.UNIT)


def reference(z):
    return -np.sum(np.log(4 + 0 * z))


sigmoid_slopes_bound = identity(
    Sum(log(s[l] * (1 - s[l])), l),
    [
        split_log(Rational(1, 4)),
        linear,
        estimate(tangents.log_at_most_tangent, Relation.AT_MOST),
        complete_squares(s),
        drop_squares,
    ],
    name="sigmoid_slopes_bound",
    title=Text(
        "Through L sigmoid layers the slopes multiply to at most 1/4^L", "经过 L 个 sigmoid 层，斜率之积不超过 1/4^L"
    ),
    textbook=-L * log(4),
    reference=reference,
    remarks=(
        Text(
            "The sum of the logarithms is the logarithm of the product, and −L log 4 is that of 1/4^L: with 10 layers "
            "at most one millionth of the gradient is left, whatever the inputs are. Only large weights can make up "
            "for it.",
            "对数之和就是乘积的对数，−L log 4 就是 1/4^L 的对数：经过 10 层，无论输入如何，剩下的梯度不超过百万分之一。"
            "只有很大的权重才能弥补。",
        ),
    ),
)
