"""Feature scaling: centred and divided by the standard deviation; and why it makes descent fast."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import (
    Dim,
    Domain,
    NonZero,
    Partial,
    Sum,
    Text,
    Vector,
    define,
    delta,
    derive,
    identity,
    sqrt,
)
from gradproof.derivations.calculus.passes import insert, linear

n = Dim("n")
i, j, k = n.indices("i j k")
x = Vector("x", n)
mu = define("mu", Sum(x[k], k) / n)
sigma = define("sigma", sqrt(Sum((x[k] - mu[()]) ** 2, k) / n))
scaled = define("u", i, (x[i] - mu[()]) / sigma[()])


def mean_reference(x):
    return np.sum(0 * x)


def mean_operation(torch, x):
    return torch.mean((x - torch.mean(x)) / torch.std(x, correction=0))


scaled_feature_mean = identity(
    Sum(scaled[k], k) / n,
    [insert(scaled), linear, insert(mu)],
    name="scaled_feature_mean",
    title=Text("A scaled feature has mean 0", "缩放后的特征均值为 0"),
    textbook=S.Zero,
    given=(NonZero(sigma[()]),),
    reference=mean_reference,
    operation=mean_operation,
)


def variance_reference(x):
    u = (x - np.sum(x) / np.size(x)) / np.std(x)
    return np.sum(u**2) / np.size(x)


def variance_operation(torch, x):
    return torch.mean(torch.square((x - torch.mean(x)) / torch.std(x, correction=0)))


scaled_feature_variance = identity(
    Sum(scaled[k] ** 2, k) / n,
    [insert(scaled), insert(sigma)],
    name="scaled_feature_variance",
    title=Text("A scaled feature has variance 1", "缩放后的特征方差为 1"),
    textbook=S.One,
    given=(NonZero(sigma[()]),),
    reference=variance_reference,
    operation=variance_operation,
)

curvature = Vector("lambda", n, Domain.POSITIVE)
u = Vector("u", n)
old = define("x", i, u[i] / sqrt(curvature[i]))
E = define("E", Sum(curvature[k] * old[k] ** 2, k) / 2)


def gradient_reference(u):
    return u


def operation(torch, lambda_, u):
    return torch.sum(lambda_ * torch.square(u / torch.sqrt(lambda_))) / 2


scaled_gradient = derive(
    E[()],
    u[i],
    name="scaled_gradient",
    title=Text("Scaled coordinates: the gradient points at the minimum", "缩放坐标后：梯度指向极小点"),
    textbook=u[i],
    reference=gradient_reference,
    operation=operation,
)


def hessian_reference(u):
    return np.eye(np.size(u))


scaled_hessian = derive(
    Partial(E[()], u[i]),
    u[j],
    name="scaled_hessian",
    title=Text("Scaled coordinates: every direction is curved alike", "缩放坐标后：各方向曲率相同"),
    lemmas=[scaled_gradient],
    textbook=delta(i, j),
    reference=hessian_reference,
    operation=operation,
    remarks=(
        Text(
            "The condition number, the ratio of the largest curvature to the smallest, is now 1, and with η = 1 one "
            "step reaches the minimum. Scaling features by their standard deviations does this for features that are "
            "uncorrelated.",
            "条件数（最大曲率与最小曲率之比）变为 1，取 η = 1 一步即到达极小点。当特征互不相关时，"
            "按标准差缩放特征就能做到这一点。",
        ),
    ),
)
