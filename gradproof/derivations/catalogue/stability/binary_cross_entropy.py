"""Binary cross-entropy from the logit: no probability is computed on the way."""

import numpy as np
from sympy import Abs

from gradproof.derivations.calculus import Domain, Negative, Positive, Scalar, Text, define, exp, log, log1p, relu
from gradproof.derivations.calculus.passes import insert, log_rules, multiply_out, one_fraction
from gradproof.derivations.calculus.regions import by_region
from gradproof.derivations.calculus.stable import take_out_of_log, write_log1p

x = Scalar("x")
y = Scalar("y", Domain.BINARY)
s = define("sigma", 1 / (1 + exp(-x)))
m = define("m", relu(x) - x * y)

_FROM_PROBABILITY = [insert(s), one_fraction, log_rules, multiply_out]


def reference(x, y):
    return np.maximum(x, 0) - x * y + np.log1p(np.exp(-np.abs(x)))


def operation(torch, x, y):
    return torch.nn.functional.binary_cross_entropy_with_logits(x, y)


binary_cross_entropy_stable = by_region(
    -(y * log(s[()]) + (1 - y) * log(1 - s[()])),
    m[()] + log1p(exp(-Abs(x))),
    {
        "positive": (Positive(x), [*_FROM_PROBABILITY, write_log1p]),
        "negative": (Negative(x), [*_FROM_PROBABILITY, take_out_of_log(exp(-x)), log_rules, write_log1p]),
    },
    name="binary_cross_entropy_stable",
    title=Text("Binary cross-entropy with logits", "由 logit 计算的二元交叉熵"),
    fold=(m,),
    textbook=relu(x) - x * y + log1p(exp(-Abs(x))),
    reference=reference,
    operation=operation,
    stable=True,
    sources=("TensorFlow, documentation of tf.nn.sigmoid_cross_entropy_with_logits",),
    remarks=(
        Text(
            "The order matters: m is computed first, and is exactly 0 where the prediction is right. Added the other "
            "way round, −xy would swallow the logarithm.",
            "次序很重要：先算 m，预测正确时它恰为 0。若按别的次序相加，−xy 会把对数项吞掉。",
        ),
    ),
)
