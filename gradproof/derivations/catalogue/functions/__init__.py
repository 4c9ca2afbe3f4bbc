"""Gradients of the functions that everything else is made of."""

from gradproof.derivations.calculus import Text

TITLE = Text("Gradients of common functions", "常见函数的梯度")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "rules",
    "linear",
    "line",
    "power",
    "exponential",
    "logarithm",
    "quadratic",
    "bilinear",
    "trace",
)

#: What students often read, and what is meant.
OFTEN_MISREAD = (
    Text(
        "The gradient of xᵀAx is (A + Aᵀ)x. It is 2Ax for a symmetric A only.",
        "xᵀAx 的梯度是 (A + Aᵀ)x。只有当 A 对称时才等于 2Ax。",
    ),
)
