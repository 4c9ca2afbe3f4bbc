"""log σ as min(x, 0) − log1p(exp(−|x|))."""

import numpy as np
from sympy import Abs

from gradproof.derivations.calculus import Negative, Positive, Scalar, Text, exp, log, log1p, relu
from gradproof.derivations.calculus.passes import log_rules
from gradproof.derivations.calculus.regions import by_region
from gradproof.derivations.calculus.stable import take_out_of_log, write_log1p

x = Scalar("x")


def reference(x):
    return np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))


def operation(torch, x):
    return torch.nn.functional.logsigmoid(x)


log_sigmoid_stable = by_region(
    log(1 / (1 + exp(-x))),
    -relu(-x) - log1p(exp(-Abs(x))),
    {
        "positive": (Positive(x), [log_rules, write_log1p]),
        "negative": (Negative(x), [log_rules, take_out_of_log(exp(-x)), log_rules, write_log1p]),
    },
    name="log_sigmoid_stable",
    title=Text("log-sigmoid without overflow", "不溢出的 log-sigmoid"),
    textbook=-relu(-x) - log1p(exp(-Abs(x))),
    reference=reference,
    operation=operation,
    stable=True,
    remarks=(
        Text(
            "It is minus softplus of −x; −ReLU(−x) is min(x, 0).",
            "它是 softplus(−x) 的相反数；−ReLU(−x) 就是 min(x, 0)。",
        ),
    ),
)
