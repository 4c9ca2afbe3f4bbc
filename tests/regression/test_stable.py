"""Stable forms lose nothing over the range of a dtype; naive ones are caught, at a point that shows it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from gradproof import assert_stable, strategies
from gradproof.regression.checked import RefutedError, UndecidedError
from gradproof.verify.verdict import Verdict

from . import layers

FORMS: dict[str, tuple[Callable[..., Any], Callable[..., Any], dict[str, Any]]] = {
    "softplus": (lambda x: np.log(1 + np.exp(x)), lambda x: np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))),
                 {"x": strategies.real()}),
    "sigmoid": (lambda x: np.exp(x) / (1 + np.exp(x)), layers.sigmoid, {"x": strategies.real()}),
    "softmax": (lambda z: np.exp(z) / np.exp(z).sum(), layers.softmax, {"z": strategies.logits("n")}),
    "log Σ exp": (lambda z: np.log(np.exp(z).sum()), lambda z: z.max() + np.log(np.exp(z - z.max()).sum()),
                  {"z": strategies.logits("n")}),
    "variance": (lambda x: np.mean(x**2) - np.mean(x) ** 2,
                 lambda x: np.mean((x / np.max(np.abs(x)) - np.mean(x / np.max(np.abs(x)))) ** 2),
                 {"x": strategies.real("n")}),
}  # fmt: skip


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
@pytest.mark.parametrize("name", [name for name in FORMS if name != "variance"])
def test_a_stable_form_loses_nothing(name: str, dtype: str) -> None:
    _, stable, arguments = FORMS[name]
    found = assert_stable(stable, dtype, **arguments)
    assert found.verdict is Verdict.AGREES and found.scope.startswith(f"{dtype}, 200 points, worst error")


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
@pytest.mark.parametrize("name", FORMS)
def test_a_naive_form_is_caught(name: str, dtype: str) -> None:
    naive, _, arguments = FORMS[name]
    with pytest.raises(RefutedError, match=r"no digit is right|an infinity|nan") as caught:
        assert_stable(naive, dtype, **arguments)
    difference = caught.value.checked.difference
    assert difference is not None and difference.found != difference.expected


def test_the_point_shows_what_is_said() -> None:
    with pytest.raises(RefutedError) as caught:
        assert_stable(lambda x: np.log(1 + np.exp(x)), "float32", x=strategies.real())
    difference = caught.value.checked.difference
    assert difference is not None
    x = np.float32(difference.arguments["x"].item())
    assert float(np.log(1 + np.exp(x))) == float(difference.found)
    exact = np.log1p(np.exp(np.longdouble(x)))
    assert abs(Fraction(float(exact)) - Fraction(difference.expected)) < Fraction(1, 10**5) * Fraction(float(exact))


def test_a_bound_on_the_error_may_be_asked_for() -> None:
    _, stable, arguments = FORMS["softplus"]
    assert assert_stable(stable, ulps=3, **arguments).verdict is Verdict.AGREES
    with pytest.raises(RefutedError, match=r"ulps"):
        assert_stable(stable, ulps=0.25, **arguments)


def test_another_function_may_be_the_exact_one() -> None:
    naive, stable, arguments = FORMS["softplus"]
    assert assert_stable(stable, exact=naive, **arguments).verdict is Verdict.AGREES
    with pytest.raises(RefutedError):
        assert_stable(lambda x: stable(2 * x), exact=naive, **arguments)


def picked(z: Any, t: Any) -> Any:
    return layers.sigmoid(z)[np.arange(len(t)), t]


def test_functions_of_labels() -> None:
    arguments = {"z": strategies.logits("N", "k"), "t": strategies.labels("N", classes="k")}
    assert assert_stable(picked, "float32", **arguments).verdict is Verdict.AGREES
    with pytest.raises(RefutedError):  # its log of a number near 1 has no right digit
        assert_stable(layers.nll, "float32", **arguments)


def test_what_cannot_be_read_is_not_decided() -> None:
    with pytest.raises(UndecidedError, match=r"np\.sort"):
        assert_stable(np.sort, x=strategies.real("n"))


@pytest.mark.parametrize("dtype", ["bfloat16", "int8"])
def test_a_dtype_that_numpy_lacks(dtype: str) -> None:
    with pytest.raises(ValueError, match="there are float64, float32, float16"):
        assert_stable(np.tanh, dtype, x=strategies.real())


def test_a_domain_that_rounding_leaves() -> None:
    with pytest.raises(ValueError, match="only roughly"):
        assert_stable(np.sum, x=strategies.probabilities("n"))
