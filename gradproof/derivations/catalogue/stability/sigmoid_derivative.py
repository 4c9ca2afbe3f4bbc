"""The derivative of the sigmoid as σ(x) σ(−x), in which nothing cancels."""

import numpy as np

from gradproof.derivations.calculus import Scalar, Text, identity, sigmoid
from gradproof.derivations.calculus.stable import mirror

x = Scalar("x")


def reference(x):
    return 1 / (1 + np.exp(-x)) * (1 / (1 + np.exp(x)))


def operation(torch, x):
    return torch.sigmoid(x) * torch.sigmoid(-x)


sigmoid_derivative_stable = identity(
    sigmoid(x) * (1 - sigmoid(x)),
    [mirror],
    name="sigmoid_derivative_stable",
    title=Text("The derivative of the sigmoid without cancellation", "不相消的 sigmoid 导数"),
    textbook=sigmoid(x) * sigmoid(-x),
    reference=reference,
    operation=operation,
    stable=True,
    remarks=(
        Text(
            "For large x, σ rounds to 1 and 1 − σ is 0: the unit seems saturated long before its gradient vanishes.",
            "x 很大时 σ 舍入为 1，1 − σ 变为 0：远在梯度真正消失之前，单元就显得饱和了。",
        ),
    ),
)
