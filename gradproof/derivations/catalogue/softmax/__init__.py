"""Softmax."""

from gradproof.derivations.calculus import Text

TITLE = Text("Softmax", "Softmax")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "jacobian",
    "shift",
    "ratio",
    "temperature",
    "log_softmax",
    "log_sum_exp",
    "log_sum_exp_bounds",
    "hessian",
    "convex",
)

#: What students often read, and what is meant.
OFTEN_MISREAD = (
    Text(
        "Softmax can widen ratios, never differences, since p_i/p_j = exp(z_i − z_j). The logits 2 and 1 become 0.731 "
        "and 0.269: the ratio grows from 2 to 2.718, the difference falls from 1 to 0.462.",
        "softmax 扩大的是比值而不是差值，并且取决于 logits 之差：p_i/p_j = exp(z_i − z_j)。logits 2 与 1 变为 0.731 与"
        " 0.269：比值由 2 增大到 2.718，差值却由 1 减小到 0.462。",
    ),
)
