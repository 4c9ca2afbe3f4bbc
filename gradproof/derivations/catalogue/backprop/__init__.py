"""The chain rule and backpropagation."""

from gradproof.derivations.calculus import Text

TITLE = Text("Chain rule and backpropagation", "链式法则与反向传播")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "two_linear_layers",
    "hidden_layer",
    "layer",
    "deep",
)
