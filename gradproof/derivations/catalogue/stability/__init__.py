"""Forms of known functions that can be computed: what floating point loses, and how to write it so that it does not."""

from gradproof.derivations.calculus import Text

TITLE = Text("Forms to compute with", "数值稳定的计算形式")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "near_zero",
    "sigmoid",
    "sigmoid_derivative",
    "tanh",
    "softplus",
    "log_sigmoid",
    "binary_cross_entropy",
    "softmax",
    "log_sum_exp",
    "log_softmax",
    "cross_entropy",
    "norm",
    "variance",
)
