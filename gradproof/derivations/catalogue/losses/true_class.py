"""The loss of the true class, −log p, by its probability."""

from gradproof.derivations.calculus import Domain, Scalar, Text, define, derive, log

p = Scalar("p", Domain.UNIT)
loss = define("L", -log(p))


def reference(p):
    return -1 / p


def operation(torch, p):
    return -torch.log(p)


true_class_loss_derivative = derive(
    loss[()],
    p,
    name="true_class_loss_derivative",
    title=Text(
        "The derivative of the loss of the true class with respect to its probability", "真实类别的损失对其概率的导数"
    ),
    textbook=-1 / p,
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "It is negative: a larger p always means a smaller loss. At p near 0 it is steep, at p = 1 the slope is "
            "still −1.",
            "导数为负：p 越大，损失总是越小。p 接近 0 时很陡，p = 1 处斜率仍为 −1。",
        ),
    ),
)
