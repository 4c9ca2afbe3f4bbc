"""The Hessian of the mean squared error: the same curvature in every direction."""

import numpy as np

from gradproof.derivations.calculus import Partial, Text, delta, derive

from . import mse
from .mse import n, x

i, j = n.indices("i j")


def reference(x, y):
    return 2 * np.eye(np.size(x)) / np.size(x)


mse_hessian = derive(
    Partial(mse.mse[()], x[i]),
    x[j],
    name="mse_hessian",
    title=Text("The Hessian of the mean squared error", "均方误差的黑塞矩阵"),
    lemmas=[mse.mse_gradient],
    textbook=2 / n * delta(i, j),
    reference=reference,
    operation=mse.operation,
)
