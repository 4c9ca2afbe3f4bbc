"""Backpropagation through one hidden layer, sigmoid everywhere, as in the course."""

import numpy as np

from gradproof.derivations.calculus import Dim, Matrix, Program, Sum, Text, Vector, define, sigmoid

I, J, K = Dim("I", "i"), Dim("J", "j"), Dim("K", "k")  # noqa: E741 - the sizes are called so in the course
i, j, k = I.index("i"), J.index("j"), K.index("k")
x = Vector("x", I)
t = Vector("t", K)
W1 = Matrix("W^(1)", I, J)
W2 = Matrix("W^(2)", J, K)
z1 = define("z^(1)", j, Sum(W1[i, j] * x[i], i))
a = define("a", j, sigmoid(z1[j]))
z2 = define("z^(2)", k, Sum(W2[j, k] * a[j], j))
o = define("o", k, sigmoid(z2[k]))
E = define("E", Sum((o[k] - t[k]) ** 2, k) / 2)
network = Program(E, adjoints={z2: "delta^(2)", z1: "delta^(1)"}, fold=(a, o))
delta2, delta1 = network.adjoint(z2), network.adjoint(z1)
SOURCE = "Goodfellow, Bengio, Courville, Deep Learning, 2016, section 6.5"


def operation_of_outputs(torch, z2, t):
    return torch.nn.functional.mse_loss(torch.sigmoid(z2), t, reduction="sum") / 2


def operation_of_hidden(torch, z1, W2, t):
    return operation_of_outputs(torch, torch.sigmoid(z1) @ W2, t)


def operation(torch, x, W1, W2, t):
    return operation_of_hidden(torch, x @ W1, W2, t)


def output_delta_reference(x, t, W1, W2):
    a = 1 / (1 + np.exp(-(x @ W1)))
    o = 1 / (1 + np.exp(-(a @ W2)))
    return (o - t) * o * (1 - o)


hidden_layer_output_delta = network.derive(
    z2[k],
    name="hidden_layer_output_delta",
    title=Text("One hidden layer: δ of the output layer", "一个隐藏层：输出层的 δ"),
    textbook=(o[k] - t[k]) * o[k] * (1 - o[k]),
    reference=output_delta_reference,
    operation=operation_of_outputs,
    sources=(SOURCE,),
)


def output_weights_reference(x, t, W1, W2):
    a = 1 / (1 + np.exp(-(x @ W1)))
    o = 1 / (1 + np.exp(-(a @ W2)))
    return np.outer(a, (o - t) * o * (1 - o))


hidden_layer_output_weights = network.derive(
    W2[j, k],
    name="hidden_layer_output_weights",
    title=Text("One hidden layer: the weights of the output layer", "一个隐藏层：输出层的权重"),
    textbook=delta2[k] * a[j],
    reference=output_weights_reference,
    operation=operation,
    sources=(SOURCE,),
)


def hidden_delta_reference(x, t, W1, W2):
    a = 1 / (1 + np.exp(-(x @ W1)))
    o = 1 / (1 + np.exp(-(a @ W2)))
    delta2 = (o - t) * o * (1 - o)
    return a * (1 - a) * (W2 @ delta2)


hidden_layer_hidden_delta = network.derive(
    z1[j],
    name="hidden_layer_hidden_delta",
    title=Text("One hidden layer: δ of the hidden layer", "一个隐藏层：隐藏层的 δ"),
    textbook=a[j] * (1 - a[j]) * Sum(W2[j, k] * delta2[k], k),
    reference=hidden_delta_reference,
    operation=operation_of_hidden,
    sources=(SOURCE,),
)


def hidden_weights_reference(x, t, W1, W2):
    a = 1 / (1 + np.exp(-(x @ W1)))
    o = 1 / (1 + np.exp(-(a @ W2)))
    delta2 = (o - t) * o * (1 - o)
    delta1 = a * (1 - a) * (W2 @ delta2)
    return np.outer(x, delta1)


hidden_layer_hidden_weights = network.derive(
    W1[i, j],
    name="hidden_layer_hidden_weights",
    title=Text("One hidden layer: the weights of the hidden layer", "一个隐藏层：隐藏层的权重"),
    textbook=delta1[j] * x[i],
    reference=hidden_weights_reference,
    operation=operation,
    sources=(SOURCE,),
    remarks=(
        Text(
            "The input x may as well be the output of a layer before it: nothing else is needed to go on backwards.",
            "输入 x 也可以是前一层的输出：继续向前反传不需要别的东西。",
        ),
    ),
)
