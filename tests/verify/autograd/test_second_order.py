"""Hessians of the catalogue against Torch's double backward: the second pass differentiates Torch's own first pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch
from sympy import Expr, Rational

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Partial, Relation
from gradproof.verify.autograd import DTYPES, TorchAutograd
from gradproof.verify.autograd.computations import derivative, inputs_of, statement
from gradproof.verify.autograd.rounding import FORMATS, WHOLE, bound
from gradproof.verify.autograd.trace import Operation, Value, trace
from gradproof.verify.check import RESULT, claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.numeric.points import dims_of
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Verdict


def hessians() -> list[Claim]:
    claims = [claim for name in catalogue.names() for claim in claims_of(catalogue.find(name))]
    results = [claim for claim in claims if claim.name.endswith(RESULT) and claim.relation is Relation.EQUAL]
    return [claim for claim in results if _twice(claim.lhs)]


def _twice(expression: Expr) -> bool:
    return any(part.expression.has(Partial) for part in expression.atoms(Partial))


HESSIANS = hessians()
#: A step is a quotient of slopes: a factor of the first one cancels in it, and without a second slope it is infinite.
PLAIN = [claim for claim in HESSIANS if claim.name != "best_step_on_parabola" + RESULT]


def test_the_hessians_of_the_catalogue_are_here() -> None:
    names = {claim.name.removesuffix(RESULT) for claim in HESSIANS}
    assert {"log_sum_exp_hessian", "mse_hessian", "logistic_regression_hessian"} <= names


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("claim", HESSIANS, ids=lambda claim: claim.name)
def test_torch_agrees_and_sees_a_slip(claim: Claim, dtype: str) -> None:
    oracle = TorchAutograd("cpu", (Mode.NORMAL,), dtype)
    right = oracle.run(claim, Budget(points=480), 0)
    few = (Verdict.VACUOUS,) if dtype == "bfloat16" else ()  # three digits may not last for two passes
    assert right.verdict in (Verdict.AGREES, *few), right
    slip = {"float64": Rational(1, 10**9), "float32": Rational(1, 10**3)}.get(dtype, Rational(1))
    assert oracle.run(replace(claim, rhs=claim.rhs * (1 + slip)), Budget(points=480), 0).disagrees


Gradient = Callable[..., tuple[torch.Tensor, ...]]


@pytest.mark.parametrize("claim", PLAIN, ids=lambda claim: claim.name)
def test_without_the_graph_of_the_first_pass_there_is_no_second(claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    honest: Gradient = torch.autograd.grad

    def without_graph(*arguments: Any, **options: Any) -> tuple[torch.Tensor, ...]:
        return honest(*arguments, **(options | {"create_graph": False, "retain_graph": True}))

    monkeypatch.setattr(torch.autograd, "grad", without_graph)
    assert TorchAutograd("cpu", (Mode.NORMAL,)).run(claim, Budget(points=100), 0).disagrees


@pytest.mark.parametrize("claim", PLAIN, ids=lambda claim: claim.name)
def test_a_slip_in_the_first_pass_is_seen_in_the_second(claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    """Torch's first gradient g becomes g + g·1e-9: the Hessian is the derivative of that."""
    honest: Gradient = torch.autograd.grad

    def first_is_off(outputs: torch.Tensor, *arguments: Any, **options: Any) -> tuple[torch.Tensor, ...]:
        found = honest(outputs, *arguments, **options)
        seen.append(outputs)
        return tuple(slope * (1 + 1e-9) for slope in found) if len(seen) == 1 else found

    seen: list[torch.Tensor] = []
    monkeypatch.setattr(torch.autograd, "grad", first_is_off)
    dims = dims_of(claim)
    sizes = {dim: 2 + place for place, dim in enumerate(dims)}
    draw = torch.Generator().manual_seed(0)
    inputs = {
        str(tensor.name): torch.rand((5, *(sizes[dim] for dim in tensor.dims)), generator=draw, dtype=torch.float64)
        for tensor in inputs_of(claim)
    }
    run = statement(claim, sizes, 5, "cpu", torch.float64)
    off = run(inputs)
    assert len(seen) > 1
    monkeypatch.undo()
    found = bound(trace(run, inputs, WHOLE), inputs, FORMATS["float64"])
    assert ((run(inputs) - found.value).abs() <= 2 * found.radius).all()
    assert ((off - found.value).abs() > 2 * found.radius).any()


def test_the_second_pass_reads_what_the_first_has_computed() -> None:
    """In the trace of a Hessian the operations of the gradient come first, and the rest depends on what they made."""

    def log_sum_exp(z: torch.Tensor) -> torch.Tensor:
        return torch.exp(z).sum().log()

    inputs = {"z": torch.tensor([0.5, -1.0, 2.0], dtype=torch.float64)}
    once, twice = (trace(derivative(log_sum_exp, *by), inputs).operations for by in (("z",), ("z", "z")))
    gradient = [operation.target for operation in once]
    start = gradient.index("aten.div.Tensor")  # the first operation of the backward pass of the logarithm
    assert [operation.target for operation in twice[:start]] == gradient[:start]
    backward = {value for operation in twice[start : len(once)] for value in operation.results}
    assert any(backward.intersection(_read(operation)) for operation in twice[len(once) :])


def _read(operation: Operation) -> set[Value]:
    parts = [part for argument in operation.arguments.values() for part in _flat(argument)]
    return {part for part in parts if isinstance(part, Value)}


def _flat(argument: Any) -> list[Any]:
    return [leaf for part in argument for leaf in _flat(part)] if isinstance(argument, tuple) else [argument]
