"""The Hessian of logistic regression, Xᵀ diag(p (1 − p)) X / N: never negative, so the loss is convex."""

import numpy as np

from gradproof.derivations.calculus import Partial, Sum, Text, derive

from . import logistic_regression
from .logistic_regression import E, N, X, m, operation, p, r, w, z

i, j = m.indices("i j")


def reference(X, w):
    p = 1 / (1 + np.exp(-(X @ w)))
    S = np.diag(p * (1 - p))
    return X.T @ S @ X / np.size(p)


logistic_regression_hessian = derive(
    Partial(E[()], w[j]),
    w[i],
    name="logistic_regression_hessian",
    title=Text("The Hessian of logistic regression", "逻辑回归的黑塞矩阵"),
    lemmas=[logistic_regression.logistic_regression_weights],
    fold=[z, p],
    textbook=Sum(p[r] * (1 - p[r]) * X[r, i] * X[r, j], r) / N,
    reference=reference,
    operation=operation,
    sources=("Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.3",),
)
