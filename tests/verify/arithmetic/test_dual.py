"""The slopes of dual numbers, function by function, against mpmath's own differentiation."""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
import pytest
from sympy import Abs, Rational

from gradproof.derivations.calculus import DERIVATIVES, Elementwise, sign, step
from gradproof.verify.arithmetic.dual import _SLOPES, Dual, DualNumber
from gradproof.verify.evaluation import Opaque, Unsupported

from ..exact.oracle import FUNCTIONS as EXACT
from ..test_evaluation import FUNCTIONS as VALUES
from ..test_evaluation import Plain

POINTS = (0.3, 1.1, 2.7)


def _slope(function: Any, at: float) -> float:
    result = Dual(Plain()).apply(function, DualNumber(np.array([at]), np.array([1.0])))
    return 0.0 if result.derivative is None else float(result.derivative[0])


@pytest.mark.parametrize("function", [*DERIVATIVES, Abs], ids=lambda function: function.__name__)
@pytest.mark.parametrize("side", [1, -1])
def test_slope(function: Any, side: int) -> None:
    exact = EXACT.get(function.__name__, abs)
    for point in POINTS:
        at = side * point
        if (at <= -1 and function.__name__ == "log1p") or (at < 0 and function.__name__ in ("log", "xlogx")):
            continue
        expected = float(mpmath.diff(exact, mpmath.mpf(at)))
        # At most a dozen roundings, of numbers that are at most about as large as 1 and the slope.
        assert abs(_slope(function, at) - expected) <= 12 * np.spacing(max(1.0, abs(expected)))


def test_every_function_has_a_slope() -> None:
    assert set(DERIVATIVES) - {sign, step} <= set(_SLOPES)


def test_slopes_stay_finite_where_the_plain_ones_do_not() -> None:
    for function in DERIVATIVES:
        if function.__name__ in ("sigmoid", "tanh", "softplus"):
            with np.errstate(over="ignore"):
                assert np.isfinite([_slope(function, at) for at in (-800.0, -40.0, 40.0, 700.0)]).all()


def test_activation_raises_its_order() -> None:
    assert _slope(Opaque("φ", 1), 0.4) == Plain().apply(Opaque("φ", 2), 0.4)


def test_a_whole_power_is_differentiated_at_0_until_nothing_is_left() -> None:
    """x² has the derivatives 2x, 2 and 0, also at 0, where 1/x has no value."""
    x = DualNumber(np.array([0.0]), np.array([1.0]))
    twice = Dual(Dual(Plain()))
    nested = twice.power(DualNumber(x, DualNumber(np.array([1.0]))), Rational(2))
    assert nested.value.value == 0 and nested.derivative.value == 0 and nested.derivative.derivative == 2
    assert Dual(Plain()).power(x, Rational(0)).derivative is None
    assert Dual(Plain()).power(x, Rational(1)).derivative == 1


class Unknown(Elementwise):
    """A function that nobody told the dual numbers about."""


def test_unknown_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(VALUES, Unknown, np.cos)
    assert Dual(Plain()).apply(Unknown, DualNumber(np.ones(1))).derivative is None
    with pytest.raises(Unsupported, match="no derivative of Unknown"):
        Dual(Plain()).apply(Unknown, DualNumber(np.ones(1), np.ones(1)))


def test_product_power_and_second_order() -> None:
    dual = Dual(Dual(Plain()))

    def number(value: float) -> Any:
        one = np.array([1.0])
        return DualNumber(DualNumber(np.array([value]), one), DualNumber(one))

    x = number(1.7)

    def units(value: float, expected: Any) -> float:
        """The error in units in the last place."""
        return float(abs(mpmath.mpf(value) - expected) / np.spacing(abs(value)))

    at = mpmath.mpf(1.7)
    cube = dual.power(x, Rational(3))
    assert units(cube.derivative.derivative[0], 6 * at) <= 2  # four products, each off by half a unit
    product = dual.multiply(x, dual.power(x, Rational(-1, 2)))
    # Sums of products of powers: about twenty operations, whose terms are up to four times as large as the result.
    assert units(product.derivative.derivative[0], -(at ** mpmath.mpf(-1.5)) / 4) <= 40
    linear = dual.add(x, dual.multiply(dual.constant(Rational(4), 1), x))
    assert linear.derivative.value[0] == 5.0
