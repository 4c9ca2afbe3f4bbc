"""The tasks of the comparison have the answers that a person would write, and they are true."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gradproof.derivations.calculus import Derivation, Entry, Sum
from gradproof.verify import Budget, Verdict, check, claims_of, verify_derivation

from .loading import FOLDER, load

tasks = load("tasks")


def _tensors(derivation: Derivation) -> dict[str, Any]:
    return {str(entry.tensor.name): entry.tensor for entry in derivation.result.atoms(Entry)}


def test_layer_norm_reads_as_in_textbooks() -> None:
    (derivation,) = tasks.layer_norm()
    named = _tensors(derivation)
    g, normalised, scale = named["g"], named["xhat"], named["s"]
    (j,) = derivation.indices
    n, k = j.dim, j.dim.index("k")
    mean_of_g, mean_of_product = Sum(g[k], k) / n, Sum(g[k] * normalised[k], k) / n
    assert derivation.result == (g[j] - mean_of_g - normalised[j] * mean_of_product) / scale[()]


def test_attention_reads_as_in_textbooks() -> None:
    _, scores, queries, keys, values = tasks.attention_all()
    named = _tensors(scores)
    weights, adjoint = named["P"], named["dP"]
    i, j = scores.indices
    k = j.dim.index("k")
    assert scores.result == weights[i, j] * (adjoint[i, j] - Sum(weights[i, k] * adjoint[i, k], k))
    assert str(queries.result) == "Sum(K[_0,e]*dS[i,_0], _0)/sqrt(d)"
    assert str(keys.result) == "Sum(Q[_0,e]*dS[_0,j], _0)/sqrt(d)"
    assert str(values.result) == "Sum(G[_0,w]*P[_0,j], _0)"


def test_every_line_of_layer_norm_is_proved() -> None:
    (derivation,) = tasks.layer_norm()
    reports = verify_derivation(derivation)
    assert len(reports) == len(derivation.steps) + 1
    assert [report.verdict for report in reports] == [Verdict.PROVED] * len(reports)


def test_layer_norm_without_the_term_of_the_variance_is_refuted() -> None:
    (derivation,) = tasks.layer_norm()
    named = _tensors(derivation)
    (j,) = derivation.indices
    k = j.dim.index("k")
    slip = (named["g"][j] - Sum(named["g"][k], k) / j.dim) / named["s"][()]
    steps = (replace(derivation.steps[-1], before=derivation.statement, after=slip),)
    claim = next(item for item in claims_of(replace(derivation, steps=steps)) if item.name.endswith(":result"))
    report = check(claim)
    assert report.verdict is Verdict.REFUTED
    assert report.counterexample is not None


@pytest.mark.parametrize("name", [name for name in tasks.TASKS if name != "attention, dL/dQ"])
def test_the_results_are_proved(name: str) -> None:
    """The rows that take ∂L/∂Q alone are among those that take all three."""
    for derivation in tasks.TASKS[name]():
        claim = next(item for item in claims_of(derivation) if item.name.endswith(":result"))
        assert check(claim).verdict is Verdict.PROVED, claim.name


def test_torch_agrees_on_layer_norm() -> None:
    from gradproof.verify.autograd import TorchAutograd

    (derivation,) = tasks.layer_norm()
    claim = next(item for item in claims_of(derivation) if item.name.endswith(":result"))
    (found,) = check(claim, methods=[TorchAutograd("cpu")], budget=Budget(points=20)).evidence
    assert found.verdict is Verdict.AGREES
    assert found.effective > 0


def test_every_row_has_the_same_task_on_each_side() -> None:
    assert list(load("tasks_sympy").TASKS) == list(tasks.TASKS)
    listed = [line for line in (FOLDER / "tasks_tensorgrad.py").read_text().splitlines() if line.startswith('    "')]
    assert [line.split('"')[1] for line in listed] == list(tasks.TASKS)
