"""Loss functions."""

from gradproof.derivations.calculus import Text

TITLE = Text("Loss functions", "损失函数")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "mse",
    "mse_hessian",
    "mse_convex",
    "norm",
    "mse_and_norm",
    "binary_cross_entropy",
    "cross_entropy",
    "cross_entropy_one_hot",
)
