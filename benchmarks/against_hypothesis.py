"""Six gradients in NumPy, four of them wrong, before three kinds of tests: which object, and which should have.

    python benchmarks/against_hypothesis.py

*Hypothesis* is a test as people write it: 100 examples of three numbers from −50 to 50, a central difference with step
1e-6, and `allclose` with the tolerances of gradcheck. *gradcheck* is Torch's, with its defaults, at 100 points drawn
from the normal distribution. *gradproof* is `assert_gradient`, which reads the code as formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from measuring import machine

import gradproof as gp
from gradproof.regression.checked import NotRightError

Array = Any
ABSOLUTE, RELATIVE, STEP = 1e-5, 1e-3, 1e-6


@dataclass(frozen=True, slots=True)
class Case:
    """A function of a vector that returns one number, what is said to be its gradient, and whether it is."""

    what: str
    function: Callable[[Array], Array]
    gradient: Callable[[Array], Array]
    right: bool


def norm(x: Array) -> Array:
    return np.sqrt(np.sum(x**2) + 1e-5)


CASES = [
    Case("tanh: the square is lost", lambda x: np.sum(np.tanh(x)), lambda x: 1 - np.tanh(x), False),
    Case("tanh: a factor 1.0001", lambda x: np.sum(np.tanh(x)), lambda x: 1.0001 * (1 - np.tanh(x) ** 2), False),
    Case("norm: ε = 1e-5 is lost", norm, lambda x: x / np.sqrt(np.sum(x**2)), False),
    Case(
        "softplus: 0 beyond 60",
        lambda x: np.sum(np.logaddexp(0, x)),
        lambda x: np.where(x > 60, 0, 1 / (1 + np.exp(-x))),
        False,
    ),
    Case("ReLU, right", lambda x: np.sum(np.maximum(x, 0)), lambda x: np.where(x > 0, 1.0, 0.0), True),
    Case("Σ 10⁶ x², right", lambda x: np.sum(1e6 * x**2), lambda x: 2e6 * x, True),
]


def by_hypothesis(case: Case) -> bool:
    """Whether it objects."""

    @settings(max_examples=100, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(arrays(np.float64, 3, elements=st.floats(-50, 50)))
    def test(x: Array) -> None:
        steps = STEP * np.eye(3)
        numeric = [(case.function(x + step) - case.function(x - step)) / (2 * STEP) for step in steps]
        assert np.allclose(case.gradient(x), numeric, RELATIVE, ABSOLUTE)

    try:
        with np.errstate(all="ignore"):
            test()
    except AssertionError:
        return True
    return False


def by_gradcheck(case: Case) -> bool:
    class Coded(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
            ctx.save_for_backward(x)
            return torch.tensor(float(case.function(x.detach().numpy())), dtype=torch.float64)

        @staticmethod
        def backward(ctx: Any, above: torch.Tensor) -> torch.Tensor:
            (x,) = ctx.saved_tensors
            return above * torch.from_numpy(np.asarray(case.gradient(x.numpy()), dtype=float))

    draw = torch.Generator().manual_seed(0)
    points = [torch.randn(3, generator=draw, dtype=torch.float64).requires_grad_() for _ in range(100)]
    return not all(torch.autograd.gradcheck(Coded.apply, (x,), raise_exception=False) for x in points)


def by_gradproof(case: Case) -> tuple[bool, str]:
    """Whether it objects, and what it says."""
    try:
        found = gp.assert_gradient(case.function, case.gradient, x=gp.strategies.real("n"))
    except NotRightError as problem:
        return True, problem.checked.verdict.name.lower()
    return False, f"{found.verdict.name.lower()}, {found.scope}"


def said(objects: bool, right: bool) -> str:
    return ("objects" if objects else "passes") + (" (wrongly)" if objects == right else "")


def main() -> None:
    print(machine("torch", "hypothesis"))
    print("\n| gradient | Hypothesis | gradcheck | gradproof | its verdict |\n|---|---|---|---|---|")
    for case in CASES:
        objects, verdict = by_gradproof(case)
        told = [said(one, case.right) for one in (by_hypothesis(case), by_gradcheck(case), objects)]
        print(f"| {case.what} | {' | '.join(told)} | {verdict} |", flush=True)


if __name__ == "__main__":
    main()
