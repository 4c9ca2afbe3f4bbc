"""The perceptron with one output, a sigmoid and the loss ½(o − t)²."""

import numpy as np

from gradproof.derivations.calculus import Dim, Program, Scalar, Sum, Text, Vector, define, sigmoid

m = Dim("m", "j i l")
i, j = m.indices("i j")
x = Vector("x", m)
w = Vector("w", m)
b = Scalar("b")
t = Scalar("t")
z = define("z", Sum(w[i] * x[i], i) + b)
o = define("o", sigmoid(z[()]))
E = define("E", (o[()] - t) ** 2 / 2)
network = Program(E, fold=(o,))


def operation_of_logit(torch, z, t):
    return torch.nn.functional.mse_loss(torch.sigmoid(z), t, reduction="sum") / 2


def operation(torch, x, w, b, t):
    return operation_of_logit(torch, torch.nn.functional.linear(x, w, b), t)


def delta_reference(x, w, b, t):
    o = 1 / (1 + np.exp(-(w @ x + b)))
    return (o - t) * o * (1 - o)


perceptron_delta = network.derive(
    z[()],
    name="perceptron_delta",
    title=Text("Perceptron with one output: the logit", "单输出感知机：logit"),
    textbook=(o[()] - t) * o[()] * (1 - o[()]),
    reference=delta_reference,
    operation=operation_of_logit,
)


def reference(x, w, b, t):
    o = 1 / (1 + np.exp(-(w @ x + b)))
    return (o - t) * o * (1 - o) * x


perceptron_weights = network.derive(
    w[j],
    name="perceptron_weights",
    title=Text("Perceptron with one output: the weights", "单输出感知机：权重"),
    textbook=(o[()] - t) * o[()] * (1 - o[()]) * x[j],
    reference=reference,
    operation=operation,
    sources=("Bishop, Pattern Recognition and Machine Learning, 2006, section 5.3.1",),
)


def bias_reference(x, w, b, t):
    o = 1 / (1 + np.exp(-(w @ x + b)))
    return (o - t) * o * (1 - o)


perceptron_bias = network.derive(
    b,
    name="perceptron_bias",
    title=Text("Perceptron with one output: the bias", "单输出感知机：偏置"),
    textbook=(o[()] - t) * o[()] * (1 - o[()]),
    reference=bias_reference,
    operation=operation,
)


def inputs_reference(x, w, b, t):
    o = 1 / (1 + np.exp(-(w @ x + b)))
    return (o - t) * o * (1 - o) * w


perceptron_inputs = network.derive(
    x[j],
    name="perceptron_inputs",
    title=Text("Perceptron with one output: the inputs", "单输出感知机：输入"),
    textbook=(o[()] - t) * o[()] * (1 - o[()]) * w[j],
    reference=inputs_reference,
    operation=operation,
    remarks=(
        Text(
            "Data are not trained; but if x is the output of a layer below, this is what that layer receives.",
            "数据本身不参与训练；但若 x 是前一层的输出，这就是传给前一层的梯度。",
        ),
    ),
)
