"""Partial derivatives of a function of two variables: the other variable is held fixed."""

from gradproof.derivations.calculus import Scalar, Text, define, derive

x, y = Scalar("x"), Scalar("y")
saddle = define("z", y**2 - x**2)


def operation(torch, x, y):
    return torch.square(y) - torch.square(x)


def by_x_reference(x):
    return -2 * x


partial_by_x = derive(
    saddle[()],
    x,
    name="partial_by_x",
    title=Text("The partial derivative of y² − x² with respect to x", "y² − x² 对 x 的偏导数"),
    textbook=-2 * x,
    reference=by_x_reference,
    operation=operation,
    remarks=(
        Text(
            "y is held fixed, so y² counts as a constant. The gradient is the vector of both partial derivatives, "
            "(−2x, 2y).",
            "y 保持不变，因此 y² 视为常数。梯度是由两个偏导数组成的向量 (−2x, 2y)。",
        ),
    ),
)


def by_y_reference(y):
    return 2 * y


partial_by_y = derive(
    saddle[()],
    y,
    name="partial_by_y",
    title=Text("The partial derivative of y² − x² with respect to y", "y² − x² 对 y 的偏导数"),
    textbook=2 * y,
    reference=by_y_reference,
    operation=operation,
)
