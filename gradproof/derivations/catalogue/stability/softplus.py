"""Softplus as max(x, 0) + log1p(exp(−|x|))."""

import numpy as np
from sympy import Abs

from gradproof.derivations.calculus import Negative, Positive, Scalar, Text, exp, log, log1p, relu
from gradproof.derivations.calculus.passes import log_rules
from gradproof.derivations.calculus.regions import by_region
from gradproof.derivations.calculus.stable import take_out_of_log, write_log1p

x = Scalar("x")


def reference(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def operation(torch, x):
    return torch.nn.functional.softplus(x)


softplus_stable = by_region(
    log(1 + exp(x)),
    relu(x) + log1p(exp(-Abs(x))),
    {
        "positive": (Positive(x), [take_out_of_log(exp(x)), log_rules, write_log1p]),
        "negative": (Negative(x), [write_log1p]),
    },
    name="softplus_stable",
    title=Text("Softplus without overflow", "不溢出的 softplus"),
    textbook=relu(x) + log1p(exp(-Abs(x))),
    reference=reference,
    operation=operation,
    stable=True,
    sources=("Mächler, Accurately Computing log(1 − exp(−|a|)), 2012",),
    remarks=(
        Text(
            "For positive x the exponential overflows; for negative x the sum 1 + e^x rounds to 1 and its log to 0.",
            "x 为正时指数溢出；x 为负时 1 + e^x 舍入为 1，其对数为 0。",
        ),
    ),
)
