"""Formulas of NumPy functions: what is printed, and that nothing is lost without a word."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradproof.derivations.calculus import Derivation, Dim, Partial, Rule, Scalar, Step, Text, Vector
from gradproof.derivations.notation.reference import (
    ReferenceUnavailableError,
    Untranslatable,
    derivation_reference_latex,
    reference_latex,
)


def layers(x, W1, W2):
    return W2 @ np.tanh(W1 @ x)


def entrywise(a, t):
    return (a - t) * a * (1 - a)


def numbers(a, t):
    return a * t


def accents(y_hat, y):
    return y_hat - y


def transposed(X, D):
    return X.T @ D


def rows_from_the_left(x, W):
    return x @ W


def inner(x, y):
    return x @ y


def outer(x, y):
    return np.outer(x, y)


def over_columns(X):
    return np.sum(X, axis=1)


def over_everything(X):
    return np.sum(X)


def method(X):
    return X.sum(axis=0)


def taxicab(x):
    return np.linalg.norm(x, ord=1)


def euclidean(x):
    return np.linalg.norm(x)


def squares(x):
    return x**2


def quotient(x, y):
    return x / y


def row_added(X, b):
    return X + b


def piecewise(x):
    return np.where(x > 0, x, 0)


def small(x):
    return x + 1e-6


def named(z):
    """With a docstring."""
    p = np.exp(z) / np.sum(np.exp(z))
    return np.diag(p) - np.outer(p, p)


PRINTED = [
    (
        layers,
        {"x": 1, "W1": 2, "W2": 2},
        r"\mathbf{W}^{(2)} \tanh\left(\mathbf{W}^{(1)} \mathbf{x}\right)",
    ),
    (
        entrywise,
        {"a": 1, "t": 1},
        r"\left(\mathbf{a} - \mathbf{t}\right) \odot \mathbf{a} \odot \left(1 - \mathbf{a}\right)",
    ),
    (numbers, {}, "a t"),
    (accents, {"y_hat": 1, "y": 1}, r"\hat{\mathbf{y}} - \mathbf{y}"),
    (transposed, {"X": 2, "D": 2}, r"\mathbf{X}^{\mathsf{T}} \mathbf{D}"),
    (rows_from_the_left, {"x": 1, "W": 2}, r"\mathbf{W}^{\mathsf{T}} \mathbf{x}"),
    (inner, {"x": 1, "y": 1}, r"\mathbf{x}^{\mathsf{T}} \mathbf{y}"),
    (outer, {"x": 1, "y": 1}, r"\mathbf{x} \mathbf{y}^{\mathsf{T}}"),
    (over_columns, {"X": 2}, r"\sum_{\text{axis } 1}\left(\mathbf{X}\right)"),
    (over_everything, {"X": 2}, r"\sum\left(\mathbf{X}\right)"),
    (method, {"X": 2}, r"\sum_{\text{axis } 0}\left(\mathbf{X}\right)"),
    (taxicab, {"x": 1}, r"\left\lVert \mathbf{x} \right\rVert_{1}"),
    (euclidean, {"x": 1}, r"\left\lVert \mathbf{x} \right\rVert"),
    (squares, {"x": 1}, r"\mathbf{x}^{\circ 2}"),
    (quotient, {"x": 1, "y": 1}, r"\mathbf{x} \oslash \mathbf{y}"),
    (row_added, {"X": 2, "b": 1}, r"\mathbf{X} + \mathbf{1} \mathbf{b}^{\mathsf{T}}"),
    (piecewise, {}, r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}"),
    (small, {}, r"x + 1 \times 10^{-6}"),
    (
        named,
        {"z": 1},
        r"\begin{array}{l} \mathbf{p} = \frac{\exp\left(\mathbf{z}\right)}"
        r"{\sum\left(\exp\left(\mathbf{z}\right)\right)} \\ "
        r"\operatorname{diag}\left(\mathbf{p}\right) - \mathbf{p} \mathbf{p}^{\mathsf{T}} \end{array}",
    ),
]


@pytest.mark.parametrize(("function", "axes", "expected"), PRINTED, ids=lambda value: getattr(value, "__name__", ""))
def test_formula(function: Callable[..., Any], axes: dict[str, int], expected: str) -> None:
    assert reference_latex(function, axes) == expected


def test_different_functions_have_different_formulas() -> None:
    assert len({reference_latex(function, axes) for function, axes, _ in PRINTED}) == len(PRINTED)


def lost_keyword(x):
    return np.sum(x, keepdims=True)


def lost_order(x, k):
    return np.linalg.norm(x, ord=k)


def lost_clip(x):
    return np.clip(x, 0, 1)


def lost_unknown(x):
    return np.fft.fft(x)


def lost_attribute(x):
    return x.shape


def lost_slice(x):
    return x[:, None]


def lost_chain(x):
    return 0 < x < 1


def lost_loop(x):
    for _ in range(3):
        x = x + 1
    return x


def lost_augmented(x):
    x += 1
    return x


def lost_tuple(x):
    a, b = x, x
    return a + b


def lost_default(x, y=1):
    return x + y


def lost_text(x):
    return x + "a"


def lost_number_product(x, c):
    return x @ c


def lost_broadcast(X, b):
    return X * b


def lost_vector_transpose(x):
    return x.T


def lost_floor(x):
    return x // 2


def lost_positional_axis(x):
    return np.sum(x, 0)


def lost_nothing_returned(x):
    x = x + 1


def lost_lambda(x):
    return (lambda y: y)(x)


LOST = [
    (lost_keyword, "keepdims", 2),
    (lost_order, "ord", 2),
    (lost_clip, "np.clip", 2),
    (lost_unknown, "np.fft.fft", 2),
    (lost_attribute, ".shape", 2),
    (lost_slice, "Subscript", 2),
    (lost_chain, "comparisons", 2),
    (lost_loop, "For", 2),
    (lost_augmented, "AugAssign", 2),
    (lost_tuple, "(a, b)", 2),
    (lost_default, "parameters", 1),
    (lost_text, "'a'", 2),
    (lost_number_product, "product of a number", 2),
    (lost_broadcast, "entry by entry", 2),
    (lost_vector_transpose, "no matrix", 2),
    (lost_floor, "FloorDiv", 2),
    (lost_positional_axis, "2 arguments", 2),
    (lost_nothing_returned, "Assign at the end", 2),
    (lost_lambda, "function", 2),
]


@pytest.mark.parametrize(("function", "construct", "line"), LOST, ids=lambda value: getattr(value, "__name__", ""))
def test_what_a_formula_would_lose_is_refused_with_its_line(
    function: Callable[..., Any], construct: str, line: int
) -> None:
    with pytest.raises(Untranslatable) as caught:
        reference_latex(function, {"x": 1, "X": 2, "b": 1})
    assert construct in caught.value.construct
    assert caught.value.line == line


def test_without_latexify_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gradproof.derivations.notation.reference_printer", None)
    with pytest.raises(ReferenceUnavailableError, match="latexify-py"):
        reference_latex(squares, {"x": 1})


def _derivation(reference: Callable[..., Any] | None) -> Derivation:
    n = Dim("n")
    (i,) = n.indices("i")
    x, y = Vector("x", n), Vector("y", n)
    statement = Partial(Scalar("L"), x[i])
    step = Step("A1", statement, x[i] * y[i], (Rule("r", Text("r", "r")),))
    return Derivation("d", Text("t", "t"), statement, (i,), (step,), reference=reference)


def test_a_name_that_python_reserves_is_written_without_its_line() -> None:
    from gradproof.derivations.notation.reference_printer import letter

    assert letter("lambda_", 0) == r"\lambda"


def test_a_derivation_knows_which_letters_are_vectors() -> None:
    assert derivation_reference_latex(_derivation(lambda_free)) == r"\mathbf{x} \odot \mathbf{y}"


def lambda_free(x, y):
    return x * y


def test_a_name_that_python_keeps_for_itself_is_written_as_the_letter() -> None:
    assert derivation_reference_latex(_derivation(rate)) == r"\lambda \mathbf{x}"


def rate(lambda_, x):
    return lambda_ * x


def test_a_derivation_without_reference_has_no_formula() -> None:
    with pytest.raises(ValueError, match="no reference"):
        derivation_reference_latex(_derivation(None))
