"""Backpropagation."""

from gradproof.derivations.calculus import Text

TITLE = Text("Backpropagation", "反向传播")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "hidden_layer",
    "layer",
    "deep",
    "batch",
)
