"""Loss functions."""

from gradproof.derivations.calculus import Text

TITLE = Text("Loss functions", "损失函数")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "mse",
    "mse_hessian",
    "mse_convex",
    "mse_and_norm",
    "true_class",
    "binary_cross_entropy",
    "saturation",
)

#: What students often read, and what is meant.
OFTEN_MISREAD = (
    Text(
        "The MSE is not the 2-norm of the error: it takes no root, and it divides by n.",
        "MSE 不是误差的 2-范数：它不开根号，并且除以 n。",
    ),
)
