"""Softmax."""

from gradproof.derivations.calculus import Text

TITLE = Text("Softmax", "Softmax")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "jacobian",
    "shift",
    "log_softmax",
    "log_sum_exp",
    "hessian",
    "convex",
)
