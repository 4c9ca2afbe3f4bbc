"""tanh from its definition, without overflow and without cancellation near 0."""

import numpy as np
from sympy import Abs

from gradproof.derivations.calculus import Negative, Positive, Scalar, Text, exp, expm1, relu
from gradproof.derivations.calculus.passes import extend_by
from gradproof.derivations.calculus.regions import by_region
from gradproof.derivations.calculus.stable import exp_powers, write_expm1

x = Scalar("x")
form = (expm1(-2 * relu(-x)) - expm1(-2 * relu(x))) / (1 + exp(-2 * Abs(x)))


def reference(x):
    return np.tanh(x)


def operation(torch, x):
    return torch.tanh(x)


tanh_stable = by_region(
    (exp(x) - exp(-x)) / (exp(x) + exp(-x)),
    form,
    {
        "positive": (Positive(x), [extend_by(exp(-x)), write_expm1]),
        "negative": (Negative(x), [extend_by(exp(x)), exp_powers, write_expm1]),
    },
    name="tanh_stable",
    title=Text("tanh without overflow", "不溢出的 tanh"),
    textbook=form,
    reference=reference,
    operation=operation,
    stable=True,
    remarks=(
        Text(
            "Of the two expm1 one is 0, whatever the sign of x. The tanh of a library works in this way.",
            "无论 x 的符号如何，两个 expm1 中总有一个为 0。各种库的 tanh 就是这样计算的。",
        ),
    ),
)
