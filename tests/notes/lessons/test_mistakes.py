"""Mistakes: each is wrong at the input that stands beside it, and what is not refuted is no mistake."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.slips import named_slip
from gradproof.notes.lessons import Exposed, Lesson, common_mistakes
from gradproof.notes.lessons.mistakes import MOST, from_json
from gradproof.verify.verdict import Report, Verdict

NAMES = ("sigmoid_derivative", "softmax_jacobian", "cross_entropy_gradient", "mse_gradient", "norm_gradient")


def numbers(value: Any) -> Any:
    """Exact numbers as text, in nested lists, as an array."""
    if isinstance(value, list):
        return np.array([numbers(part) for part in value])
    return float(Fraction(value))


@pytest.mark.parametrize("name", NAMES)
def test_the_right_value_is_that_of_the_reference(name: str) -> None:
    """The reference is plain NumPy, written by hand; it knows nothing of the expressions."""
    derivation = catalogue.find(name)
    assert derivation.reference is not None
    found = common_mistakes(derivation)
    assert 3 <= len(found) <= MOST + 1
    for exposed in found:
        values = {tensor: numbers(value) for tensor, value in exposed.point.values.items()}
        result = np.asarray(derivation.reference(**values))
        place = tuple(exposed.point.indices[index.name] - 1 for index in derivation.indices)
        right, wrong = (float(text.replace("−", "-")) for text in (exposed.point.lhs, exposed.point.rhs))
        digits = len(exposed.point.lhs.partition(".")[2])
        assert abs(float(result[place]) - right) <= 0.51 * 10**-digits, exposed.slip.name
        assert abs(right - wrong) > 1e-3, "a reader sees the difference"


def test_mistakes_are_of_different_kinds() -> None:
    for name in NAMES:
        nudges = [exposed.slip.nudge for exposed in common_mistakes(catalogue.find(name))]
        assert len(set(nudges)) == len(nudges)


def test_what_is_true_is_no_mistake() -> None:
    """The Jacobian of softmax is symmetric: with its indices swapped it is still right."""
    names = {exposed.slip.name for exposed in common_mistakes(catalogue.find("softmax_jacobian"))}
    assert "wrong index" in names and "swapped indices" not in names


def test_a_limit_has_no_input_that_exposes_a_mistake() -> None:
    assert common_mistakes(catalogue.find("sigmoid_limit_right")) == ()


def test_a_mistake_without_a_refutation_has_no_point() -> None:
    exposed = common_mistakes(catalogue.find("sigmoid_derivative"))[0]
    agreeing = tuple(replace(item, verdict=Verdict.AGREES) for item in exposed.report.evidence)
    with pytest.raises(ValueError, match="not refuted"):
        _ = Exposed(exposed.slip, exposed.formula, Report(exposed.report.claim, agreeing)).point


def test_what_is_kept_belongs_to_its_derivation(lessons_taught: dict[str, Lesson]) -> None:
    derivation = catalogue.find("softmax_jacobian")
    for exposed in lessons_taught["softmax_jacobian"].mistakes:
        kept = exposed.to_json()
        assert from_json(derivation, kept) == exposed
        with pytest.raises(ValueError):
            from_json(catalogue.find("mse_gradient"), kept)
        with pytest.raises(ValueError, match="verdict"):
            from_json(derivation, kept | {"report": kept["report"] | {"verdict": "PROVED"}})
    with pytest.raises(ValueError, match="no slip named"):
        named_slip("all is well")
