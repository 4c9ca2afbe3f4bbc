"""Binary and multi-class classification, and the linear layer on a batch."""

from gradproof.derivations.calculus import Text

TITLE = Text("Binary and multi-class classification", "二分类与多分类")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "two_classes",
    "cross_entropy_one_hot",
    "cross_entropy",
    "worked_example",
    "batch",
    "nn_linear",
    "softmax_regression",
)

#: What students often read, and what is meant.
OFTEN_MISREAD = (
    Text(
        "A falling loss is not the same as a rising accuracy: the loss also rewards answers that were right already "
        "for becoming surer.",
        "损失下降不等于准确率上升：已经答对的样本变得更有把握，也会使损失下降。",
    ),
)
