"""Worked examples: the formula against references written by hand, and against what knows the forward part only."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Dim, Partial, Scalar, Vector, exp
from gradproof.notes.lessons import Example, Lesson, worked_example
from gradproof.notes.lessons.differences import central
from gradproof.notes.lessons.example import decimal, rounded

from .test_mistakes import numbers

NAMES = ("sigmoid_derivative", "softmax_jacobian", "cross_entropy_gradient", "log_sum_exp_hessian", "mse_gradient")


def number(text: str) -> float:
    return float(text.replace("−", "-"))


@pytest.mark.parametrize("name", NAMES)
def test_the_formula_is_right_at_the_point(name: str) -> None:
    derivation = catalogue.find(name)
    found = worked_example(derivation)
    assert found is not None and derivation.reference is not None
    result = np.asarray(derivation.reference(**{key: numbers(value) for key, value in found.values.items()}))
    order = [found.indices.index(index.name) for index in derivation.indices]
    assert len(found.places) == result.size
    for place in found.places:
        digits = len(place.formula.partition(".")[2])
        expected = float(result[tuple(place.at[axis] - 1 for axis in order)])
        assert abs(number(place.formula) - expected) <= 0.51 * 10**-digits
        assert abs(number(place.difference) - expected) <= 1.01 * 10**-digits
        assert abs(number(place.torch) - expected) <= 1.01 * 10**-digits


def test_a_wrong_result_is_seen_beside_the_difference() -> None:
    """The finite difference and Torch do not know the result: where it is wrong, the columns differ."""
    right = catalogue.find("cross_entropy_gradient")
    step = right.steps[-1]
    wrong = replace(right, steps=(*right.steps[:-1], replace(step, after=step.after * Fraction(1000001, 1000000))))
    found = worked_example(wrong)
    assert found is not None
    assert all(place.formula != place.difference == place.torch for place in found.places)


def test_a_network_is_worked_through_and_a_loss_that_may_be_any_is_not() -> None:
    found = worked_example(catalogue.find("hidden_layer_hidden_weights"))
    assert found is not None and found.value and all(place.torch == place.formula for place in found.places)
    assert worked_example(catalogue.find("layer_weights")) is None
    assert worked_example(catalogue.find("softmax_shift")) is None, "it is no derivative"


def test_without_torch_its_column_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gradproof.verify.autograd.oracle.unavailable", lambda device: "not here")
    found = worked_example(catalogue.find("sigmoid_derivative"))
    assert found is not None and [place.torch for place in found.places] == [""]


def test_it_is_kept_as_it_is(lessons_taught: dict[str, Lesson]) -> None:
    found = lessons_taught["softmax_jacobian"].example
    assert found is not None
    assert Example.from_json(found.to_json()) == found


def test_central_differences_of_known_functions() -> None:
    x, n = Scalar("x"), Dim("n")
    at = {x.tensor: np.array(0.75)}
    first = central(Partial(exp(2 * x), x), (), {}, at)
    second = central(Partial(Partial(exp(2 * x), x), x), (), {}, at)
    assert first is not None and second is not None
    value, rounding = np.exp(1.5), 2.0**-52 * np.exp(1.5)  # f, f′ = 2f, f″ = 4f, f‴ = 8f, f⁗ = 16f
    step, wide = 2.0**-17, 2.0**-12
    assert abs(float(first) - 2 * value) <= 8 * value * step**2 / 6 * (1 + 2 * step) + 4 * rounding / step
    truncation = 16 * value * (2 * wide) ** 2 / 12 * (1 + 4 * wide)
    assert abs(float(second) - 4 * value) <= truncation + 16 * rounding / wide**2
    assert central(exp(x), (), {}, at) is None, "no derivative"
    v, i = Vector("v", n), n.index("i")
    inside = Partial(v[i] * Partial(exp(v[i]), v[i]), v[i])
    assert central(inside, (i,), {n: 2}, {v: np.array([1.0, 2.0])}) is None, "a derivative within a formula"


def test_numbers_are_rounded_and_never_cut() -> None:
    assert decimal(Fraction(-2, 3), 4) == "−0.6667"
    assert decimal(Fraction(1, 3), 2) == "0.33"
    assert decimal(Fraction(-1, 10**9), 4) == "0.0000", "no sign on a zero"
    assert rounded(float("nan"), 4) == "–"
