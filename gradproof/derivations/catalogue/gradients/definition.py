"""Derivatives from their definition, as limits of difference quotients."""

import numpy as np

from gradproof.derivations.calculus import Domain, Limit, Scalar, Text, exp, identity
from gradproof.derivations.calculus.identities import continuous, known_limit, out_of_limit
from gradproof.derivations.calculus.passes import common_factor, exp_rules, in_limit, multiply_out, one_fraction
from gradproof.derivations.calculus.rules import EXP_SLOPE

x, h = Scalar("x"), Scalar("h")
t = Scalar("t", Domain.POSITIVE)
DEFINITION = Text(
    "The quotient is the slope of the line through two points of the graph; at h = 0 itself it is 0/0. The derivative "
    "is what the slope goes to.",
    "差商是过图像上两点的割线的斜率；在 h = 0 处它是 0/0。导数是该斜率的极限。",
)


def reference(x):
    return 2 * x


square_by_definition = identity(
    Limit(((x + h) ** 2 - x**2) / h, h, 0),
    [in_limit(multiply_out), continuous],
    name="square_by_definition",
    title=Text("The derivative of x² from its definition", "由定义求 x² 的导数"),
    textbook=2 * x,
    reference=reference,
    remarks=(DEFINITION,),
)


def cube_reference(x):
    return 3 * x**2


cube_by_definition = identity(
    Limit(((x + h) ** 3 - x**3) / h, h, 0),
    [in_limit(multiply_out), continuous],
    name="cube_by_definition",
    title=Text("The derivative of x³ from its definition", "由定义求 x³ 的导数"),
    textbook=3 * x**2,
    reference=cube_reference,
)


def reciprocal_reference(t):
    return -1 / t**2


reciprocal_by_definition = identity(
    Limit((1 / (t + h) - 1 / t) / h, h, 0),
    [in_limit(one_fraction), continuous],
    name="reciprocal_by_definition",
    title=Text("The derivative of 1/t from its definition", "由定义求 1/t 的导数"),
    textbook=-1 / t**2,
    reference=reciprocal_reference,
)


def exponential_reference(x):
    return np.exp(x)


exponential_by_definition = identity(
    Limit((exp(x + h) - exp(x)) / h, h, 0),
    [in_limit(exp_rules), in_limit(common_factor), out_of_limit, known_limit(1, EXP_SLOPE)],
    name="exponential_by_definition",
    title=Text("The derivative of exp from its definition", "由定义求指数函数的导数"),
    textbook=exp(x),
    reference=exponential_reference,
    remarks=(
        Text(
            "Everything rests on one limit: (exp(h) − 1)/h goes to 1. It is what makes e the natural base.",
            "一切归结为一个极限：(exp(h) − 1)/h 趋于 1。这正是以 e 为底最自然的原因。",
        ),
    ),
)
