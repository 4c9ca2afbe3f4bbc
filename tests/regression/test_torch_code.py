"""Torch code: backward passes that are written by hand are read from what runs, and proved or refuted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from gradproof import in_torch, strategies
from gradproof.regression.assertions import assert_backward, assert_gradient, assert_identity
from gradproof.regression.checked import DisagreementError, RefutedError
from gradproof.verify.verdict import Verdict

from . import layers

X = strategies.real("n")


class Tanh(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        y = torch.tanh(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx: Any, dy: Any) -> Any:
        (y,) = ctx.saved_tensors
        return dy * (1 - y * y)


class TanhWithoutSquare(Tanh):
    @staticmethod
    def backward(ctx: Any, dy: Any) -> Any:
        (y,) = ctx.saved_tensors
        return dy * (1 - y)


class Relu(torch.autograd.Function):
    """As in the tutorials of Torch."""

    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx: Any, dy: Any) -> Any:
        (x,) = ctx.saved_tensors
        dx = dy.clone()
        dx[x < 0] = 0
        return dx


class ReluEverywhere(Relu):
    @staticmethod
    def backward(ctx: Any, dy: Any) -> Any:
        return dy


class Linear(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Any, w: Any) -> Any:
        ctx.save_for_backward(x, w)
        return x @ w.t()

    @staticmethod
    def backward(ctx: Any, dy: Any) -> Any:
        x, w = ctx.saved_tensors
        return dy @ w, dy.t() @ x


class LinearWithMean(Linear):
    @staticmethod
    def backward(ctx: Any, dy: Any) -> Any:
        dx, dw = Linear.backward(ctx, dy)
        return dx, dw / dy.shape[0]


class Bessel(torch.autograd.Function):
    """Has no formula here."""

    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        ctx.save_for_backward(x)
        return torch.special.bessel_j0(x)

    @staticmethod
    def backward(ctx: Any, dy: Any) -> Any:
        (x,) = ctx.saved_tensors
        return -dy * torch.special.bessel_j1(x)


class BesselTurned(Bessel):
    @staticmethod
    def backward(ctx: Any, dy: Any) -> Any:
        return -Bessel.backward(ctx, dy)


LINEAR = {"x": strategies.real("N", "m"), "w": strategies.weights("k", "m")}


def test_backward_passes_by_hand_are_proved() -> None:
    assert assert_backward(Tanh, x=X).verdict is Verdict.PROVED
    found = assert_backward(Relu, x=X)
    assert found.verdict is Verdict.PROVED and "away from the kinks" in found.scope
    assert assert_backward(Linear, **LINEAR).verdict is Verdict.PROVED


def test_wrong_backward_passes_are_refuted() -> None:
    with pytest.raises(RefutedError, match="the square of 1 − tanh² is forgotten"):
        assert_backward(TanhWithoutSquare, x=X)
    with pytest.raises(RefutedError):
        assert_backward(ReluEverywhere, x=X)
    with pytest.raises(RefutedError, match="by w at"):
        assert_backward(LinearWithMean, **LINEAR)


def test_what_has_no_formula_is_compared_in_numbers() -> None:
    found = assert_backward(Bessel, x=X)
    assert found.verdict is Verdict.AGREES and "bessel_j0" in found.reason
    with pytest.raises(DisagreementError):
        assert_backward(BesselTurned, x=X)


def test_a_module_by_its_parameters_and_nothing_of_it_is_changed() -> None:
    torch.manual_seed(0)
    module = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
    before = {name: one.clone() for name, one in module.named_parameters()}
    found = assert_backward(module, input=strategies.real("N", 2))
    assert found.verdict is Verdict.PROVED
    assert all(name in found.subject for name in ("input", "0.weight", "2.bias"))
    after = dict(module.named_parameters())
    assert all(after[name].dtype == torch.float32 and torch.equal(one, after[name]) for name, one in before.items())


def test_a_module_with_a_wrong_layer_is_refuted() -> None:
    class Layer(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight = torch.nn.Parameter(torch.ones(2, 3))

        def forward(self, x: Any) -> Any:
            return LinearWithMean.apply(x, self.weight)  # type: ignore[no-untyped-call]

    with pytest.raises(RefutedError, match="by weight"):
        assert_backward(Layer(), x=strategies.real("N", 3))


def test_layer_norm_of_torch() -> None:
    found = assert_backward(torch.nn.LayerNorm(3), input=strategies.real("N", 3))
    assert found.verdict is Verdict.PROVED


def test_numpy_code_beside_torch() -> None:
    found = assert_identity(torch.nn.Softplus(), lambda x: np.logaddexp(0, x), x=X)
    assert found.verdict is Verdict.PROVED and "x_1 < 20" in found.scope
    assert assert_identity(torch.tanh, np.tanh, x=X).verdict is Verdict.PROVED
    arguments = {"z": strategies.logits("N", "k"), "t": strategies.labels("N", classes="k")}
    loss = in_torch(lambda z, t: torch.nn.functional.cross_entropy(z, t))
    assert assert_gradient(loss, layers.nll_gradient, **arguments).verdict is Verdict.PROVED
    with pytest.raises(RefutedError):
        assert_gradient(loss, lambda z, t: -layers.nll_gradient(z, t), **arguments)


def test_what_torch_computes_beyond_its_limits_is_not_refuted_by_the_formula() -> None:
    """Above 20 Torch returns x itself: another function, by 2e-9."""
    with pytest.raises(RefutedError) as caught:
        assert_identity(torch.nn.Softplus(), lambda x: np.logaddexp(0, x) * (1 + 1e-9), x=strategies.real())
    difference = caught.value.checked.difference
    assert difference is not None and float(difference.arguments["x"].item()) < 20


def test_without_torch_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ImportError, match="the extra named torch brings it"):
        in_torch(layers.relu)
