"""The perceptron with many outputs: each weight meets its own output only."""

import numpy as np

from gradproof.derivations.calculus import Dim, Matrix, Program, Sum, Text, Vector, define, sigmoid

m, n = Dim("m", "i j l"), Dim("n", "k l r")
i, j = m.indices("i j")
k = n.index("k")
x = Vector("x", m)
W = Matrix("W", m, n)
b = Vector("b", n)
t = Vector("t", n)
z = define("z", k, Sum(W[i, k] * x[i], i) + b[k])
o = define("o", k, sigmoid(z[k]))
E = define("E", Sum((o[k] - t[k]) ** 2, k) / 2)
network = Program(E, fold=(o,))


def operation_of_logits(torch, z, t):
    return torch.nn.functional.mse_loss(torch.sigmoid(z), t, reduction="sum") / 2


def operation(torch, x, W, b, t):
    return operation_of_logits(torch, torch.nn.functional.linear(x, W.T, b), t)


def delta_reference(x, W, b, t):
    o = 1 / (1 + np.exp(-(x @ W + b)))
    return (o - t) * o * (1 - o)


multiple_perceptron_delta = network.derive(
    z[k],
    name="multiple_perceptron_delta",
    title=Text("Perceptron with many outputs: the logits", "多输出感知机：logits"),
    textbook=(o[k] - t[k]) * o[k] * (1 - o[k]),
    reference=delta_reference,
    operation=operation_of_logits,
)


def reference(x, W, b, t):
    o = 1 / (1 + np.exp(-(x @ W + b)))
    return np.outer(x, (o - t) * o * (1 - o))


multiple_perceptron_weights = network.derive(
    W[j, k],
    name="multiple_perceptron_weights",
    title=Text("Perceptron with many outputs: the weights", "多输出感知机：权重"),
    textbook=(o[k] - t[k]) * o[k] * (1 - o[k]) * x[j],
    reference=reference,
    operation=operation,
    sources=("Bishop, Pattern Recognition and Machine Learning, 2006, section 5.3.1",),
)


def bias_reference(x, W, b, t):
    o = 1 / (1 + np.exp(-(x @ W + b)))
    return (o - t) * o * (1 - o)


multiple_perceptron_bias = network.derive(
    b[k],
    name="multiple_perceptron_bias",
    title=Text("Perceptron with many outputs: the biases", "多输出感知机：偏置"),
    textbook=(o[k] - t[k]) * o[k] * (1 - o[k]),
    reference=bias_reference,
    operation=operation,
)


def inputs_reference(x, W, b, t):
    o = 1 / (1 + np.exp(-(x @ W + b)))
    return W @ ((o - t) * o * (1 - o))


multiple_perceptron_inputs = network.derive(
    x[j],
    name="multiple_perceptron_inputs",
    title=Text("Perceptron with many outputs: the inputs", "多输出感知机：输入"),
    textbook=Sum((o[k] - t[k]) * o[k] * (1 - o[k]) * W[j, k], k),
    reference=inputs_reference,
    operation=operation,
    remarks=(
        Text(
            "A weight leads to one output, an input to all of them: this is where the sum in backpropagation comes "
            "from.",
            "一个权重只通向一个输出，而一个输入通向所有输出：反向传播中的求和由此而来。",
        ),
    ),
)
