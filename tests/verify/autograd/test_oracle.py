"""Torch's autograd against results: truths agree, slips are seen, and what is absent is said."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from sympy import Rational, sin

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import (
    Activation,
    Dim,
    Limit,
    Partial,
    Relation,
    Scalar,
    Sum,
    Vector,
    relu,
    sigmoid,
    softplus,
    step,
    tanh,
)
from gradproof.verify.autograd import DTYPES, TorchAutograd, oracle
from gradproof.verify.autograd import run as run_module
from gradproof.verify.autograd.arithmetic import AutogradEvaluator, TorchArithmetic
from gradproof.verify.autograd.oracle import deterministic
from gradproof.verify.autograd.rounding import WHOLE, Enclosed
from gradproof.verify.autograd.rounding.rules import RULES
from gradproof.verify.check import RESULT, claims_of
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


def run(claim: Claim, device: str = "cpu", points: int = 200, **options: Any) -> Evidence:
    return TorchAutograd(device, **options).run(claim, Budget(points=points), 0)


#: A slip that each dtype must see in every result: in 16 bits, a result that is off by half of itself.
SLIPS = {"float64": Rational(1, 10**9), "float32": Rational(1, 10**3), "float16": Rational(1), "bfloat16": Rational(1)}


@pytest.mark.parametrize("dtype", DTYPES)
def test_truths_agree(truths: dict[str, Claim], device: str, dtype: str) -> None:
    for name, claim in truths.items():
        found = run(claim, device, 400, dtype=dtype)
        assert found.verdict is Verdict.AGREES, (name, found)
        assert found.worst is not None and found.worst <= 1
        assert found.effective > (0.2 if dtype == "float64" else 0.05) * found.drawn, (name, found)
        assert found.scope.endswith(f"{dtype}, {device}") and found.device.startswith(device)
        assert found.sharpness is not None and found.sharpness.half <= found.sharpness.most <= SLIPS[dtype]
        assert found.versions["torch"] == torch.__version__ and found.versions["numpy"] == np.__version__
        assert ("cuda" in found.versions) is (device == "cuda")


@pytest.mark.parametrize("dtype", DTYPES)
def test_every_slip_is_seen_but_never_called_refuted(falsehoods: dict[str, Claim], device: str, dtype: str) -> None:
    for name, claim in falsehoods.items():
        if dtype == "float64" or not name.endswith("a millionth"):
            found = run(claim, device, 480, modes=(Mode.BOUNDED, Mode.NORMAL), dtype=dtype)
            assert found.verdict is Verdict.UNDECIDED and found.disagrees, (name, found)


def results() -> list[Claim]:
    claims = [claim for name in catalogue.names() for claim in claims_of(catalogue.find(name))]
    return [c for c in claims if c.name.endswith(RESULT) and not c.lhs.has(Limit)]


#: Both sides are 0 whatever is drawn, so that no relative slip could show.
ZERO = {"entropy_of_one_hot", "kl_of_equal", "entropy_stationary_at_uniform"}
ZERO |= {"argmax_derivative", "accuracy_gradient", "scaled_feature_mean", "gradient_normal_to_contour"}
ZERO |= {"across_the_gradient"}
#: Differences of which two or three digits leave nothing at too many of the points.
BLUNT = {"float16": {"learning_rate_too_large"}, "bfloat16": {"kl_gradient_by_logits", "scaled_feature_variance"}}


@pytest.mark.parametrize("dtype", DTYPES)
def test_every_result_agrees_and_a_slip_in_it_is_seen(device: str, dtype: str) -> None:
    """All modes of the dtype agree; normal points alone see a relative slip of 1e-9 (1e-3, 1) in each result."""
    claims = results()
    assert len(claims) > 0.8 * len(catalogue.names())
    vacuous = set()
    for claim in claims:
        right = run(claim, device, 120, dtype=dtype)
        assert right.verdict in (Verdict.AGREES, Verdict.VACUOUS), (claim.name, right)
        vacuous |= {claim.name.removesuffix(RESULT)} if right.verdict is Verdict.VACUOUS else set()
        if claim.relation is Relation.EQUAL and claim.name.removesuffix(RESULT) not in ZERO:
            wrong = replace(claim, rhs=claim.rhs * (1 + SLIPS[dtype]))
            assert run(wrong, device, 480, modes=(Mode.NORMAL,), dtype=dtype).disagrees, (claim.name, dtype)
    assert vacuous <= ZERO | BLUNT.get(dtype, set()), vacuous


def test_two_arbitrary_functions_are_not_the_same() -> None:
    phi, psi = Activation("phi"), Activation("psi")
    wrong = Claim("same", phi(x) * Partial(psi(x), x), Relation.EQUAL, psi(x) * Partial(phi(x), x))
    assert run(wrong, modes=(Mode.NORMAL,)).disagrees
    right = Claim("product", Partial(phi(x) * psi(x), x), Relation.EQUAL, wrong.lhs + wrong.rhs)
    assert run(right, modes=(Mode.NORMAL,)).verdict is Verdict.AGREES


def test_too_few_sharp_places_are_vacuous() -> None:
    """In bfloat16 nothing can be said of σ(x) − 1 at large x: Torch's value is a difference of equal numbers."""
    claim = Claim("saturated", Partial(sigmoid(x + 12) - 1, x), Relation.EQUAL, sigmoid(x + 12) * sigmoid(-x - 12))
    found = run(claim, modes=(Mode.NORMAL,), dtype="bfloat16")
    assert found.verdict is Verdict.VACUOUS and found.drawn and "say something" in found.detail
    assert run(claim, modes=(Mode.NORMAL,)).verdict is Verdict.AGREES


