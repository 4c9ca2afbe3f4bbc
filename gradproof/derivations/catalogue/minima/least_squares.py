"""A sum of squares of linear functions, ½‖Ax − b‖², is convex, whatever A and b are."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Dim, Matrix, Partial, Sum, Text, Vector, define, derive, identity
from gradproof.derivations.calculus.estimates import not_negative
from gradproof.derivations.calculus.identities import square_of_sum, use

m, n = Dim("m", "r s"), Dim("n", "k l")
r = m.index("r")
i, j, k = n.indices("i j k")
A = Matrix("A", m, n)
b = Vector("b", m)
x = Vector("x", n)
u = Vector("u", n)
d = define("d", r, Sum(A[r, k] * x[k], k) - b[r])
f = define("f", Sum(d[r] ** 2, r) / 2)
SOURCES = ("Boyd, Vandenberghe, Convex Optimization, 2004, section 3.1.4",)


def operation(torch, A, b, x):
    return torch.square(A @ x - b).sum() / 2


def gradient_reference(A, b, x):
    return A.T @ (A @ x - b)


least_squares_gradient = derive(
    f[()],
    x[i],
    name="least_squares_gradient",
    title=Text("The gradient of least squares", "最小二乘的梯度"),
    fold=[d],
    textbook=Sum(A[r, i] * d[r], r),
    reference=gradient_reference,
    operation=operation,
    sources=SOURCES,
    remarks=(
        Text(
            "It is 0 where AᵀAx = Aᵀb: these are the normal equations, and since the function is convex each of their "
            "solutions is a global minimum.",
            "当 AᵀAx = Aᵀb 时梯度为 0：这就是正规方程；由于函数是凸的，它的每个解都是全局最小点。",
        ),
    ),
)


def hessian_reference(A):
    return A.T @ A


least_squares_hessian = derive(
    Partial(f[()], x[i]),
    x[j],
    name="least_squares_hessian",
    title=Text("The Hessian of least squares", "最小二乘的黑塞矩阵"),
    lemmas=[least_squares_gradient],
    textbook=Sum(A[r, i] * A[r, j], r),
    reference=hessian_reference,
    operation=operation,
    sources=SOURCES,
)


def reference(x, u):
    return 0 * np.sum(x * u)


least_squares_convex = identity(
    Sum(u[i] * Partial(Partial(f[()], x[i]), x[j]) * u[j], i, j),
    [use(least_squares_hessian), square_of_sum, not_negative],
    name="least_squares_convex",
    title=Text("Least squares is convex", "最小二乘是凸函数"),
    textbook=S.Zero,
    reference=reference,
    sources=SOURCES,
)
