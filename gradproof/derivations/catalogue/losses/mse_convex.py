"""The mean squared error is convex: its Hessian is a multiple of the identity."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Partial, Sum, Text, Vector, identity
from gradproof.derivations.calculus.estimates import not_negative
from gradproof.derivations.calculus.identities import sift, use

from . import mse_hessian as hessian
from .mse import mse, n, x

i, j = n.indices("i j")
u = Vector("u", n)


def reference(x, u):
    return 0 * np.sum(x * u)


mse_convex = identity(
    Sum(u[i] * Partial(Partial(mse[()], x[i]), x[j]) * u[j], i, j),
    [use(hessian.mse_hessian), sift, not_negative],
    name="mse_convex",
    title=Text("The mean squared error is convex", "均方误差是凸函数"),
    textbook=S.Zero,
    reference=reference,
)
