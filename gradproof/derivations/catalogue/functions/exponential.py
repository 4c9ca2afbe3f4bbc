"""The derivatives of exponentials: of base e, and of any positive base."""

import numpy as np

from gradproof.derivations.calculus import Domain, Scalar, Text, define, derive, exp, log

x = Scalar("x")
a = Scalar("a")
c = Scalar("c", Domain.POSITIVE)
growth = define("f", exp(a * x))
powers = define("g", c**x)


def reference(a, x):
    return a * np.exp(a * x)


def operation(torch, a, x):
    return torch.exp(a * x)


exponential_derivative = derive(
    growth[()],
    x,
    name="exponential_derivative",
    title=Text("The derivative of an exponential", "指数函数的导数"),
    textbook=a * exp(a * x),
    reference=reference,
    operation=operation,
)


def base_reference(c, x):
    return np.log(c) * c**x


def base_operation(torch, c, x):
    return torch.pow(c, x)


exponential_derivative_of_base = derive(
    powers[()],
    x,
    name="exponential_derivative_of_base",
    title=Text("The derivative of an exponential of any base", "任意底数的指数函数的导数"),
    textbook=c**x * log(c),
    reference=base_reference,
    operation=base_operation,
    remarks=(
        Text(
            "Not x c^(x − 1): that is the rule for powers, where the base varies and the exponent is fixed.",
            "不是 x c^(x − 1)：那是底数变化、指数固定的幂函数的规则。",
        ),
    ),
)
