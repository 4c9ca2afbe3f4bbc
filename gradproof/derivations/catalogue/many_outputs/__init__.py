"""The perceptron with many outputs."""

from gradproof.derivations.calculus import Text

TITLE = Text("The perceptron with many outputs", "多输出感知机")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = ("multiple",)
