"""Layers as people write them, with backward passes by hand: what is right is proved, what is wrong is named."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest

from gradproof import strategies
from gradproof.regression.assertions import assert_backward
from gradproof.regression.checked import RefutedError, WrongShapeError
from gradproof.verify.verdict import Verdict

from . import layers


def attention(Q: Any, K: Any, V: Any) -> Any:
    return layers.softmax(Q @ K.T / np.sqrt(Q.shape[-1])) @ V


def attention_backward(dY: Any, Q: Any, K: Any, V: Any, scaled: bool = True) -> Any:
    scale = 1 / np.sqrt(Q.shape[-1])
    A = layers.softmax(Q @ K.T * scale)
    dA = dY @ V.T
    dS = A * (dA - (dA * A).sum(-1, keepdims=True)) * (scale if scaled else 1)
    return dS @ K, dS.T @ Q, A.T @ dY


ATTENTION = {"Q": strategies.real("n", 2), "K": strategies.real("m", 2), "V": strategies.real("m", "v")}


def test_attention_is_proved_for_any_shift_of_its_softmax() -> None:
    found = assert_backward(attention, attention_backward, **ATTENTION)
    assert found.verdict is Verdict.PROVED and "kinks" not in found.scope


def test_a_factor_that_is_lost_is_named_by_its_size() -> None:
    with pytest.raises(RefutedError, match=r"what is wrong is 1\.414 times what it should be"):
        assert_backward(attention, partial(attention_backward, scaled=False), **ATTENTION)


def recurrent(x: Any, W: Any, U: Any, steps: int = 15) -> Any:
    h = np.zeros(2)
    for _ in range(steps):
        h = np.tanh(W @ h + U @ x)
    return h


def recurrent_backward(dh: Any, x: Any, W: Any, U: Any, steps: int = 15) -> Any:
    states = [np.zeros(2)]
    for _ in range(steps):
        states.append(np.tanh(W @ states[-1] + U @ x))
    dW, dU, dx = np.zeros_like(W), np.zeros_like(U), np.zeros_like(x)
    for step in range(steps - 1, -1, -1):
        da = dh * (1 - states[step + 1] ** 2)
        dW, dU, dx = dW + np.outer(da, states[step]), dU + np.outer(da, x), dx + U.T @ da
        dh = W.T @ da
    return dx, dW, dU


def test_a_network_that_repeats_itself_is_proved() -> None:
    """Its formula has some hundred different parts, and a million where it is written out."""
    sizes = {"x": strategies.real(2), "W": strategies.weights(2, 2), "U": strategies.weights(2, 2)}
    assert assert_backward(recurrent, recurrent_backward, **sizes).verdict is Verdict.PROVED


def embedding_backward(dY: Any, W: Any, places: Any) -> Any:
    dW = np.zeros_like(W)
    np.add.at(dW, places, dY)
    return dW


def embedding_backward_without_repetitions(dY: Any, W: Any, places: Any) -> Any:
    dW = np.zeros_like(W)
    dW[places] += dY
    return dW


def test_a_row_that_is_looked_up_twice_counts_twice() -> None:
    rows = {"W": strategies.weights("V", "d"), "places": strategies.labels("N", classes="V")}
    assert assert_backward(lambda W, places: W[places], embedding_backward, **rows).verdict is Verdict.PROVED
    with pytest.raises(RefutedError) as caught:
        assert_backward(lambda W, places: W[places], embedding_backward_without_repetitions, **rows)
    difference = caught.value.checked.difference
    assert difference is not None
    places = difference.arguments["places"].tolist()
    assert len(set(places)) < len(places)


def test_a_wrong_constant_is_named() -> None:
    mask = {"x": strategies.real("n"), "mask": strategies.binary("n")}
    with pytest.raises(RefutedError, match="the slip: a number as a factor is forgotten"):
        assert_backward(lambda x, mask: x * mask / 0.8, lambda dy, x, mask: dy * mask, **mask)


def test_code_that_does_not_run_at_all_sizes_says_what_to_do() -> None:
    """The size of a convolution's result is a difference of sizes."""
    def convolved(x: Any, w: Any) -> Any:
        return np.array([(x[k : k + len(w)] * w).sum() for k in range(len(x) - len(w) + 1)])

    def backward(dy: Any, x: Any, w: Any) -> Any:
        return np.convolve(dy, w), np.convolve(x, dy[::-1], mode="valid")

    with pytest.raises(WrongShapeError, match=r"upstream=strategies\.real"):
        assert_backward(convolved, backward, x=strategies.real("n"), w=strategies.real("k"))
    fixed = {"x": strategies.real(5), "w": strategies.real(3), "upstream": strategies.real(3)}
    assert assert_backward(convolved, backward, **fixed).verdict is Verdict.PROVED
