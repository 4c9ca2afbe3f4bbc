"""The bounds hold: exact results, computed with many more digits, lie within them. And they are not idle."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradproof.verify.numeric import bounded, elementwise
from gradproof.verify.numeric.bounded import ULP, Bounded, exact

CONTEXT = mpmath.MPContext()
CONTEXT.dps = 400  # wide enough for sums of 1e300 and 1e-300 minus themselves

FUNCTIONS = {
    "exponential": (elementwise.exponential, CONTEXT.exp),
    "logarithm": (elementwise.logarithm, CONTEXT.log),
    "log1p": (elementwise.logarithm_of_one_plus, lambda x: CONTEXT.log(1 + x)),
    "expm1": (elementwise.exponential_minus_one, CONTEXT.expm1),
    "erf": (elementwise.error_function, CONTEXT.erf),
    "sign": (elementwise.sign, CONTEXT.sign),
    "sigmoid": (elementwise.sigmoid, lambda x: 1 / (1 + CONTEXT.exp(-x))),
    "tanh": (elementwise.tanh, CONTEXT.tanh),
    "softplus": (elementwise.softplus, lambda x: CONTEXT.log1p(CONTEXT.exp(x))),
    "xlogx": (elementwise.xlogx, lambda x: x * CONTEXT.log(x) if x else x),
    "relu": (elementwise.relu, lambda x: max(x, CONTEXT.mpf(0))),
    "step": (elementwise.step, lambda x: CONTEXT.mpf(1 if x > 0 else 0)),
    "absolute": (elementwise.absolute, abs),
    "sine": (lambda x: elementwise.wave(x, 0), CONTEXT.sin),
    "cosine": (lambda x: elementwise.wave(x, 1), CONTEXT.cos),
    "third derivative of sine": (lambda x: elementwise.wave(x, 3), lambda x: -CONTEXT.cos(x)),
    "square": (lambda x: bounded.power(x, 2), lambda x: x**2),
    "cube": (lambda x: bounded.power(x, 3), lambda x: x**3),
    "reciprocal": (lambda x: bounded.power(x, -1), lambda x: 1 / x),
    "power −2": (lambda x: bounded.power(x, -2), lambda x: 1 / x**2),
    "root": (lambda x: bounded.power(x, 1, 2), CONTEXT.sqrt),
    "power −3/2": (lambda x: bounded.power(x, -3, 2), lambda x: 1 / CONTEXT.sqrt(x) ** 3),
    "power 2/3": (lambda x: bounded.power(x, 2, 3), lambda x: CONTEXT.cbrt(x) ** 2),
}
POSITIVE = {"logarithm", "xlogx", "root", "power −3/2", "power 2/3"}

numbers = st.one_of(st.floats(-40, 40), st.floats(-1e300, 1e300), st.floats(-1e-300, 1e-300))
radii = st.one_of(st.just(0.0), st.floats(0, 1e-9), st.floats(0, 2), st.floats(0, 1e-310))


def ball(value: float, radius: float) -> Bounded:
    return Bounded(np.array([value]), np.array([radius]))


@pytest.mark.parametrize("name", FUNCTIONS)
@settings(max_examples=60)
@given(value=numbers, radius=radii, part=st.floats(-1, 1))
def test_functions_stay_within_their_bounds(name: str, value: float, radius: float, part: float) -> None:
    function, truth = FUNCTIONS[name]
    value = abs(value) if name in POSITIVE else value
    with np.errstate(all="ignore"):
        result = function(ball(value, radius))
    assume(result.finite.all())
    argument = CONTEXT.mpf(value) + CONTEXT.mpf(part) * CONTEXT.mpf(radius)
    error = abs(truth(argument) - CONTEXT.mpf(float(result.value[0])))
    assert error <= CONTEXT.mpf(float(result.bound[0]))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_bounds_of_exact_arguments_are_sharp(name: str) -> None:
    points = np.array([0.25, 1.0, 2.0, 3.5, 30.0])
    result = FUNCTIONS[name][0](exact(points))
    assert (result.bound <= 16 * ULP * np.abs(result.value) + 1e-300).all()


@settings(max_examples=150)
@given(st.lists(st.tuples(numbers, radii, st.floats(-1, 1)), min_size=2, max_size=6))
def test_sums_and_products_stay_within_their_bounds(parts: list[tuple[float, float, float]]) -> None:
    balls = [ball(value, radius) for value, radius, _ in parts]
    truths = [CONTEXT.mpf(value) + CONTEXT.mpf(part) * CONTEXT.mpf(radius) for value, radius, part in parts]
    together = Bounded(*(np.array([[getattr(one, side)[0] for one in balls]]) for side in ("value", "bound")))
    with np.errstate(all="ignore"):
        results = {
            "sum of two": (bounded.add(balls[0], balls[1]), truths[0] + truths[1]),
            "product": (bounded.multiply(balls[0], balls[1]), truths[0] * truths[1]),
            "total": (bounded.total(together, 1, len(parts)), CONTEXT.fsum(truths)),
        }
    for name, (result, truth) in results.items():
        if result.finite.all():
            error = abs(truth - CONTEXT.mpf(float(result.value.ravel()[0])))
            assert error <= CONTEXT.mpf(float(result.bound.ravel()[0])), name


def test_a_difference_is_charged_for_itself_and_what_was_lost_before() -> None:
    one, less = exact(np.array([1.0])), exact(np.array([-1.0 + 2.0**-53]))
    assert bounded.add(one, less).bound[0] < 1e-31  # the difference is exact
    tiny = exact(np.array([1e-20]))
    difference = bounded.add(bounded.add(one, tiny), exact(np.array([-1.0])))
    assert difference.value[0] == 0 and difference.bound[0] >= 1e-20


def test_a_bound_covers_every_order_of_a_sum() -> None:
    rng = np.random.default_rng(2)
    entries = rng.standard_normal((50, 64)) * np.exp(rng.uniform(-20, 20, (50, 64)))
    result = bounded.total(exact(entries), 1, 64)
    for _ in range(5):
        other = entries[:, rng.permutation(64)].cumsum(axis=1)[:, -1:]
        assert (np.abs(other - result.value) <= result.bound).all()


def test_the_total_of_a_repeated_entry() -> None:
    result = bounded.total(exact(np.array([[0.1]])), 1, 5)
    assert result.value.shape == (1, 1) and result.value[0, 0] == 0.5


@pytest.mark.parametrize(
    ("name", "value", "radius"),
    [
        ("logarithm", -1.0, 0.0),
        ("logarithm", 0.5, 0.6),
        ("logarithm", 0.0, 0.0),
        ("reciprocal", 0.0, 0.0),
        ("reciprocal", 0.1, 0.2),
        ("power −2", -0.1, 0.1),
        ("root", -1.0, 0.0),
        ("root", 0.1, 0.2),
        ("power 2/3", 0.1, 0.2),
        ("step", 0.1, 0.2),
        ("sign", 0.1, 0.2),
        ("log1p", -1.0, 0.0),
        ("log1p", -0.5, 0.6),
        ("log1p", -2.0, 0.0),
        ("exponential", 800.0, 0.0),
        ("xlogx", 0.0, 0.1),
        ("xlogx", -1.0, 0.0),
    ],
)
def test_outside_of_the_domain_nothing_is_known(name: str, value: float, radius: float) -> None:
    with np.errstate(all="ignore"):
        assert not FUNCTIONS[name][0](ball(value, radius)).finite.any()


def test_undefined_times_zero_stays_undefined() -> None:
    with np.errstate(all="ignore"):
        undefined = elementwise.logarithm(ball(0.5, 0.6))
        assert not bounded.multiply(undefined, ball(0.0, 0.0)).finite.any()
        assert not bounded.total(Bounded(undefined.value[None], undefined.bound[None]), 1, 1).finite.any()


def test_exact_zeros_and_kinks() -> None:
    zero = ball(0.0, 0.0)
    product = bounded.multiply(zero, ball(3.0, 0.5))
    assert (product.value[0], product.bound[0]) == (0, 0)
    functions = (elementwise.step, elementwise.sign, elementwise.relu, elementwise.xlogx, bounded.root)
    for function in functions:
        with np.errstate(all="ignore"):
            result = function(zero)
        assert result.value[0] == 0 and result.bound[0] <= bounded.UNDERFLOW
    assert elementwise.xlogx(ball(1.0, 0.0)).bound[0] <= bounded.UNDERFLOW  # the entropy of one-hot is exactly 0
