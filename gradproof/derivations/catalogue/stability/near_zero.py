"""log(1 + x) and exp(x) − 1 near 0: the two functions of every library that the stable forms are built on."""

import numpy as np

from gradproof.derivations.calculus import Positive, Scalar, Text, exp, expm1, identity, log, log1p
from gradproof.derivations.calculus.stable import write_expm1, write_log1p

x = Scalar("x")


def log_reference(x):
    return np.log1p(x)


def log_operation(torch, x):
    return torch.log1p(x)


log_near_one_stable = identity(
    log(1 + x),
    [write_log1p],
    name="log_near_one_stable",
    title=Text("The logarithm near 1", "1 附近的对数"),
    textbook=log1p(x),
    given=(Positive(1 + x),),
    reference=log_reference,
    operation=log_operation,
    stable=True,
    sources=("Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 1.14.1",),
    remarks=(
        Text(
            "1 + x keeps only the digits of x that reach the last place of 1; below half of it nothing is left.",
            "1 + x 只保留 x 中能达到 1 的末位的那些数字；比末位的一半还小时，什么也留不下。",
        ),
    ),
)


def exp_reference(x):
    return np.expm1(x)


def exp_operation(torch, x):
    return torch.expm1(x)


exp_near_zero_stable = identity(
    exp(x) - 1,
    [write_expm1],
    name="exp_near_zero_stable",
    title=Text("The exponential near 0", "0 附近的指数函数"),
    textbook=expm1(x),
    reference=exp_reference,
    operation=exp_operation,
    stable=True,
    sources=("Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 1.14.1",),
)
