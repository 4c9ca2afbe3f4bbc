"""Stochastic gradient descent: the gradient of one sample, drawn uniformly, is right on average."""

from gradproof.derivations.calculus import Activation, Dim, Domain, Matrix, Partial, Sum, Text, Vector, define, identity
from gradproof.derivations.calculus.identities import into_derivative, name_in_derivative
from gradproof.derivations.calculus.passes import insert

N, m = Dim("N", "r s"), Dim("m", "i l")
r = N.index("r")
i, j = m.indices("i j")
X = Matrix("X", N, m)
y = Vector("y", N)
w = Vector("w", m)
phi = Activation("phi")
share = define("q", r, 1 / N, domain=Domain.SIMPLEX)
loss = define("f", r, phi(Sum(X[r, i] * w[i], i) - y[r]))
total = define("F", Sum(loss[r], r) / N)

sgd_unbiased = identity(
    Sum(share[r] * Partial(loss[r], w[j]), r),
    [insert(share), into_derivative, name_in_derivative(total)],
    name="sgd_unbiased",
    title=Text("The gradient of one sample is right on average", "单个样本的梯度在平均意义下是正确的"),
    textbook=Partial(total[()], w[j]),
    sources=("Bottou, Curtis, Nocedal, Optimization Methods for Large-Scale Machine Learning, 2018, section 3.3",),
    remarks=(
        Text(
            "A sample r is drawn with the probability q_r = 1/N. The left side is the expected value of its gradient, "
            "the right side the gradient of the mean loss over all samples: the estimate is unbiased. That it varies "
            "from step to step is its price; a mini-batch of b samples, drawn independently, divides the variance "
            "by b.",
            "以概率 q_r = 1/N 抽取样本 r。左边是其梯度的期望，右边是全体样本平均损失的梯度：该估计是无偏的。"
            "代价是每一步都有波动；用独立抽取的 b 个样本组成小批量可使方差缩小为 1/b。",
        ),
    ),
)
