"""Perceptrons and regression."""

from gradproof.derivations.calculus import Text

TITLE = Text("Perceptrons and regression", "感知机与回归")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "single",
    "multiple",
    "linear_regression",
    "logistic_regression",
    "logistic_hessian",
    "logistic_convex",
)
