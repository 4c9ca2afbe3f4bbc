"""A contour of the product xy is a hyperbola; along it nothing changes, so the gradient (y, x) is normal to it."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Domain, Partial, Scalar, Text, define, identity
from gradproof.derivations.calculus.identities import insert_in_derivatives
from gradproof.derivations.calculus.passes import differentiate_it, insert

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
