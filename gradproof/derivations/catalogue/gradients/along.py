"""Along a line and along a curve: the derivative of any function is its gradient times the velocity.

So the gradient stands at right angles to the contour: along a curve on which the function keeps its value, the left
side is 0.
"""

from gradproof.derivations.calculus import (
    Activation,
    Dim,
    Partial,
    Program,
    Scalar,
    Sum,
    Tensor,
    Text,
    Vector,
    define,
)

n = Dim("n", "k l")
i, k = n.indices("i k")
a = Vector("a", n)
v = Vector("v", n)
t = Scalar("t")
x = define("x", i, a[i] + t * v[i])
f = Tensor("f")
line = Program(f, outputs=(x,))

directional_derivative = line.derive(
    t,
    name="directional_derivative",
    title=Text("The derivative along a direction", "方向导数"),
    textbook=Sum(Partial(f[()], x[k]) * v[k], k),
    sources=("Deisenroth, Faisal, Ong, Mathematics for Machine Learning, 2020, section 5.2",),
    remarks=(
        Text(
            "The partial derivatives are those along the axes. Where f is differentiable they tell the slope in every "
            "direction v: its scalar product with the gradient. This is the first-order term of Taylor's theorem.",
            "偏导数是沿坐标轴的方向导数。若 f 可微，它们决定沿任意方向 v 的斜率：等于梯度与 v 的内积。"
            "这就是泰勒定理的一阶项。",
        ),
    ),
)

phi, psi = Activation("phi"), Activation("psi")
first, second = define("x", phi(t)), define("y", psi(t))
curve = Program(f, outputs=(first, second))

derivative_along_curve = curve.derive(
    t,
    name="derivative_along_curve",
    title=Text("The derivative along a curve in the plane", "沿平面曲线的导数"),
    textbook=Partial(f[()], first[()]) * phi(t, order=1) + Partial(f[()], second[()]) * psi(t, order=1),
    sources=("Deisenroth, Faisal, Ong, Mathematics for Machine Learning, 2020, section 5.2.2",),
    remarks=(
        Text(
            "On a contour f keeps its value, so the left side is 0: the gradient is perpendicular to the velocity "
            "(φ′, ψ′), that is, to the contour. It points across the contours, to where f grows fastest.",
            "在等高线上 f 的值不变，左边为 0：梯度与速度 (φ′, ψ′) 垂直，即与等高线垂直。"
            "它横穿等高线，指向 f 增长最快的方向。",
        ),
    ),
)
