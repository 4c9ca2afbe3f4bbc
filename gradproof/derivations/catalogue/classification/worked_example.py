"""A worked example in exact numbers: the loss falls as the probability of the true class grows."""

import numpy as np

from gradproof.derivations.calculus import Domain, Scalar, Text, identity, log
from gradproof.derivations.calculus.identities import join_logs

p, q = Scalar("p", Domain.UNIT), Scalar("q", Domain.UNIT)


def reference(p, q):
    return np.log(q / p)


def operation(torch, p, q):
    return torch.log(q) - torch.log(p)


loss_fall = identity(
    -log(p) - -log(q),
    [join_logs],
    name="loss_fall",
    title=Text("How much the loss falls as p grows to q", "概率由 p 升到 q 时损失下降多少"),
    textbook=log(q / p),
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "With the one-hot target (1, 0, 0, 0, 0) the cross-entropy is −log of the first probability. The "
            "prediction (0.4, 0.3, 0.05, 0.05, 0.2) has the loss log(5/2) = 0.916, the better one "
            "(0.98, 0.01, 0, 0, 0.01) has log(50/49) = 0.020: it falls by log(49/20) = 0.896.",
            "独热目标为 (1, 0, 0, 0, 0) 时，交叉熵就是第一个概率的 −log。预测 (0.4, 0.3, 0.05, 0.05, 0.2) 的损失为 "
            "log(5/2) = 0.916，更好的预测 (0.98, 0.01, 0, 0, 0.01) 的损失为 log(50/49) = 0.020：下降了 "
            "log(49/20) = 0.896。",
        ),
        Text(
            "How the rest is shared among the wrong classes does not matter to the loss; a probability of exactly 0 "
            "for the true class would make it infinite.",
            "其余概率在错误类别之间如何分配不影响损失；若真实类别的概率恰为 0，损失为无穷大。",
        ),
    ),
)
