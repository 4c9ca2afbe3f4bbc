"""Entropy, cross-entropy, Kullback–Leibler divergence."""

from gradproof.derivations.calculus import Text

TITLE = Text("Entropy, cross-entropy, Kullback–Leibler divergence", "熵、交叉熵与 KL 散度")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "entropy",
    "entropy_bounds",
    "xlogx",
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

#: What students often read, and what is meant.
OFTEN_MISREAD = (
    Text(
        "A high entropy means more uncertainty, and so more information in an outcome on average. A certain outcome "
        "has the entropy 0, surprises nobody and tells nothing.",
        "熵越大，不确定性越大，平均每个结果带来的信息量也越多。确定的结果熵为 0，没有惊喜，也没有信息。",
    ),
    Text(
        "The divergence is no distance: KL(p‖q) and KL(q‖p) differ in general. It is never negative, and 0 exactly if "
        "p = q.",
        "KL 散度不是距离：KL(p‖q) 与 KL(q‖p) 一般不相等。它不小于零，当且仅当 p = q 时为 0。",
    ),
)
