"""The loss of logistic regression is convex: its Hessian is a sum of squares with positive weights."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Partial, Sum, Text, Vector, identity
from gradproof.derivations.calculus.estimates import not_negative
from gradproof.derivations.calculus.identities import square_of_sum, use

from . import logistic_hessian
from .logistic_regression import E, m, w

i, j = m.indices("i j")
u = Vector("u", m)


def reference(w, u):
    return 0 * np.sum(w * u)


logistic_regression_convex = identity(
    Sum(u[i] * Partial(Partial(E[()], w[j]), w[i]) * u[j], i, j),
    [use(logistic_hessian.logistic_regression_hessian), square_of_sum, not_negative],
    name="logistic_regression_convex",
    title=Text("The loss of logistic regression is convex", "逻辑回归的损失是凸函数"),
    textbook=S.Zero,
    reference=reference,
    sources=("Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.3",),
)
