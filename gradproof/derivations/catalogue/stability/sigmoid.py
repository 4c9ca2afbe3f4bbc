"""The sigmoid, with an exponential that never exceeds 1."""

import numpy as np
from sympy import Abs

from gradproof.derivations.calculus import Negative, Positive, Scalar, Text, exp, relu
from gradproof.derivations.calculus.passes import extend_by
from gradproof.derivations.calculus.regions import by_region

x = Scalar("x")


def reference(x):
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))


def operation(torch, x):
    return torch.sigmoid(x)


sigmoid_stable = by_region(
    1 / (1 + exp(-x)),
    exp(-relu(-x)) / (1 + exp(-Abs(x))),
    {"positive": (Positive(x), []), "negative": (Negative(x), [extend_by(exp(x))])},
    name="sigmoid_stable",
    title=Text("The sigmoid without overflow", "不溢出的 sigmoid"),
    textbook=exp(-relu(-x)) / (1 + exp(-Abs(x))),
    reference=reference,
    operation=operation,
    stable=True,
    remarks=(
        Text(
            "−ReLU(−x) is min(x, 0). No exponent is positive, so no exp is larger than 1.",
            "−ReLU(−x) 就是 min(x, 0)。指数都不为正，所以 exp 不会超过 1。",
        ),
    ),
)
