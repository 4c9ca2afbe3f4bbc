"""Softmax with a temperature: the colder, the more the largest logit wins."""

import numpy as np

from gradproof.derivations.calculus import Dim, Domain, Scalar, Sum, Text, Vector, define, derive, exp

n = Dim("n")
i, k = n.indices("i k")
z = Vector("z", n)
T = Scalar("T", Domain.POSITIVE)
p = define("p", i, exp(z[i] / T) / Sum(exp(z[k] / T), k), domain=Domain.SIMPLEX)


def reference(z, T):
    p = np.exp(z / T) / np.sum(np.exp(z / T))
    return p * (np.sum(p * z) - z) / T**2


def operation(torch, z, T):
    return torch.softmax(z / T, 0)


softmax_by_temperature = derive(
    p[i],
    T,
    name="softmax_by_temperature",
    title=Text("The derivative of softmax with respect to its temperature", "softmax 对温度的导数"),
    fold=[p],
    textbook=p[i] * (Sum(p[k] * z[k], k) - z[i]) / T**2,
    reference=reference,
    operation=operation,
    sources=("Hinton, Vinyals, Dean, Distilling the Knowledge in a Neural Network, 2015, section 2",),
    remarks=(
        Text(
            "Classes whose logit is above the mean (weighted by p) lose probability as T grows, the others gain: heat "
            "evens out. As T goes to 0 the largest logit takes all.",
            "T 升高时，logit 高于（以 p 加权的）均值的类别概率下降，其余上升：升温使分布更均匀。T 趋于 0 时，"
            "最大的 logit 占有全部概率。",
        ),
    ),
)
