"""Networks with a given number of layers: every line is short, however deep the network is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradproof.derivations.calculus import (
    Derivation,
    Dim,
    Entry,
    Matrix,
    Program,
    Sum,
    Tensor,
    Text,
    Vector,
    define,
    sigmoid,
)


@dataclass(frozen=True, slots=True)
class Network:
    """A network of sigmoid layers with the loss ½‖a − t‖², layer by layer from the input."""

    program: Program
    weights: tuple[Entry, ...]
    biases: tuple[Entry, ...]
    logits: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]


def network(hidden: int) -> Network:
    """A network with `hidden` hidden layers. Raises ValueError for fewer than one."""
    if hidden < 1:
        raise ValueError(f"a network with {hidden} hidden layers; at least 1 is needed")
    widths = [Dim(f"n_{layer}", "j k i l" if layer % 2 else "k j i l") for layer in range(hidden + 2)]
    weights, biases, logits, outputs = [], [], [], []
    below = Vector("x", widths[0])
    for layer in range(1, hidden + 2):
        j, k = widths[layer - 1].index("j"), widths[layer].index("k")
        weight = Matrix(f"W^({layer})", widths[layer - 1], widths[layer])
        bias = Vector(f"b^({layer})", widths[layer])
        z = define(f"z^({layer})", k, Sum(weight[j, k] * below[j], j) + bias[k])
        below = define(f"a^({layer})", k, sigmoid(z[k]))
        weights.append(weight[j, k])
        biases.append(bias[k])
        logits.append(z)
        outputs.append(below)
    target = Vector("t", widths[-1])
    loss = define("E", Sum((below[k] - target[k]) ** 2, k) / 2)
    adjoints = {z: f"delta^({layer})" for layer, z in enumerate(logits, start=1)}
    program = Program(loss, adjoints=adjoints, fold=tuple(outputs))
    return Network(program, tuple(weights), tuple(biases), tuple(logits), tuple(outputs))


_two = network(hidden=2)


def delta_3(x, t, W1, b1, W2, b2, W3, b3):
    a1 = 1 / (1 + np.exp(-(x @ W1 + b1)))
    a2 = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
    a3 = 1 / (1 + np.exp(-(a2 @ W3 + b3)))
    return (a3 - t) * a3 * (1 - a3)


def delta_2(x, W1, b1, W2, b2, W3, delta3):
    a1 = 1 / (1 + np.exp(-(x @ W1 + b1)))
    a2 = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
    return a2 * (1 - a2) * (W3 @ delta3)


def delta_1(x, W1, b1, W2, delta2):
    a1 = 1 / (1 + np.exp(-(x @ W1 + b1)))
    return a1 * (1 - a1) * (W2 @ delta2)


def weights_3(x, W1, b1, W2, b2, delta3):
    a1 = 1 / (1 + np.exp(-(x @ W1 + b1)))
    a2 = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
    return np.outer(a2, delta3)


def weights_2(x, W1, b1, delta2):
    a1 = 1 / (1 + np.exp(-(x @ W1 + b1)))
    return np.outer(a1, delta2)


def weights_1(x, delta1):
    return np.outer(x, delta1)


def operation_3(torch, z3, t):
    return torch.nn.functional.mse_loss(torch.sigmoid(z3), t, reduction="sum") / 2


def operation_2(torch, z2, t, W3, b3):
    return operation_3(torch, torch.nn.functional.linear(torch.sigmoid(z2), W3.T, b3), t)


def operation_1(torch, z1, t, W2, b2, W3, b3):
    return operation_2(torch, torch.nn.functional.linear(torch.sigmoid(z1), W2.T, b2), t, W3, b3)


def operation(torch, x, t, W1, b1, W2, b2, W3, b3):
    return operation_1(torch, torch.nn.functional.linear(x, W1.T, b1), t, W2, b2, W3, b3)


def _weights(layer: int, reference: Callable[..., Any]) -> Derivation:
    entry = _two.weights[layer - 1]
    below, _ = entry.indices
    inputs = _two.outputs[layer - 2] if layer > 1 else Vector("x", below.dim)
    return _two.program.derive(
        entry,
        name=f"deep_network_weights_{layer}",
        title=Text(f"Two hidden layers: the weights of layer {layer}", f"两个隐藏层：第 {layer} 层的权重"),
        textbook=_two.program.adjoint(_two.logits[layer - 1])[entry.indices[1]] * inputs[below],
        reference=reference,
        operation=operation,
    )


def _delta(layer: int, reference: Callable[..., Any], from_logits: Callable[..., Any]) -> Derivation:
    z, a = _two.logits[layer - 1], _two.outputs[layer - 1]
    (k,) = z.definition[0]
    if layer == len(_two.logits):
        above = a[k] - Vector("t", k.dim)[k]
    else:
        next_weight = _two.weights[layer].tensor
        r = next_weight.dims[1].index("r")
        above = Sum(next_weight[k, r] * _two.program.adjoint(_two.logits[layer])[r], r)
    return _two.program.derive(
        z[k],
        name=f"deep_network_delta_{layer}",
        title=Text(f"Two hidden layers: δ of layer {layer}", f"两个隐藏层：第 {layer} 层的 δ"),
        textbook=above * a[k] * (1 - a[k]),
        reference=reference,
        operation=from_logits,
    )


deep_network_delta_3 = _delta(3, delta_3, operation_3)
deep_network_weights_3 = _weights(3, weights_3)
deep_network_delta_2 = _delta(2, delta_2, operation_2)
deep_network_weights_2 = _weights(2, weights_2)
deep_network_delta_1 = _delta(1, delta_1, operation_1)
deep_network_weights_1 = _weights(1, weights_1)