def test_a_missing_number_is_no_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound says that there is a number; Torch has none."""
    honest = torch.autograd.grad
    monkeypatch.setattr(torch.autograd, "grad", lambda *a, **o: tuple(g * torch.nan for g in honest(*a, **o)))
    monkeypatch.setattr(run_module, "bound", lambda *_: exact_zero())
    found = run(Claim("tanh", Partial(tanh(x), x), Relation.EQUAL, 1 - tanh(x) ** 2))
    assert found.verdict is Verdict.UNDECIDED and found.disagrees and "no number" in found.detail


def exact_zero() -> Enclosed:
    return Enclosed(torch.zeros(1, dtype=torch.float64), torch.zeros(1, dtype=torch.float64))


def test_torch_is_asked_for_the_derivative(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong gradient of Torch is seen, although both of our own ways to the derivative are right."""
    right = Claim("softplus", Partial(softplus(x), x), Relation.EQUAL, 1 - 1 / (1 + softplus(x) * 0 + _exp(x)))
    assert run(right).verdict is Verdict.AGREES
    honest = torch.autograd.grad
    monkeypatch.setattr(torch.autograd, "grad", lambda *a, **o: tuple(g * (1 + 1e-9) for g in honest(*a, **o)))
    assert run(right).disagrees


def _exp(argument: object) -> object:
    from gradproof.derivations.calculus import exp

    return exp(argument)


def test_a_slip_in_the_calculus_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from gradproof.derivations.calculus import DERIVATIVES, Text, derive

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
    with pytest.raises(ValueError, match="float8"):
        TorchAutograd("cpu", dtype="float8")


def test_a_tensor_on_another_device_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The device that the evidence names is the one that computed."""
    monkeypatch.setattr(oracle, "unavailable", lambda device: "")
    moved = torch.Tensor.to
    monkeypatch.setattr(torch.Tensor, "to", lambda tensor, *to: moved(tensor, *[a for a in to if a != "cuda"]))
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


def test_the_compiler_of_torch_is_not_loaded() -> None:
    """It takes seconds to load, and each process of a parallel run would load it."""
    lines = (
        "import sys, gradproof as gp",
        "from gradproof.verify.autograd import TorchAutograd",
        "from gradproof.verify.verdict import Budget",
        "x = gp.Scalar('x')",
        "claim = gp.Claim('tanh', gp.Partial(gp.tanh(x), x), gp.Relation.EQUAL, 1 - gp.tanh(x) ** 2)",
        "print(TorchAutograd().run(claim, Budget(points=20), 0).verdict.name, 'torch._dynamo' in sys.modules)",
    )
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["AGREES", "False"]


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


def test_an_operation_without_a_rule_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(RULES, "aten.tanh.default")
    monkeypatch.setattr(run_module, "WHOLE", frozenset({*WHOLE, "aten.tanh.default"}))
    found = run(Claim("tanh", Partial(tanh(x), x), Relation.EQUAL, 1 - tanh(x) ** 2))
    assert found.verdict is Verdict.UNDECIDED and found.detail == "Torch's aten.tanh.default has no rounding rule"
