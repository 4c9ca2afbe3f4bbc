"""Activation functions."""

from gradproof.derivations.calculus import Text

TITLE = Text("Activation functions", "激活函数")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "sigmoid",
    "sigmoid_bound",
    "sigmoid_limits",
    "tanh",
    "tanh_of_sigmoid",
    "tanh_bound",
    "relu",
    "softplus",
    "log_sigmoid",
    "limits",
)
