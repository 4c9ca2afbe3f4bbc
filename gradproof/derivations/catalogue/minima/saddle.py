"""A saddle point: the gradient is 0, the Hessian has eigenvalues of both signs, and there is no minimum."""

from gradproof.derivations.calculus import Partial, Scalar, Text, define, derive

t, u, v = Scalar("t"), Scalar("u"), Scalar("v")
x, y = Scalar("x"), Scalar("y")
f = define("f", (x + t * u) ** 2 - (y + t * v) ** 2)


def operation(torch, x, y, t, u, v):
    return torch.square(x + t * u) - torch.square(y + t * v)


def slope_reference(x, y, t, u, v):
    return 2 * u * (x + t * u) - 2 * v * (y + t * v)


saddle_slope = derive(
    f[()],
    t,
    name="saddle_slope",
    title=Text("The saddle x² − y² along a line: the slope", "鞍面 x² − y² 沿直线的斜率"),
    textbook=2 * u * (x + t * u) - 2 * v * (y + t * v),
    reference=slope_reference,
    operation=operation,
    remarks=(
        Text(
            "At t = 0 and x = y = 0 it is 0 in every direction (u, v): the origin is a stationary point.",
            "在 t = 0 且 x = y = 0 处，沿任何方向 (u, v) 斜率都为 0：原点是驻点。",
        ),
    ),
)


def curvature_reference(u, v):
    return 2 * u**2 - 2 * v**2


saddle_curvature = derive(
    Partial(f[()], t),
    t,
    name="saddle_curvature",
    title=Text("The saddle x² − y² along a line: the curvature", "鞍面 x² − y² 沿直线的曲率"),
    lemmas=[saddle_slope],
    textbook=2 * u**2 - 2 * v**2,
    reference=curvature_reference,
    operation=operation,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 4.3.1",),
    remarks=(
        Text(
            "Along the x-axis (v = 0) it is positive, along the y-axis (u = 0) negative: a minimum in one direction "
            "and a maximum in the other. This is the Hessian with the eigenvalues 2 and −2, seen along (u, v).",
            "沿 x 轴（v = 0）为正，沿 y 轴（u = 0）为负：在一个方向上是极小，在另一个方向上是极大。"
            "这就是特征值为 2 与 −2 的黑塞矩阵在方向 (u, v) 上的值。",
        ),
    ),
)
