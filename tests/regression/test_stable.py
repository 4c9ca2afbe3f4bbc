"""Stable forms lose nothing over the range of a dtype; naive ones are caught, at a point that shows it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch

from gradproof import assert_stable, in_torch, strategies
from gradproof.regression.checked import RefutedError, UndecidedError
from gradproof.regression.dtypes import run_in
from gradproof.verify.stability.formats import FORMATS
from gradproof.verify.verdict import Verdict

from . import layers

DTYPES = ["float64", "float32", "float16", "bfloat16"]
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


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", [name for name in FORMS if name != "variance"])
def test_a_stable_form_loses_nothing(name: str, dtype: str) -> None:
    _, stable, arguments = FORMS[name]
    found = assert_stable(stable, dtype, **arguments)
    assert found.verdict is Verdict.AGREES and found.scope.startswith(f"{dtype}, 200 points, worst error")


@pytest.mark.parametrize("dtype", DTYPES)
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


def test_a_dtype_that_is_not_known() -> None:
    with pytest.raises(ValueError, match="there are float64, float32, float16, bfloat16"):
        assert_stable(np.tanh, "int8", x=strategies.real())


@pytest.mark.parametrize("dtype", DTYPES)
def test_code_of_torch_is_run_in_the_dtype(dtype: str) -> None:
    assert assert_stable(torch.nn.Softplus(), dtype, ulps=1, x=strategies.real()).verdict is Verdict.AGREES
    with pytest.raises(RefutedError, match="no digit is right"):
        assert_stable(in_torch(lambda x: torch.log(1 + torch.exp(x))), dtype, x=strategies.real())


def test_the_parameters_of_a_module_are_those_of_the_dtype() -> None:
    """1/3 is another number in bfloat16, which is no error of the module."""
    scale = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.constant_(scale.weight, 1 / 3)
    assert assert_stable(scale, "bfloat16", ulps=0.51, input=strategies.real(1)).verdict is Verdict.AGREES


#: Functions of NumPy and Torch of which both round every step in the same way.
TWICE: list[tuple[Callable[..., Any], Callable[..., Any]]] = [
    (lambda x: np.log(1 + np.exp(x)), lambda x: torch.log(1 + torch.exp(x))),
    (lambda x: x * x - (x + 1) * x, lambda x: x * x - (x + 1) * x),
    (lambda x: np.where(x > 0, np.sqrt(abs(x)), 1 / x), lambda x: torch.where(x > 0, x.abs().sqrt(), 1 / x)),
    (lambda x: np.tanh(np.concatenate([x, x[:2]])), lambda x: torch.tanh(torch.cat([x, x[:2]]))),
    (lambda x: np.sum(x), lambda x: x.sum()),
    (lambda x: np.maximum.accumulate(x)[1:] * 3e38, lambda x: torch.cummax(x, 0).values[1:] * 3e38),
]


@pytest.mark.parametrize("pair", TWICE)
def test_rounding_to_bfloat16_is_that_of_torch(pair: tuple[Callable[..., Any], Callable[..., Any]]) -> None:
    bfloat16 = FORMATS["bfloat16"]
    ours, theirs = run_in(pair[0], ("x",), bfloat16), run_in(in_torch(pair[1]), ("x",), bfloat16)
    rng = np.random.default_rng(0)
    for scale in (1.0, 30.0, 1e-3):
        x = bfloat16.rounded(rng.normal(0, scale, 50))
        np.testing.assert_array_equal(ours({"x": x}), theirs({"x": x}))


def test_one_number_is_rounded_as_well() -> None:
    assert run_in(lambda x: x + 2.0**-9, ("x",), FORMATS["bfloat16"])({"x": np.asarray(1.0)}) == 1.0
    assert run_in(lambda x: x + 2.0**-9, ("x",), FORMATS["float16"])({"x": np.asarray(1.0)}) == 1.0 + 2.0**-9


def test_a_domain_that_rounding_leaves() -> None:
    with pytest.raises(ValueError, match="only roughly"):
        assert_stable(np.sum, x=strategies.probabilities("n"))
