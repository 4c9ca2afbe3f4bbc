"""Functions of one weight and one bias, as a first model with one input has them."""

import numpy as np

from gradproof.derivations.calculus import Domain, Scalar, Text, define, derive, exp, log

x, w, b, y = Scalar("x"), Scalar("w"), Scalar("b"), Scalar("y")
rate = Scalar("x", Domain.POSITIVE)
slope, offset = Scalar("w", Domain.POSITIVE), Scalar("b", Domain.POSITIVE)
growth = define("f", x * exp(w) + exp(b))
residual = define("f", (y - (x * w + b)) ** 2)
likelihood = define("f", y * log(rate * slope + offset))


def exponential_reference(x, w):
    return x * np.exp(w)


def exponential_operation(torch, x, w, b):
    return x * torch.exp(w) + torch.exp(b)


exponential_of_weight = derive(
    growth[()],
    w,
    name="exponential_of_weight",
    title=Text("The derivative of x exp(w) + exp(b) with respect to w", "x exp(w) + exp(b) 对 w 的导数"),
    textbook=x * exp(w),
    reference=exponential_reference,
    operation=exponential_operation,
)


def residual_reference(x, w, b, y):
    return -2 * x * (y - (x * w + b))


def residual_operation(torch, x, w, b, y):
    return torch.square(y - (x * w + b))


squared_residual_by_weight = derive(
    residual[()],
    w,
    name="squared_residual_by_weight",
    title=Text("The derivative of a squared residual with respect to the weight", "残差平方对权重的导数"),
    textbook=-2 * x * (y - (x * w + b)),
    reference=residual_reference,
    operation=residual_operation,
    remarks=(
        Text(
            "The minus sign is the inner derivative of y − (xw + b); it is the one most often lost.",
            "负号来自内层函数 y − (xw + b) 的导数，最容易漏掉。",
        ),
    ),
)


def logarithm_reference(x, w, b, y):
    return x * y / (x * w + b)


def logarithm_operation(torch, x, w, b, y):
    return y * torch.log(x * w + b)


logarithm_of_line = derive(
    likelihood[()],
    slope,
    name="logarithm_of_line",
    title=Text("The derivative of y log(xw + b) with respect to w", "y log(xw + b) 对 w 的导数"),
    textbook=rate * y / (rate * slope + offset),
    reference=logarithm_reference,
    operation=logarithm_operation,
)
