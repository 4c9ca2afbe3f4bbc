"""The variance in two passes: of the deviations from the mean, not of the numbers themselves."""

import numpy as np

from gradproof.derivations.calculus import Dim, Sum, Text, Vector, define, identity, sqrt
from gradproof.derivations.calculus.passes import linear, multiply_out
from gradproof.derivations.calculus.stable import write_with

n = Dim("n")
k = n.index("k")
x = Vector("x", n)
mu = define("mu", Sum(x[k], k) / n)
d = define("d", k, (x[k] - mu[()]) / sqrt(n))


def reference(x):
    n = np.size(x)
    d = x - np.sum(x) / n
    return np.sum(d**2) / n - (np.sum(d) / n) ** 2


def operation(torch, x):
    return torch.var(x, correction=0)


variance_stable = identity(
    Sum(x[k] ** 2, k) / n - (Sum(x[k], k) / n) ** 2,
    [write_with(d, x, mu[()] + sqrt(n) * d[k]), multiply_out, linear, multiply_out],
    name="variance_stable",
    title=Text("The variance in two passes", "两遍计算的方差"),
    textbook=Sum(d[k] ** 2, k) - Sum(d[k], k) ** 2 / n,
    reference=reference,
    operation=operation,
    stable=True,
    sources=("Chan, Golub, LeVeque, Algorithms for Computing the Sample Variance, 1983",),
    remarks=(
        Text(
            "The variance does not change when all numbers are shifted, whatever by. With the mean as the shift "
            "nothing cancels; the second term would be 0 without rounding, and corrects for the rounding of the mean.",
            "所有的数平移同一个量，方差不变。以均值平移时不会相消；若无舍入，第二项为 0，它修正均值的舍入误差。",
        ),
    ),
)
