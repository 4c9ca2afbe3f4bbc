"""tanh is a sigmoid, stretched and shifted: tanh x = 2 σ(2x) − 1."""

import numpy as np

from gradproof.derivations.calculus import Scalar, Text, exp, identity, sigmoid, tanh
from gradproof.derivations.calculus.passes import exp_and_log, extend_by, one_fraction, write_tanh

x = Scalar("x")


def reference(x):
    return np.tanh(x)


def operation(torch, x):
    return 2 * torch.sigmoid(2 * x) - 1


tanh_of_sigmoid = identity(
    2 * sigmoid(2 * x) - 1,
    [exp_and_log, one_fraction, extend_by(exp(x)), write_tanh],
    name="tanh_of_sigmoid",
    title=Text("Sigmoid and tanh are related", "sigmoid 与 tanh 的关系"),
    textbook=tanh(x),
    reference=reference,
    operation=operation,
    sources=("Bishop, Pattern Recognition and Machine Learning, 2006, exercise 3.1",),
)
