"""The perceptron with one output."""

from gradproof.derivations.calculus import Text

TITLE = Text("The perceptron with one output", "单输出感知机")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = ("single",)
