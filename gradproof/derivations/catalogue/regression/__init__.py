"""Linear and logistic regression, and why accuracy is no loss."""

from gradproof.derivations.calculus import Text

TITLE = Text("Linear and logistic regression", "线性回归与逻辑回归")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "linear_regression",
    "logistic_regression",
    "log_odds",
    "logistic_hessian",
    "logistic_convex",
    "accuracy",
)

#: What students often read, and what is meant.
OFTEN_MISREAD = (
    Text(
        "That the accuracy jumps is no exploding gradient: at a jump there is no derivative, and everywhere else it "
        "is 0. An exploding gradient is a derivative that exists and is very large.",
        "准确率的跳变不是梯度爆炸：在跳变处导数不存在，在其他处导数为 0。梯度爆炸是指导数存在但非常大。",
    ),
)
