"""The four equations of backpropagation, for one layer of any width, any activation and any loss above it.

Any depth follows by induction: the layer below meets exactly the same situation, with δ of this layer in the place of
δ of the next one.
"""

import numpy as np

from gradproof.derivations.calculus import Activation, Dim, Matrix, Partial, Program, Sum, Tensor, Text, Vector, define

I, J, K = Dim("I", "i"), Dim("J", "j"), Dim("K", "k")  # noqa: E741
i, j, k = I.index("i"), J.index("j"), K.index("k")
phi = Activation("phi")
x = Vector("x", I)
W = Matrix("W", I, J)
b = Vector("b", J)
V = Matrix("V", J, K)
c = Vector("c", K)
z = define("z", j, Sum(W[i, j] * x[i], i) + b[j])
a = define("a", j, phi(z[j]))
u = define("u", k, Sum(V[j, k] * a[j], j) + c[k])
E = Tensor("E")
layer = Program(E, adjoints={u: "delta^(next)", z: "delta"}, outputs=(u,))
last_layer = Program(E, adjoints={z: "delta"}, outputs=(a,))
delta_next, delta = layer.adjoint(u), layer.adjoint(z)
SOURCE = "Nielsen, Neural Networks and Deep Learning, 2015, chapter 2"
INDUCTION = Text(
    "One generic layer with symbolic widths is proved, for every activation and every loss above it. Any depth follows "
    "by induction from the output backwards: the last layer starts it, and each layer hands its δ to the one below.",
    "这里对任意宽度、任意激活函数以及其后的任意损失，证明了一般的一层。任意深度的情形由从输出层向前的归纳得到：最后一层是起点，"
    "每一层把自己的 δ 交给前一层。",
)

layer_output_delta = last_layer.derive(
    z[j],
    name="layer_output_delta",
    title=Text("Backpropagation 1: δ of the last layer", "反向传播 1：最后一层的 δ"),
    textbook=Partial(E[()], a[j]) * phi(z[j], order=1),
    sources=(SOURCE,),
    remarks=(INDUCTION,),
)

layer_delta = layer.derive(
    z[j],
    name="layer_delta",
    title=Text("Backpropagation 2: δ of a layer from δ of the next", "反向传播 2：由后一层的 δ 求本层的 δ"),
    textbook=phi(z[j], order=1) * Sum(V[j, k] * delta_next[k], k),
    sources=(SOURCE,),
)


def operation(torch, x, W, b):
    return torch.nn.functional.linear(x, W.T, b)


def bias_reference(delta):
    return delta


layer_bias = layer.derive(
    b[j],
    name="layer_bias",
    title=Text("Backpropagation 3: the bias", "反向传播 3：偏置"),
    textbook=delta[j],
    reference=bias_reference,
    operation=operation,
    sources=(SOURCE,),
)


def weights_reference(x, delta):
    return np.outer(x, delta)


layer_weights = layer.derive(
    W[i, j],
    name="layer_weights",
    title=Text("Backpropagation 4: the weights", "反向传播 4：权重"),
    textbook=x[i] * delta[j],
    reference=weights_reference,
    operation=operation,
    sources=(SOURCE,),
)
