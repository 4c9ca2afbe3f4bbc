"""Minima, convexity and saddle points: where a gradient of 0 is what one wants, and where it is not."""

from gradproof.derivations.calculus import Text

TITLE = Text("Minima, convexity, saddle points", "极小值、凸性与鞍点")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "chord",
    "tangents",
    "least_squares",
    "eigenvalues",
    "saddle",
    "two_minima",
)

#: What students often read, and what is meant.
OFTEN_MISREAD = (
    Text(
        "Convexity does not mean that every direction leads to the minimum. It means that every local minimum is a "
        "global one, so that descent cannot end in the wrong one.",
        "凸性并不意味着任何方向都通向最小值，而是说每个局部极小值都是全局最小值，因此下降不会停在错误的极小值处。",
    ),
    Text(
        "At a saddle point the partial derivatives have no extreme values: they are 0. It is the function that has a "
        "maximum along one direction and a minimum along another.",
        "在鞍点处，取极值的不是偏导数：偏导数都为 0。是函数本身沿一个方向取极大，沿另一个方向取极小。",
    ),
)
