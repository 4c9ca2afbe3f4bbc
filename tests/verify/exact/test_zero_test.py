"""Random points of a large field: what they say, and where they would say too little."""

from __future__ import annotations

import pytest
from sympy import Expr

from gradproof.derivations.calculus import Scalar
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.exact.zero_test import zero

x = Scalar("x")
#: One polynomial in two forms.
SQUARE, SPREAD = (x + 1) ** 2, x**2 + 2 * x + 1


def nested(form: Expr, times: int) -> Expr:
    """Of degree 2 · 1000^times, with few parts."""
    for _ in range(times):
        form = (form + 1) ** 1000
    return form


def test_forms_are_told_apart() -> None:
    chance = zero(SQUARE - SPREAD, 0, "same")
    assert chance is not None and chance < 1e-60
    assert zero(SQUARE - SPREAD + x, 0, "other") is None
    assert zero(1 / SQUARE - 1 / SPREAD, 0, "same") is not None


def test_where_the_degree_is_too_high_nothing_is_proved() -> None:
    assert zero(nested(SQUARE, 3) - nested(SPREAD, 3), 0, "low") is not None
    with pytest.raises(Unsupported, match="its degree is too high"):
        zero(nested(SQUARE, 11) - nested(SPREAD, 11), 0, "high")
    assert zero(nested(SQUARE, 11) - nested(SPREAD, 11) + 1, 0, "high") is None
