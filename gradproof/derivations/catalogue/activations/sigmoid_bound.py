"""σ′ is at most 1/4, reached at 0 only: every sigmoid layer shrinks the gradient at least fourfold."""

import numpy as np
from sympy import Rational, S

from gradproof.derivations.calculus import Scalar, Text, define, exp, extremum
from gradproof.derivations.calculus.estimates import drop_squares, drop_squares_strictly
from gradproof.derivations.calculus.identities import simple_values
from gradproof.derivations.calculus.passes import complete_square

x = Scalar("x")
s = define("sigma", 1 / (1 + exp(-x)))


def reference(x):
    return np.full_like(x, 0.25)


sigmoid_derivative_bound = extremum(
    s[()] * (1 - s[()]),
    [complete_square(s[()]), drop_squares],
    at=x,
    value=S.Zero,
    reached=[simple_values],
    elsewhere=[complete_square(s[()]), drop_squares_strictly],
    name="sigmoid_derivative_bound",
    title=Text("The derivative of the sigmoid is at most 1/4", "sigmoid 的导数不超过 1/4"),
    textbook=Rational(1, 4),
    reference=reference,
    remarks=(
        Text(
            "Equality holds at x = 0 only, where σ = 1/2. Through L sigmoid layers the factors σ′ multiply to at most "
            "(1/4)^L: this is why gradients vanish.",
            "仅当 x = 0（σ = 1/2）时取等号。经过 L 个 sigmoid 层，这些因子 σ′ 的乘积不超过 (1/4)^L："
            "这就是梯度弥散的原因。",
        ),
    ),
)
