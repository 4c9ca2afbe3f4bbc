"""The chain rule on two linear layers with one unit each, y = w₂(w₁x + b₁) + b₂."""

from gradproof.derivations.calculus import Program, Scalar, Text, define

x = Scalar("x")
w1, b1, w2, b2 = Scalar("w^(1)"), Scalar("b^(1)"), Scalar("w^(2)"), Scalar("b^(2)")
h = define("h", w1 * x + b1)
y = define("y", w2 * h[()] + b2)
network = Program(y, fold=(h,))


def operation(torch, x, w1, b1, w2, b2):
    return w2 * (w1 * x + b1) + b2


def reference(x, w2):
    return w2 * x


two_layers_first_weight = network.derive(
    w1,
    name="two_layers_first_weight",
    title=Text("Two linear layers: the weight of the first", "两个线性层：第一层的权重"),
    textbook=w2 * x,
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "Inserting h first and differentiating the whole gives the same: the chain rule only orders the work.",
            "先代入 h 再对整体求导，结果相同：链式法则只是把计算组织得更有条理。",
        ),
    ),
)


def second_reference(x, w1, b1):
    return w1 * x + b1


two_layers_second_weight = network.derive(
    w2,
    name="two_layers_second_weight",
    title=Text("Two linear layers: the weight of the second", "两个线性层：第二层的权重"),
    textbook=h[()],
    reference=second_reference,
    operation=operation,
)
