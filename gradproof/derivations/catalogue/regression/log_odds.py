"""Logistic regression is linear, too: in the logarithm of the odds."""

from gradproof.derivations.calculus import Dim, Scalar, Sum, Text, Vector, define, exp, identity, log
from gradproof.derivations.calculus.passes import insert, log_rules, one_fraction

m = Dim("m", "i l")
i = m.index("i")
x = Vector("x", m)
w = Vector("w", m)
b = Scalar("b")
z = define("z", Sum(w[i] * x[i], i) + b)
p = define("p", 1 / (1 + exp(-z[()])))


def reference(x, w, b):
    return w @ x + b


def operation(torch, x, w, b):
    p = torch.sigmoid(torch.dot(w, x) + b)
    return torch.log(p) - torch.log1p(-p)


log_odds_linear = identity(
    log(p[()] / (1 - p[()])),
    [insert(p), one_fraction, log_rules, insert(z)],
    name="log_odds_linear",
    title=Text("The log-odds of logistic regression are linear", "逻辑回归的对数几率是线性的"),
    textbook=Sum(w[i] * x[i], i) + b,
    reference=reference,
    operation=operation,
    sources=("Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.2",),
    remarks=(
        Text(
            "Linear regression predicts a number, logistic regression a probability; the same linear function stands "
            "behind both, and the boundary p = 1/2 is the plane on which it is 0.",
            "线性回归预测数值，逻辑回归预测概率；两者背后是同一个线性函数，分界 p = 1/2 就是它等于 0 的超平面。",
        ),
    ),
)
