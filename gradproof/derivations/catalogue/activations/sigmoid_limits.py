"""σ′ goes to 0 at both ends: a saturated unit learns nothing."""

from sympy import S

from gradproof.derivations.calculus import Limit, Scalar, Text, define, exp, identity
from gradproof.derivations.calculus.passes import extend_by, in_limit, insert, take_limit

x = Scalar("x")
slope = define("s", exp(-x) / (1 + exp(-x)) ** 2)

sigmoid_derivative_limit_right = identity(
    Limit(slope[()], x, S.Infinity),
    [in_limit(insert(slope)), take_limit],
    name="sigmoid_derivative_limit_right",
    title=Text("The derivative of the sigmoid vanishes at plus infinity", "sigmoid 的导数在正无穷处趋于 0"),
    textbook=S.Zero,
)

sigmoid_derivative_limit_left = identity(
    Limit(slope[()], x, S.NegativeInfinity),
    [in_limit(insert(slope)), in_limit(extend_by(exp(x) ** 2)), take_limit],
    name="sigmoid_derivative_limit_left",
    title=Text("The derivative of the sigmoid vanishes at minus infinity", "sigmoid 的导数在负无穷处趋于 0"),
    textbook=S.Zero,
)
