"""Entropy, cross-entropy, Kullback–Leibler divergence."""

from gradproof.derivations.calculus import Text

TITLE = Text("Entropy, cross-entropy, Kullback–Leibler divergence", "熵、交叉熵与 KL 散度")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "tangents",
    "entropy",
    "entropy_bounds",
    "cross_entropy",
    "kl",
    "decomposition",
    "one_hot",
    "kl_zero",
    "kl_bound",
    "entropy_of_softmax",
    "kl_of_softmax",
    "uniform",
)
