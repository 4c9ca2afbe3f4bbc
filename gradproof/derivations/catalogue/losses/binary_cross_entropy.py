"""Binary cross-entropy through the sigmoid: the gradient by the logit is prediction minus target."""

import numpy as np

from gradproof.derivations.calculus import Scalar, Text, define, derive, log

from ..activations import sigmoid
from ..activations.sigmoid import s, x

t = Scalar("t")
loss = define("L", -(t * log(s[()]) + (1 - t) * log(1 - s[()])))


def reference(x, t):
    return 1 / (1 + np.exp(-x)) - t


def operation(torch, x, t):
    return torch.nn.functional.binary_cross_entropy(torch.sigmoid(x), t)


binary_cross_entropy_gradient = derive(
    loss[()],
    x,
    name="binary_cross_entropy_gradient",
    title=Text("Binary cross-entropy through the sigmoid", "经过 sigmoid 的二元交叉熵"),
    through=[s],
    lemmas=[sigmoid.sigmoid_derivative],
    textbook=s[()] - t,
    reference=reference,
    operation=operation,
    sources=("Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.2",),
)
