"""Code that cannot be read is compared within estimated errors: it agrees or disagrees, and never by accident."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from gradproof import strategies
from gradproof.regression import assertions, sampling
from gradproof.regression.assertions import assert_gradient, assert_hessian, assert_identity, assert_jacobian
from gradproof.regression.checked import Checked, DisagreementError, UndecidedError
from gradproof.regression.code import Plain
from gradproof.regression.comparison import Comparison
from gradproof.regression.differences import extrapolated, first_derivative, rounding_of, second_derivative
from gradproof.regression.proving import prove
from gradproof.regression.sampling import sample
from gradproof.verify.guard import USED_UP
from gradproof.verify.verdict import Budget, Verdict

X = strategies.real("n")


def loop(x: Any) -> Any:
    """A loop that asks for values."""
    total = 0.0
    for entry in x:
        total = total + entry**3 if entry > 0 else total - 2 * entry
    return total


def loop_gradient(x: Any) -> Any:
    return np.where(x > 0, 3 * x**2, -2)


def in_c(x: Any) -> Any:
    return sum(math.sin(entry) for entry in x)


def in_c_gradient(x: Any) -> Any:
    return np.array([math.cos(entry) for entry in x])


def in_c_hessian(x: Any) -> Any:
    return np.diag([-math.sin(entry) for entry in x])


CASES: dict[str, tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any], str]] = {
    "a loop over values": (assert_gradient, loop, loop_gradient, "a branch, a loop or a sort"),
    "code in C": (assert_gradient, in_c, in_c_gradient, "ordinary number"),
    "a Jacobian": (
        assert_jacobian, lambda x: np.sort(np.sinh(x)), lambda x: np.diag(np.cosh(x))[np.argsort(x)], "np.sort"),
    "a Hessian": (assert_hessian, in_c, in_c_hessian, "ordinary number"),
    "an identity": (
        assert_identity, lambda x: [math.exp(entry) for entry in x],
        lambda x: [math.exp(entry / 2) ** 2 for entry in x], "ordinary number"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_agrees_and_says_why_there_is_no_proof(case: str) -> None:
    claim, function, other, reason = CASES[case]
    found = claim(function, other, x=X)
    assert found.verdict is Verdict.AGREES and reason in found.reason and reason in str(found)
    (evidence,) = found.evidence
    assert evidence.effective >= 32 and evidence.sharpness is not None and evidence.sharpness.most < 1e-6
    assert "points, float64" in found.scope


@pytest.mark.parametrize("factor", [1 + 1e-6, 1 - 1e-6, -1.0, 2.0])
@pytest.mark.parametrize("case", CASES)
def test_a_millionth_is_seen(case: str, factor: float) -> None:
    claim, function, other, _ = CASES[case]
    with pytest.raises(DisagreementError, match="which is no proof") as caught:
        claim(function, lambda x: factor * np.asarray(other(x)), x=X)
    assert caught.value.checked.verdict is Verdict.UNDECIDED and caught.value.checked.difference is not None


def test_a_disagreement_shows_small_sizes_and_short_numbers() -> None:
    with pytest.raises(DisagreementError, match=r"x = \[-?\d\.\d{1,3}\]\n  given: .*\n  expected: .* ±"):
        assert_gradient(loop, lambda x: 2 * loop_gradient(x), x=X)


def test_code_that_computes_something_else_from_symbols_is_not_believed() -> None:
    def by_dtype(x: Any) -> Any:
        return np.sum(x**3) if x.dtype == np.float64 else np.sum(x**2)

    found = assert_gradient(by_dtype, lambda x: 3 * x**2, x=X)
    assert found.verdict is Verdict.AGREES and "something else from numbers than from symbols" in found.reason
    with pytest.raises(DisagreementError):
        assert_gradient(by_dtype, lambda x: 2 * x, x=X)


def test_code_in_float32_is_not_called_wrong() -> None:
    def rough(x: Any) -> Any:
        return np.array([np.float32(math.cos(entry)) for entry in x], dtype=np.float32)

    with pytest.raises(UndecidedError, match="returns float32"):
        assert_gradient(in_c, rough, x=X)


def test_noise_is_not_called_wrong() -> None:
    noise = np.random.default_rng(0)
    with pytest.raises(UndecidedError, match="too few points"):
        assert_gradient(lambda x: in_c(x) + 1e-3 * noise.standard_normal(), in_c_gradient, x=X)


def test_a_kink_at_a_drawn_point_is_not_called_wrong() -> None:
    seen: list[float] = []

    def watched(x: Any) -> Any:
        seen.append(float(x))
        return abs(x)

    def compared(function: Any, derivative: Any) -> sampling.Sampled:
        names = ("x",)
        code = Plain(function, names), Plain(derivative, names)
        return sample(Comparison("", code[1], code[0], {"x": strategies.real()}, names, 1, True), 0)

    compared(watched, np.sign)
    first = seen[0]
    found = compared(lambda x: abs(x - first), lambda x: 1.0 if x >= first else -1.0)
    assert not found.disagreeing and found.worst <= 1
    assert compared(lambda x: abs(x - first), lambda x: -1.0 if x >= first else 1.0).disagreeing


def test_a_proof_that_takes_too_long_is_given_up() -> None:
    names = ("x",)

    def slow(x: Any) -> Any:
        for _ in range(10**6):
            x = np.tanh(x) * x
        return x.sum()

    comparison = Comparison("", Plain(slow, names), Plain(slow, names), {"x": strategies.real("n")})
    for budget, how in ((Budget(seconds=0.3), "out of time, stopped after 0.3 s"), (Budget(work=1000), USED_UP)):
        proof = prove(comparison, 0, budget)
        assert not proof.done and how in (proof.late, *proof.open)


def test_agreement_never_stands_where_the_clock_stopped_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the proof, numbers would agree; but on another machine there would be a proof."""
    def slow(x: Any) -> Any:
        time.sleep(0.1)
        return (x**2).sum()

    monkeypatch.setattr(assertions, "Budget", lambda: Budget(seconds=0.05))
    with pytest.raises(UndecidedError, match=r"out of time, stopped after 0\.05 s"):
        assert_gradient(slow, lambda x: 2 * x, x=X)


