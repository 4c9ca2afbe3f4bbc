"""Torch's autograd against results: truths agree, slips are seen, and what is absent is said."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch
from sympy import Rational, sin

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Dim, Limit, Partial, Relation, Scalar, Sum, Vector, relu, softplus, step
from gradproof.verify.autograd import TorchAutograd, oracle
from gradproof.verify.autograd.arithmetic import AutogradEvaluator, TorchArithmetic
from gradproof.verify.autograd.oracle import deterministic
from gradproof.verify.check import claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Point
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Evidence, Verdict

x = Scalar("x")
n = Dim("n")
i, k = n.indices("i k")
z = Vector("z", n)


@pytest.fixture(params=["cpu", pytest.param("cuda", marks=pytest.mark.cuda)])
def device(request: pytest.FixtureRequest) -> Iterator[str]:
    """With -m cuda and no such device the test fails: nothing that was asked for is skipped."""
    if request.param == "cuda":
        assert torch.cuda.is_available(), "a CUDA device was asked for, and Torch finds none"
    yield request.param


def run(claim: Claim, device: str = "cpu", points: int = 200, **options: object) -> Evidence:
    return TorchAutograd(device, **options).run(claim, Budget(points=points), 0)


def test_truths_agree(truths: dict[str, Claim], device: str) -> None:
    for name, claim in truths.items():
        found = run(claim, device)
        assert found.verdict is Verdict.AGREES, (name, found)
        assert found.worst is not None and found.worst <= 1
        assert 0.3 * found.drawn < found.effective
        assert found.scope.endswith(f"float64, {device}") and found.device.startswith(device)
        assert found.versions["torch"] == torch.__version__ and found.versions["numpy"] == np.__version__
        assert ("cuda" in found.versions) is (device == "cuda")


def test_every_slip_is_seen_but_never_called_refuted(falsehoods: dict[str, Claim], device: str) -> None:
    for name, claim in falsehoods.items():
        found = run(claim, device, points=120, modes=(Mode.BOUNDED,))
        assert found.verdict is Verdict.UNDECIDED and found.disagrees, (name, found)


def test_every_stored_result_agrees_and_a_millionth_is_seen(device: str) -> None:
    claims = [claim for name in catalogue.names() for claim in claims_of(catalogue.find(name))]
    results = [c for c in claims if c.name.endswith(":result") and c.rhs != 0 and not c.lhs.has(Limit)]
    assert len(results) > 0.8 * len(catalogue.names())
    for claim in results:
        modes = (Mode.NORMAL,)
        right = run(claim, device, points=120, modes=modes)
        assert right.verdict is Verdict.AGREES, (claim.name, right)
        if claim.relation is Relation.EQUAL:
            wrong = replace(claim, rhs=claim.rhs * (1 + Rational(1, 10**6)))
            assert run(wrong, device, points=120, modes=modes).disagrees, claim.name


def test_torch_is_asked_for_the_derivative(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong gradient of Torch is seen, although both of our own ways to the derivative are right."""
    right = Claim("tanh", Partial(softplus(x), x), Relation.EQUAL, 1 - 1 / (1 + softplus(x) * 0 + _exp(x)))
    assert run(right).verdict is Verdict.AGREES
    honest = torch.autograd.grad
    monkeypatch.setattr(torch.autograd, "grad", lambda *a, **o: tuple(g * (1 + 1e-6) for g in honest(*a, **o)))
    assert run(right).disagrees


def _exp(argument: object) -> object:
    from gradproof.derivations.calculus import exp

    return exp(argument)


def test_a_slip_in_the_calculus_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from gradproof.derivations.calculus import DERIVATIVES, Text, derive, tanh

    monkeypatch.setitem(DERIVATIVES, tanh, lambda f, argument: 1 + f**2)
    wrong = derive(tanh(x), x, name="wrong", title=Text("wrong", "错"))
    claims = {claim.name: claim for claim in claims_of(wrong)}
    assert run(claims["wrong:result"]).disagrees


def test_the_convention_at_the_kink_is_torch_s() -> None:
    zero = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(torch.relu(zero).sum(), zero)
    assert slope.item() == 0
    claim = Claim("relu", Partial(relu(x), x), Relation.EQUAL, step(x))
    assert run(claim, modes=(Mode.ZEROS,)).verdict is Verdict.AGREES
    assert run(replace(claim, rhs=1 - step(-x)), modes=(Mode.ZEROS,)).disagrees


def test_gradients_of_points_are_not_mixed() -> None:
    """Each point has its own gradient, also by a tensor that is the same at all points."""
    constant = Vector("c", n)
    values = {z: torch.arange(6.0, dtype=torch.float64).reshape(3, 2), constant: torch.ones(1, 2, dtype=torch.float64)}
    evaluator = AutogradEvaluator(TorchArithmetic(torch.device("cpu")), Point({n: 2}, values.__getitem__), 3, ())
    found = evaluator.value(Partial(Sum(constant[k] * z[k] ** 2, k), constant[i]), (i,))
    assert torch.equal(found, values[z] ** 2)


def test_softplus_has_no_threshold() -> None:
    argument = torch.tensor([[25.0]], dtype=torch.float64)
    ours = TorchArithmetic(torch.device("cpu")).apply(softplus, argument).item()
    assert ours > 25 and torch.nn.functional.softplus(argument).item() == 25


def test_what_is_absent_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = Claim("one", x, Relation.EQUAL, x)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    found = run(claim, "cuda")
    assert found.verdict is Verdict.UNAVAILABLE and "CUDA" in found.detail and not found.verdict.ok
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    found = run(claim, "cpu")
    assert found.verdict is Verdict.UNAVAILABLE and "not installed" in found.detail
    with pytest.raises(ValueError, match="tpu"):
        TorchAutograd("tpu")


def test_a_tensor_on_another_device_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The device that the evidence names is the one that computed."""
    monkeypatch.setattr(oracle, "unavailable", lambda device: "")
    monkeypatch.setattr(torch, "device", lambda name: torch.empty(0).device)
    found = run(Claim("one", x, Relation.EQUAL, x), "cuda")
    assert found.verdict is Verdict.ERROR and "not to cuda" in found.detail


def test_settings_of_torch_are_restored() -> None:
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.use_deterministic_algorithms(True, warn_only=True)
    try:
        with pytest.raises(ZeroDivisionError), deterministic():
            assert not torch.backends.cuda.matmul.allow_tf32 and not torch.backends.cudnn.allow_tf32
            assert not torch.is_deterministic_algorithms_warn_only_enabled()
            raise ZeroDivisionError
        assert torch.backends.cuda.matmul.allow_tf32
        assert torch.is_deterministic_algorithms_warn_only_enabled()
    finally:
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.use_deterministic_algorithms(False)


def test_the_same_seed_gives_the_same_evidence() -> None:
    claim = Claim("relu", Partial(relu(x), x), Relation.EQUAL, step(x))
    assert run(claim) == run(claim)


def test_what_goes_wrong_is_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(Claim("sine", sin(x), Relation.EQUAL, x)).verdict is Verdict.UNDECIDED

    def broken(*_: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(TorchAutograd, "_left", broken)
    failed = run(Claim("one", x, Relation.EQUAL, x))
    assert failed.verdict is Verdict.ERROR and failed.detail == "RuntimeError: out of memory"


def test_limits_are_not_for_points() -> None:
    (claim, *_) = claims_of(catalogue.find("sigmoid_derivative_limit_right"))
    assert TorchAutograd().supports(claim) == "a limit has no value at a point"
