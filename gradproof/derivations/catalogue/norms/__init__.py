"""Norms and maxima: where they have a derivative, and what is returned where they have none."""

from gradproof.derivations.calculus import Text

TITLE = Text("Norms and maxima", "范数与最大值")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "absolute_value",
    "one_norm",
    "p_norm",
    "maximum_of_two",
    "max",
    "top_two",
    "max_norm",
)