def test_the_work_of_a_proof_and_what_ends_it_are_the_same_on_a_slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assertions, "Budget", lambda: Budget(work=60))

    def found() -> Checked:
        return assert_gradient(lambda x: np.tanh(x).prod(), _slope_of_product, x=X)

    quick = found()
    assert quick.verdict is Verdict.AGREES and quick.reason == USED_UP
    with slowed_down():
        assert found() == quick


def _slope_of_product(x: Any) -> Any:
    t = np.tanh(x)
    return np.array([(1 - t[k] ** 2) * np.delete(t, k).prod() for k in range(len(t))])


@contextmanager
def slowed_down() -> Iterator[None]:
    """Every call of a function takes longer."""
    sys.setprofile(lambda *_: [None] * 50 and None)
    try:
        yield
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("at", [0.001, 0.3, 1.7, 40.0])
def test_a_difference_quotient_is_within_its_error_and_sharp(at: float) -> None:
    def function(x: Any) -> Any:
        return np.array([np.exp(-x[0]) * np.sin(3 * x[0]), x[0] ** 4])

    value, error = first_derivative(function, np.array([at]), (0,))
    exact = np.array([np.exp(-at) * (3 * np.cos(3 * at) - np.sin(3 * at)), 4 * at**3])
    assert (np.abs(value - exact) <= error).all()
    assert (error[np.abs(exact) > 1e-8] <= 1e-6 * np.abs(exact[np.abs(exact) > 1e-8])).all()


def test_a_second_difference_is_within_its_error() -> None:
    def function(x: Any) -> Any:
        return np.asarray(np.exp(x[0] * x[1]))

    value, error = second_derivative(function, np.array([0.5, -0.7]), (0,), (1,))
    exact = math.exp(-0.35) * (1 - 0.35)
    assert abs(value - exact) <= error < 1e-6


def test_the_error_at_a_jump_is_large() -> None:
    _, error = extrapolated(lambda step: np.array(1 / step), 1.0)
    assert error > 1


def test_cancellation_counts_as_rounding() -> None:
    def cancelling(x: Any) -> Any:
        return np.asarray((1 + x * 1e-9) - 1)

    assert rounding_of(cancelling, {"x": np.array([0.3])}) >= 0
    assert rounding_of(lambda x: x - 1.0, {"x": np.array([1.0 + 2.0**-30])}) > 2.0**-52
