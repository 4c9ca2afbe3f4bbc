"""Equality of lists of scalar expressions."""

from __future__ import annotations

import pytest
from sympy import Abs, Expr, Rational

from gradproof.derivations.calculus import (
    Domain,
    Negative,
    NonZero,
    Positive,
    Scalar,
    erf,
    exp,
    log,
    relu,
    sigmoid,
    sqrt,
    step,
    tanh,
)
from gradproof.verify.exact import CANDIDATE, equal_scalars
from gradproof.verify.exact.scalars import fingerprint
from gradproof.verify.verdict import Budget, Verdict

z = [Scalar(f"z{number}") for number in range(4)]
y = [Scalar(f"y{number}") for number in range(4)]
w = [[Scalar(f"w{row}{column}") for column in range(4)] for row in range(3)]
shift, rate = Scalar("shift"), Scalar("rate", Domain.POSITIVE)


def softmax(logits: list[Expr]) -> list[Expr]:
    total = sum(map(exp, logits))
    return [exp(logit) / total for logit in logits]


SHIFTED = softmax([logit - shift for logit in z])
PROBABILITIES = softmax(z)


def test_lists_are_equal_entry_by_entry() -> None:
    evidence = equal_scalars(SHIFTED, PROBABILITIES)
    assert evidence.verdict is Verdict.PROVED
    assert (evidence.drawn, evidence.effective) == (4, 4)
    assert evidence.bound is not None and evidence.bound < 1e-40
    assert equal_scalars(SHIFTED, PROBABILITIES[::-1]).detail == CANDIDATE
    one_wrong = [*PROBABILITIES[:3], PROBABILITIES[3] * (1 + Rational(1, 10**6))]
    assert equal_scalars(SHIFTED, one_wrong).detail == CANDIDATE
    with pytest.raises(ValueError, match="zip"):
        equal_scalars(SHIFTED, PROBABILITIES[:3])


def test_cross_entropy_backwards() -> None:
    """What a program does after log-softmax: −y + softmax Σ y."""
    logs = [logit - shift - log(sum(exp(other - shift) for other in z)) for logit in z]
    left = [-target + exp(value) * sum(y) for value, target in zip(logs, y, strict=True)]
    right = [probability * sum(y) - target for probability, target in zip(PROBABILITIES, y, strict=True)]
    assert equal_scalars(left, right).verdict is Verdict.PROVED


def test_a_layer_with_kinks() -> None:
    nets = [sum(weight * value for weight, value in zip(row, z, strict=True)) for row in w]
    left = [step(net) * relu(net) * row[0] for net, row in zip(nets, w, strict=True)]
    right = [(net + Abs(net)) / 2 * row[0] for net, row in zip(nets, w, strict=True)]
    evidence = equal_scalars(left, right, tuple(map(NonZero, nets)))
    assert evidence.verdict is Verdict.PROVED
    assert evidence.detail == "8 regions"


def test_conditions_and_domains() -> None:
    assert equal_scalars([Abs(z[0])], [z[0]], (Positive(z[0]),)).verdict is Verdict.PROVED
    assert equal_scalars([Abs(z[0])], [-z[0]], (Negative(z[0]),)).verdict is Verdict.PROVED
    assert equal_scalars([Abs(z[0])], [z[0]]).detail == CANDIDATE
    assert equal_scalars([Abs(z[0])], [z[0]], (NonZero(z[0]),)).detail == CANDIDATE
    assert equal_scalars([log(rate * z[0])], [log(rate) + log(z[0])], (Positive(z[0]),)).verdict is Verdict.PROVED
    assert "no values" in equal_scalars([z[0]], [z[1]], (Positive(z[2]), Negative(z[2]))).detail


def test_functions() -> None:
    left = [tanh(z[0]), erf(-z[0] / sqrt(2)), sqrt(rate * z[0] ** 2), rate ** z[1] * rate]
    right = [2 * sigmoid(2 * z[0]) - 1, -erf(z[0] / sqrt(2)), Abs(z[0]) * sqrt(rate), rate ** (z[1] + 1)]
    assert equal_scalars(left, right).verdict is Verdict.PROVED


def test_a_shared_part_is_read_once() -> None:
    """A graph of 2^60 paths and 60 nodes."""
    value: Expr = z[0]
    for _ in range(60):
        value = tanh(value * z[1]) + tanh(value)
    assert len(fingerprint(value)) == 32
    assert fingerprint(z[0] + z[1]) != fingerprint(z[0] + z[2])


def test_budget_is_work() -> None:
    assert "budget" in equal_scalars(SHIFTED, [p * 1 for p in PROBABILITIES], budget=Budget(work=1)).detail
