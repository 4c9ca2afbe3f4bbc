"""The inequality of Cauchy and Schwarz: no direction is steeper than the gradient."""

import numpy as np

from gradproof.derivations.calculus import Dim, Sum, Text, Vector, identity
from gradproof.derivations.calculus.squares import cauchy_schwarz

n = Dim("n")
k = n.index("k")
g = Vector("g", n)
v = Vector("v", n)


def reference(g, v):
    return np.sum(g**2) * np.sum(v**2)


slope_at_most_norm = identity(
    Sum(g[k] * v[k], k) ** 2,
    [cauchy_schwarz],
    name="slope_at_most_norm",
    title=Text("No direction is steeper than the gradient", "没有比梯度更陡的方向"),
    textbook=Sum(g[k] ** 2, k) * Sum(v[k] ** 2, k),
    reference=reference,
    sources=("Boyd, Vandenberghe, Convex Optimization, 2004, appendix A.1.1",),
    remarks=(
        Text(
            "Let g be the gradient and v a direction of length 1: the slope along v is at most the length of g. For "
            "v = g/‖g‖ it is just that, so the gradient is the direction of steepest ascent.",
            "设 g 为梯度，v 为单位长度的方向：沿 v 的斜率不超过 g 的长度。取 v = g/‖g‖ 时恰好相等，"
            "因此梯度是上升最快的方向。",
        ),
    ),
)
