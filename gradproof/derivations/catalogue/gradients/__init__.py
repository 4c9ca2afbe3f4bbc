"""Derivatives, partial derivatives, gradients: what they are, by definition and along curves."""

from gradproof.derivations.calculus import Text

TITLE = Text("Derivative, partial derivative, gradient", "导数、偏导数与梯度")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "definition",
    "partial_derivatives",
    "along",
    "contour",
    "steepest",
)

#: What students often read, and what is meant.
OFTEN_MISREAD = (
    Text(
        "The derivative is a number at each point, how fast y changes there; not the trend of the whole curve.",
        "导数是每一点处的一个数，表示 y 在该点变化的快慢；而不是整条曲线的趋势。",
    ),
    Text(
        "The gradient does not run along the contour lines of a loss but is normal to them, and points uphill; "
        "descent goes against it.",
        "梯度并不沿着损失的等高线，而是等高线的法线方向，并且指向上坡；梯度下降沿相反方向进行。",
    ),
)
