"""A linear layer on a batch of N samples (the shapes of nn.Linear), for every loss above it."""

import numpy as np

from gradproof.derivations.calculus import Dim, Matrix, Program, Sum, Tensor, Text, Vector, define

N, m, h = Dim("N", "r s"), Dim("m", "i l"), Dim("h", "k l")
r, i, k = N.index("r"), m.index("i"), h.index("k")
X = Matrix("X", N, m)
W = Matrix("W", m, h)
b = Vector("b", h)
Z = define("Z", r, k, Sum(X[r, i] * W[i, k], i) + b[k])
E = Tensor("E")
layer = Program(E, adjoints={Z: "Delta"}, outputs=(Z,))
Delta = layer.adjoint(Z)


def operation(torch, X, W, b):
    return torch.nn.functional.linear(X, W.T, b)


def weights_reference(X, Delta):
    return X.T @ Delta


batch_weights = layer.derive(
    W[i, k],
    name="batch_weights",
    title=Text("Linear layer on a batch: the weights", "批量线性层：权重"),
    textbook=Sum(X[r, i] * Delta[r, k], r),
    reference=weights_reference,
    operation=operation,
)


def bias_reference(Delta):
    return np.sum(Delta, axis=0)


batch_bias = layer.derive(
    b[k],
    name="batch_bias",
    title=Text("Linear layer on a batch: the bias", "批量线性层：偏置"),
    textbook=Sum(Delta[r, k], r),
    reference=bias_reference,
    operation=operation,
)


def inputs_reference(W, Delta):
    return Delta @ W.T


batch_inputs = layer.derive(
    X[r, i],
    name="batch_inputs",
    title=Text("Linear layer on a batch: what flows on to the layer below", "批量线性层：传给前一层的梯度"),
    textbook=Sum(Delta[r, k] * W[i, k], k),
    reference=inputs_reference,
    operation=operation,
)
