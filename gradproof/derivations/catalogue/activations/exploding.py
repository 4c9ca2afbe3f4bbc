"""Many layers whose slopes are larger than 1: the gradient explodes."""

import numpy as np

from gradproof.derivations.calculus import (
    Dim,
    Domain,
    Relation,
    Scalar,
    Sum,
    Text,
    Vector,
    define,
    exp,
    identity,
    log,
)
from gradproof.derivations.calculus.passes import insert, linear, log_rules
from gradproof.derivations.calculus.rules import POSITIVE_TERM
from gradproof.derivations.calculus.squares import drop_multiples

L = Dim("L", "l")
l = L.index("l")  # noqa: E741 - a layer
rho = Scalar("rho", Domain.POSITIVE)
x = Vector("x", L, Domain.POSITIVE)
slope = define("s", l, rho * exp(x[l]), domain=Domain.POSITIVE)


def reference(rho, x):
    return np.sum(np.log(rho + 0 * x))


slopes_explode = identity(
    Sum(log(slope[l]), l),
    [insert(slope), log_rules, linear, drop_multiples(Sum(x[l], l), Relation.MORE, POSITIVE_TERM)],
    name="slopes_explode",
    title=Text(
        "Through L layers with slopes above ρ they multiply to more than ρ^L",
        "经过 L 个斜率大于 ρ 的层，斜率之积大于 ρ^L",
    ),
    textbook=L * log(rho),
    reference=reference,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 8.2.5",),
    remarks=(
        Text(
            "Every slope above ρ is ρ exp(x) with an x > 0; logarithms turn the product into a sum. For ρ = 2 and 20 "
            "layers the gradient has grown a million times: it explodes. Smaller initial weights, and clipping the "
            "norm of the gradient, are the usual remedies.",
            "大于 ρ 的斜率都可写成 ρ exp(x)，其中 x > 0；取对数把乘积变为和。取 ρ = 2、20 层时，梯度增大一百万倍："
            "这就是梯度爆炸。常用的对策是减小初始权重，以及对梯度的范数进行裁剪。",
        ),
    ),
)
