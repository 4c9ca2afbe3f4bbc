"""A step against the gradient goes downhill, for any function, if the step is small enough."""

from gradproof.derivations.calculus import Dim, Partial, Program, Scalar, Sum, Tensor, Text, Vector, define

n = Dim("n", "k l")
i, k = n.indices("i k")
x = Vector("x", n)
g = Vector("g", n)
eta = Scalar("eta")
y = define("y", i, x[i] - eta * g[i])
f = Tensor("f")
step = Program(f, outputs=(y,))

descent_slope = step.derive(
    eta,
    name="descent_slope",
    title=Text("The slope in the direction of a step", "沿一步方向的斜率"),
    textbook=-Sum(Partial(f[()], y[k]) * g[k], k),
    remarks=(
        Text(
            "At η = 0, with g the gradient, it is −‖g‖²: negative wherever the gradient is not 0, so that f falls at "
            "first. How far, second derivatives tell.",
            "在 η = 0 且 g 为梯度时，其值为 −‖g‖²：只要梯度不为 0 就是负的，因此 f 起初下降。"
            "能下降多远由二阶导数决定。",
        ),
    ),
)
