"""Momentum after any number of steps: every gradient fades by β in each step, and a constant one adds up."""

import numpy as np
from sympy import oo

from gradproof.derivations.calculus import Dim, Domain, Limit, Scalar, Sum, Text, Vector, define, identity
from gradproof.derivations.calculus.identities import join_powers, known_limit, out_of_limit
from gradproof.derivations.calculus.passes import common_factor, insert, one_fraction
from gradproof.derivations.calculus.rules import VANISHING_POWER

SOURCES = ("Goh, Why Momentum Really Works, Distill, 2017",)
T = Dim("T", "s")
s = T.index("s")
beta = Scalar("beta", Domain.UNIT)
age = Vector("a", T)
g = Vector("g", T)
new = Scalar("g^(0)")  # of age 0
velocity = define("v", Sum(beta ** age[s] * g[s], s))


def step_reference(beta, a, g, g0):
    return np.sum(beta ** (a + 1) * g) + g0


def step_operation(torch, beta, a, g, g0):
    return beta * torch.sum(torch.pow(beta, a) * g) + g0


momentum_step = identity(
    beta * velocity[()] + new,
    [insert(velocity), join_powers],
    name="momentum_step",
    title=Text(
        "Momentum after any number of steps: each makes every gradient one step older",
        "任意多步之后的动量：每一步使所有梯度的“年龄”加一",
    ),
    textbook=Sum(beta ** (age[s] + 1) * g[s], s) + new,
    reference=step_reference,
    operation=step_operation,
    sources=SOURCES,
    remarks=(
        Text(
            "By induction this is the sum for every number of steps. Let a_s = T − s be the age of the gradient of "
            "step s: how many steps ago it came. After the first step v is g_1, of age 0. If after T steps v is the "
            "sum of the β^(T − s) g_s, then after the next one each exponent has become T + 1 − s, and the new "
            "gradient counts β^0 = 1: the same sum for T + 1.",
            "由归纳法可知，对任意步数都是这个和。设 a_s = T − s 为第 s 步梯度的“年龄”，即它是多少步以前的。第一步之后"
            " v 等于 g_1，年龄为 0。若 T 步之后 v 是各 β^(T − s) g_s 之和，则再走一步，每个指数变为 T + 1 − s，而新的"
            "梯度以 β^0 = 1 计入：这正是 T + 1 时的同一个和。",
        ),
    ),
)

steps = Scalar("t")
same = Scalar("g")
after = define("v", same * (1 - beta**steps) / (1 - beta))


def reference(beta, g, t):
    return g * (1 - beta ** (t + 1)) / (1 - beta)


def operation(torch, beta, g, t):
    return beta * (g * (1 - torch.pow(beta, t)) / (1 - beta)) + g


momentum_constant = identity(
    beta * after[()] + same,
    [insert(after), one_fraction, join_powers, common_factor],
    name="momentum_constant",
    title=Text("Momentum under a constant gradient, after any number of steps", "梯度恒定时，任意多步之后的动量"),
    textbook=same * (1 - beta ** (steps + 1)) / (1 - beta),
    reference=reference,
    operation=operation,
    sources=SOURCES,
    remarks=(
        Text(
            "By induction v = g(1 − β^t)/(1 − β) after t steps: before the first one it is 0, and a step makes t + 1 "
            "of t. With g = 1 this is the sum of the weights, 1 + β + β² + … + β^(t − 1).",
            "由归纳法，t 步之后 v = g(1 − β^t)/(1 − β)：开始之前为 0，每走一步 t 变为 t + 1。"
            "取 g = 1 就得到各权重之和 1 + β + β² + … + β^(t − 1)。",
        ),
    ),
)


def limit_reference(beta, g):
    return g / (1 - beta)


momentum_limit = identity(
    Limit(after[()], steps, oo),
    [insert(after), out_of_limit, known_limit(1, VANISHING_POWER)],
    name="momentum_limit",
    title=Text("Under a constant gradient, momentum goes to g/(1 − β)", "梯度恒定时，动量趋于 g/(1 − β)"),
    textbook=same / (1 - beta),
    reference=limit_reference,
    sources=SOURCES,
    remarks=(
        Text(
            "The weights of all gradients together go to 1/(1 − β): 10 for β = 0.9. A gradient from more than a few "
            "times 1/(1 − β) steps ago hardly counts.",
            "所有梯度的权重之和趋于 1/(1 − β)：取 β = 0.9 时为 10。比 1/(1 − β) 步早若干倍的梯度几乎不起作用。",
        ),
    ),
)
