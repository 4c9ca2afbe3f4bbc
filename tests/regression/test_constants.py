"""The numbers of a person's code: what they stand for, and what happens where that is not known."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sympy import Expr, Rational, S, pi, sqrt

from gradproof.derivations.calculus import log
from gradproof.regression import strategies
from gradproof.regression.assertions import assert_gradient, assert_identity
from gradproof.regression.checked import RefutedError
from gradproof.regression.tracing.constants import ROUGHLY, meaning, rough_numbers
from gradproof.verify.verdict import Verdict

MEANINGS: list[tuple[float, Expr]] = [
    (0.1, Rational(1, 10)),
    (1e-5, Rational(1, 10**5)),
    (1e-12, Rational(1, 10**12)),
    (0.044715, Rational(44715, 10**6)),
    (1 / 3, Rational(1, 3)),
    (-2 / 7, Rational(-2, 7)),
    (math.sqrt(0.5), 1 / sqrt(2)),
    (1 / math.sqrt(2), 1 / sqrt(2)),  # another float than the one before
    (0.1 + 0.2, Rational(3, 10)),
    (1 - 0.1 + 0.1 / 2, Rational(19, 20)),
    (1 / math.sqrt(48), sqrt(3) / 12),
    (math.sqrt(2) / math.sqrt(math.pi), sqrt(2) / sqrt(pi)),
    (-math.sqrt(3), -sqrt(3)),
    (1 / math.sqrt(5), sqrt(5) / 5),
    (math.pi, pi),
    (math.log(2), log(S(2))),
    (float(np.finfo(float).eps), Rational(1, 2**52)),
    (7, S(7)),
    (math.inf, S.Infinity),
]


@pytest.mark.parametrize(("number", "meant"), MEANINGS)
def test_what_a_number_stands_for(number: float, meant: Expr) -> None:
    assert meaning(number) == meant


@pytest.mark.parametrize("number", [0.1 + 0.2 + 2.0**-50, math.sin(1), -math.exp(0.7), 1e9 + 1 / 3 + 2.0**-20])
def test_a_rough_number_is_an_unknown(number: float) -> None:
    found = meaning(number)
    ((entry, near),) = rough_numbers([found]).items()
    assert entry.tensor.domain.positive and Fraction(int(near.p), int(near.q)) == Fraction(abs(number))
    assert (found == -entry) is (number < 0)


ROUGH = math.sin(1)


def test_a_scale_that_is_computed_is_the_root_that_it_stands_for() -> None:
    """1/√d of attention is rounded twice; a proof needs that its square is 1/d."""
    scale = 1 / np.sqrt(2)
    assert scale != math.sqrt(0.5)
    found = assert_identity(lambda x: x * scale * scale, lambda x: x / 2, x=strategies.real())
    assert found.verdict is Verdict.PROVED


def test_a_proof_holds_whatever_a_rough_number_is() -> None:
    found = assert_gradient(lambda x: ROUGH * x**3, lambda x: ROUGH * (3 * x**2), x=strategies.real())
    assert found.verdict is Verdict.PROVED


def test_two_roundings_of_one_number_refute_nothing() -> None:
    """sin(1)/3·3 is another float than sin(1), and the same number."""
    again = next(math.nextafter(ROUGH, side) for side in (2.0,))
    assert again != ROUGH
    found = assert_gradient(lambda x: ROUGH * x**3, lambda x: again * (3 * x**2), x=strategies.real())
    assert found.verdict is Verdict.AGREES and "too rough to tell" in found.reason


@pytest.mark.parametrize("factor", [1 + 2.0**-40, 1 - 1e-6, -1.0])
def test_what_rough_numbers_do_not_explain_is_refuted(factor: float) -> None:
    assert factor in (-1.0,) or abs(factor - 1) > 4 * float(ROUGHLY)
    with pytest.raises(RefutedError, match="given"):
        assert_gradient(lambda x: ROUGH * x**3, lambda x: (ROUGH * factor) * (3 * x**2), x=strategies.real())


def test_the_root_of_a_number_is_exact() -> None:
    def left(x: Any) -> Any:
        return x / np.sqrt(5)

    assert assert_identity(left, lambda x: x * np.sqrt(5) / 5, x=strategies.real()).verdict is Verdict.PROVED
