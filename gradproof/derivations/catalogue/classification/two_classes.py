"""Two classes are a special case of many: softmax of two logits is the sigmoid of their difference."""

import numpy as np

from gradproof.derivations.calculus import Scalar, Text, exp, identity, sigmoid
from gradproof.derivations.calculus.identities import write_sigmoid
from gradproof.derivations.calculus.passes import extend_by

u, v = Scalar("u"), Scalar("v")


def reference(u, v):
    return 1 / (1 + np.exp(-(u - v)))


def operation(torch, u, v):
    return torch.softmax(torch.stack([u, v]), 0)[0]


softmax_of_two = identity(
    exp(u) / (exp(u) + exp(v)),
    [extend_by(exp(-u)), write_sigmoid],
    name="softmax_of_two",
    title=Text("Softmax of two logits is a sigmoid", "两个 logit 的 softmax 就是 sigmoid"),
    textbook=sigmoid(u - v),
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "So binary classification with one output is classification into two classes, in which only the "
            "difference of the logits is learned; the cross-entropies of both are the same.",
            "因此，单输出的二分类就是两个类别的分类，只学习两个 logit 之差；两种写法的交叉熵相同。",
        ),
    ),
)
