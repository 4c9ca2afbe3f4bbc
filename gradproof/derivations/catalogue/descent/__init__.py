"""Gradient descent: why it works, how large a step may be, and its variants."""

from gradproof.derivations.calculus import Text

TITLE = Text("Gradient descent", "梯度下降")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "taylor",
    "taylor_of_any",
    "along_gradient",
    "quadratic_step",
    "learning_rate",
    "condition_number",
    "feature_scaling",
    "stochastic",
    "momentum",
    "momentum_sum",
    "parabola",
    "adagrad",
)

#: What students often read, and what is meant.
OFTEN_MISREAD = (
    Text(
        "Stochastic gradient descent draws one sample (or a few) for the gradient; the step changes all parameters.",
        "随机梯度下降用一个（或几个）样本来估计梯度；每一步仍然更新所有参数。",
    ),
    Text(
        "Adagrad divides by the root of the sum of squares of the gradients, not by the sum of their absolute values.",
        "Adagrad 除以梯度平方和的平方根，而不是梯度绝对值之和。",
    ),
    Text(
        "A learning rate is too large where it exceeds 2/λ for the largest curvature λ: the loss then grows. It does "
        "not get stuck; steps that jump to and fro without gain belong to η near 2/λ.",
        "当学习率超过 2/λ（λ 为最大曲率）时就太大：损失会增大，而不是“卡住”；η 接近 2/λ 时参数才会来回跳动而几乎没有进"
        "展。",
    ),
)
