"""tanh′ is at most 1, reached at 0 only: tanh shrinks gradients less than the sigmoid does."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Scalar, Text, extremum, tanh
from gradproof.derivations.calculus.estimates import drop_squares, drop_squares_strictly
from gradproof.derivations.calculus.identities import simple_values

x = Scalar("x")


def reference(x):
    return np.ones_like(x)


tanh_derivative_bound = extremum(
    1 - tanh(x) ** 2,
    [drop_squares],
    at=x,
    value=S.Zero,
    reached=[simple_values],
    elsewhere=[drop_squares_strictly],
    name="tanh_derivative_bound",
    title=Text("The derivative of tanh is at most 1", "tanh 的导数不超过 1"),
    textbook=S.One,
    reference=reference,
)
