"""The tests of the layer. The second one fails: what `dense_backward` returns is not the gradient of `dense`."""

import gradproof as gp
import numpy as np
from gradproof import strategies
from layers import dense, dense_backward

ARGUMENTS = {
    "X": strategies.real("N", "d"),
    "W": strategies.weights("d", "m"),
    "b": strategies.weights("m"),
}


def test_the_layer():
    gp.assert_identity(dense, lambda X, W, b: np.tanh(b + X @ W), **ARGUMENTS)


def test_the_backward_pass():
    gp.assert_backward(dense, dense_backward, **ARGUMENTS)
