"""Activation functions."""

from gradproof.derivations.calculus import Text

TITLE = Text("Activation functions", "激活函数")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "sigmoid",
    "sigmoid_bound",
    "sigmoid_limits",
    "tanh",
    "tanh_of_sigmoid",
    "tanh_bound",
    "relu",
    "softplus",
    "log_sigmoid",
    "limits",
    "depth",
    "exploding",
)

#: What students often read, and what is meant.
OFTEN_MISREAD = (
    Text(
        "The sigmoid maps onto the open interval (0, 1): 0 and 1 are limits and never values.",
        "sigmoid 的值域是开区间 (0, 1)：0 和 1 只是极限，永远取不到。",
    ),
    Text(
        "Gradients that die out on the way through a deep network are said to vanish: they go to 0, and are not made "
        "discrete.",
        "深层网络中梯度逐渐趋于 0 叫作梯度弥散（又称梯度消失，vanishing gradient），不是“梯度离散”。",
    ),
    Text(
        "The derivative of ReLU is 0 or 1, not always 1: a unit that is inactive for all data gets no gradient and "
        "does not learn.",
        "ReLU 的导数是 0 或 1，并不总是 1：对所有数据都不激活的单元得不到梯度，也就不再学习。",
    ),
)
