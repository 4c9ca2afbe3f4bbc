"""Layers and losses with hand-written backward passes, as people write them: right ones, and what goes wrong."""

from __future__ import annotations

from typing import Any

import numpy as np

EPSILON = 1e-5


def softmax(z: Any) -> Any:
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def softmax_jacobian(z: Any) -> Any:
    p = softmax(z)
    return np.diag(p) - np.outer(p, p)


def cross_entropy(z: Any, y: Any) -> Any:
    shifted = z - np.max(z)
    return -np.sum(y * (shifted - np.log(np.sum(np.exp(shifted)))))


def cross_entropy_gradient(z: Any, y: Any) -> Any:
    return softmax(z) - y


def nll(z: Any, t: Any) -> Any:
    shifted = z - z.max(axis=1, keepdims=True)
    logp = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -logp[np.arange(len(t)), t].mean()


def nll_gradient(z: Any, t: Any) -> Any:
    p = softmax(z)
    p[np.arange(len(t)), t] -= 1
    return p / len(t)


def mse(x: Any, t: Any) -> Any:
    return np.mean((x - t) ** 2)


def mse_gradient(x: Any, t: Any) -> Any:
    return 2 * (x - t) / x.size


def layernorm(X: Any, g: Any, b: Any) -> Any:
    mean, variance = X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)
    return g * (X - mean) / np.sqrt(variance + EPSILON) + b


def layernorm_backward(dY: Any, X: Any, g: Any, b: Any) -> Any:
    mean, variance = X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)
    scale = 1 / np.sqrt(variance + EPSILON)
    hat = (X - mean) * scale
    dhat = dY * g
    dX = scale * (dhat - dhat.mean(axis=1, keepdims=True) - hat * (dhat * hat).mean(axis=1, keepdims=True))
    return dX, (dY * hat).sum(axis=0), dY.sum(axis=0)


def layernorm_without_variance(dY: Any, X: Any, g: Any, b: Any) -> Any:
    """The variance is taken for a constant."""
    variance = X.var(axis=1, keepdims=True)
    dhat = dY * g / np.sqrt(variance + EPSILON)
    return dhat - dhat.mean(axis=1, keepdims=True), *layernorm_backward(dY, X, g, b)[1:]


def linear(X: Any, W: Any, b: Any) -> Any:
    return X @ W + b


def linear_backward(dY: Any, X: Any, W: Any, b: Any) -> Any:
    return dY @ W.T, X.T @ dY, dY.sum(axis=0)


def relu(x: Any) -> Any:
    return np.maximum(x, 0)


def relu_backward(dy: Any, x: Any) -> Any:
    dx = np.array(dy, copy=True)
    dx[x <= 0] = 0
    return dx


def tanh(x: Any) -> Any:
    return np.tanh(x)


def tanh_backward(dy: Any, x: Any) -> Any:
    return dy * (1 - np.tanh(x) ** 2)


def sigmoid(x: Any) -> Any:
    """In the stable form: no exp of a large number."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_backward(dy: Any, x: Any) -> Any:
    s = 1 / (1 + np.exp(-x))
    return dy * s * (1 - s)


def network(X: Any, W1: Any, b1: Any, W2: Any, b2: Any, t: Any) -> Any:
    """Two layers with ReLU between them, softmax and cross-entropy, as in a first course."""
    hidden = np.maximum(0, X @ W1 + b1)
    return nll(hidden @ W2 + b2, t)


def network_gradient(X: Any, W1: Any, b1: Any, W2: Any, b2: Any, t: Any, mask: bool = True) -> Any:
    hidden = np.maximum(0, X @ W1 + b1)
    dscores = nll_gradient(hidden @ W2 + b2, t)
    dhidden = dscores @ W2.T
    if mask:
        dhidden[hidden <= 0] = 0
    return X.T @ dhidden, dhidden.sum(axis=0), hidden.T @ dscores, dscores.sum(axis=0)
