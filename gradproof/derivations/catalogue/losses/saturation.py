"""Why cross-entropy follows a sigmoid, and not the squared error: what is left of the gradient when all is wrong."""

from sympy import S

from gradproof.derivations.calculus import Limit, Scalar, Text, define, exp, identity
from gradproof.derivations.calculus.passes import extend_by, in_limit, insert, one_fraction, take_limit

x = Scalar("x")
o = define("o", 1 / (1 + exp(-x)))
written_out = [in_limit(insert(o)), in_limit(one_fraction)]

squared_error_saturates = identity(
    Limit((o[()] - 1) * o[()] * (1 - o[()]), x, S.NegativeInfinity),
    [*written_out, in_limit(extend_by(exp(x) ** 3)), take_limit],
    name="squared_error_saturates",
    title=Text("The squared error learns nothing from a confident mistake", "对自信的错误，平方误差学不到东西"),
    textbook=S.Zero,
    remarks=(
        Text(
            "The target is 1 and the output goes to 0. The gradient of ½(o − 1)² with respect to the logit is "
            "(o − 1) o (1 − o).",
            "目标为 1，而输出趋于 0。½(o − 1)² 对 logit 的梯度为 (o − 1) o (1 − o)。",
        ),
    ),
)

cross_entropy_does_not_saturate = identity(
    Limit(o[()] - 1, x, S.NegativeInfinity),
    [*written_out, in_limit(extend_by(exp(x))), take_limit],
    name="cross_entropy_does_not_saturate",
    title=Text("Cross-entropy keeps its full gradient there", "对自信的错误，交叉熵的梯度不消失"),
    textbook=S.NegativeOne,
    remarks=(
        Text(
            "The gradient of −log o with respect to the logit is o − 1: the worse the output, the closer it "
            "comes to −1.",
            "−log o 对 logit 的梯度为 o − 1：输出越差，它越接近 −1。",
        ),
    ),
)
