"""Momentum: a running sum of past gradients, in which old ones fade."""

from gradproof.derivations.calculus import Domain, Scalar, Text, define, identity
from gradproof.derivations.calculus.passes import insert, multiply_out, one_fraction

beta = Scalar("beta", Domain.UNIT)
g1, g2, g3 = Scalar("g^(1)"), Scalar("g^(2)"), Scalar("g^(3)")
v1 = define("v^(1)", g1)
v2 = define("v^(2)", beta * v1[()] + g2)


def reference(beta, g1, g2, g3):
    return beta**2 * g1 + beta * g2 + g3


def operation(torch, beta, g1, g2, g3):
    return beta * (beta * g1 + g2) + g3


momentum_unrolled = identity(
    beta * v2[()] + g3,
    [insert(v2), multiply_out, insert(v1)],
    name="momentum_unrolled",
    title=Text("Momentum after three steps", "三步之后的动量"),
    textbook=beta**2 * g1 + beta * g2 + g3,
    reference=reference,
    operation=operation,
    sources=("Goh, Why Momentum Really Works, Distill, 2017",),
    remarks=(
        Text(
            "Each step replaces v by βv + g, and then w by w − ηv. A gradient from k steps ago counts β^k: "
            "directions that agree add up, those that alternate cancel. The velocity carries on over small bumps "
            "and flat places.",
            "每一步先把 v 换成 βv + g，再把 w 换成 w − ηv。k 步以前的梯度以 β^k 计入：方向一致的累加，来回变号的相消。"
            "速度可以带着参数越过小坡和平坦处。",
        ),
    ),
)

g = Scalar("g")
steady = define("v", g / (1 - beta))


def steady_reference(beta, g):
    return g / (1 - beta)


def steady_operation(torch, beta, g):
    return beta * (g / (1 - beta)) + g


momentum_steady_speed = identity(
    beta * steady[()] + g,
    [insert(steady), one_fraction],
    name="momentum_steady_speed",
    title=Text("Under a constant gradient, momentum multiplies the step", "梯度恒定时，动量放大步长"),
    textbook=steady[()],
    reference=steady_reference,
    operation=steady_operation,
    remarks=(
        Text(
            "The velocity g/(1 − β) reproduces itself: with β = 0.9 a step is ten times as long as without momentum.",
            "速度 g/(1 − β) 保持不变：取 β = 0.9 时，步长是没有动量时的十倍。",
        ),
    ),
)
