"""The gradient is normal to a contour: for xy, whose contour is a hyperbola, and for every function."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import (
    Dim,
    Domain,
    Downstream,
    Matrix,
    Partial,
    Scalar,
    Sum,
    Tensor,
    Text,
    Vector,
    define,
    identity,
)
from gradproof.derivations.calculus.identities import chain_rule, insert_in_derivatives
from gradproof.derivations.calculus.passes import differentiate_it, insert, linear, multiply_out

t = Scalar("t", Domain.POSITIVE)
x = define("x", t)
y = define("y", 1 / t)


def reference(t):
    return np.zeros_like(t)


gradient_normal_to_contour = identity(
    y[()] * Partial(x[()], t) + x[()] * Partial(y[()], t),
    [insert_in_derivatives(x, y), differentiate_it, insert(x, y)],
    name="gradient_normal_to_contour",
    title=Text("The gradient is normal to a contour: the hyperbola", "梯度垂直于等高线：以双曲线为例"),
    textbook=S.Zero,
    reference=reference,
    remarks=(
        Text(
            "On the contour xy = 1 the point is (t, 1/t) and its velocity (1, −1/t²). On the left is the scalar "
            "product of the velocity with the gradient (y, x) of xy: it is 0, so they are perpendicular.",
            "在等高线 xy = 1 上，点为 (t, 1/t)，速度为 (1, −1/t²)。左边是速度与 xy 的梯度 (y, x) 的内积：其值为 0，"
            "因此二者垂直。",
        ),
    ),
)

n = Dim("n", "k l")
k, m = n.indices("k l")
f = Tensor("f")
c = Vector("c", n)
time = Scalar("t")

gradient_normal_to_any_contour = identity(
    Partial(f[()], time),
    [chain_rule(c)],
    name="gradient_normal_to_any_contour",
    title=Text("The gradient is normal to a contour: any function, any curve", "梯度垂直于等高线：任意函数与任意曲线"),
    textbook=Sum(Partial(f[()], c[k]) * Partial(c[k], time), k),
    given=(Downstream(f[()], (c,)), Downstream(c[k], (time.tensor,))),
    sources=("Deisenroth, Faisal, Ong, Mathematics for Machine Learning, 2020, section 5.2.2",),
    remarks=(
        Text(
            "Along a curve c(t), in any number of variables, f changes at this rate: the scalar product of the "
            "gradient with the velocity. A curve on a contour is one along which f keeps its value. There the left "
            "side is 0, so the gradient is perpendicular to the velocity of every curve on the contour: it is normal "
            "to the contour.",
            "沿曲线 c(t)（变量个数任意），f 以此速率变化：梯度与速度的内积。等高线上的曲线就是使 f 保持不变的曲线，"
            "此时左边为 0，因此梯度与等高线上任何曲线的速度都垂直：它是等高线的法线方向。",
        ),
    ),
)

point = Vector("x", n)
B = Matrix("B", n, n)

across_the_gradient = identity(
    Sum(Partial(f[()], point[k]) * (B[k, m] - B[m, k]) * Partial(f[()], point[m]), k, m),
    [multiply_out, linear],
    name="across_the_gradient",
    title=Text("Moving across the gradient one stays on the contour", "沿与梯度垂直的方向移动，就停留在等高线上"),
    textbook=S.Zero,
    given=(Downstream(f[()], (point,)),),
    remarks=(
        Text(
            "The converse. B is any matrix and Bᵀ − B turns every vector into one that is perpendicular to it; in the "
            "plane it is a turn by 90 degrees and a stretch. Moving with the velocity (Bᵀ − B)∇f, f changes at the "
            "rate on the left, which is 0.",
            "这是反过来的结论。B 为任意矩阵，Bᵀ − B 把每个向量变为与它垂直的向量；在平面上就是旋转 90 度再伸缩。"
            "以速度 (Bᵀ − B)∇f 移动时，f 的变化率就是左边，其值为 0。",
        ),
    ),
)
