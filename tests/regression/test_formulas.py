"""Formulas of SymPy, with one's own symbols, and of the calculus, with symbolic sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy

import gradproof as gp
from gradproof.regression.assertions import assert_gradient, assert_hessian, assert_identity, assert_jacobian
from gradproof.regression.checked import RefutedError, WrongShapeError
from gradproof.regression.formulas import FUNCTIONS, in_calculus
from gradproof.verify.verdict import Verdict

x, y = sympy.symbols("x y")
p = sympy.Symbol("p", positive=True)
n = gp.Dim("n")
i, j, k = n.indices("i j k")
z = gp.Vector("z", n)

IDENTITIES: list[tuple[Any, Any]] = [
    (sympy.tanh(x), 1 - 2 / (sympy.exp(2 * x) + 1)),
    (sympy.log(p * sympy.exp(x)), sympy.log(p) + x),
    (sympy.sqrt(x**2), sympy.Abs(x)),
    (sympy.Max(x, y), (x + y + sympy.Abs(x - y)) / 2),
    (sympy.Min(x, y), x + y - sympy.Max(x, y)),
    (p**y, sympy.exp(y * sympy.log(p))),
    (sympy.cosh(x) ** 2 - sympy.sinh(x) ** 2, 1),
    (sympy.Abs(x), x * sympy.sign(x)),
    (sympy.erf(-x), -sympy.erf(x)),
    (sympy.Max(x, 0), x * sympy.Heaviside(x)),
    (0.5 * x, x / 2),
]


@pytest.mark.parametrize(("left", "right"), IDENTITIES, ids=str)
def test_an_identity(left: Any, right: Any) -> None:
    assert assert_identity(left, right).verdict is Verdict.PROVED
    with pytest.raises(RefutedError, match="given"):
        assert_identity(left, right * (1 + sympy.Rational(1, 10**6)))


def test_every_function_stands_in_an_identity() -> None:
    used = {type(part) for pair in IDENTITIES for side in pair for part in sympy.preorder_traversal(sympy.S(side))}
    assert set(FUNCTIONS) - {sympy.exp} <= used | {sympy.Pow}


softplus = sympy.log(1 + sympy.exp(x))
DERIVATIVES: list[tuple[Callable[[Any], Any], Any]] = [
    (lambda found: assert_gradient(softplus, found), 1 / (1 + sympy.exp(-x))),
    (lambda found: assert_gradient(x**2 * y, found, by=(x, y)), [2 * x * y, x**2]),
    (lambda found: assert_jacobian([x * y, x + y], found, by=(x, y)), sympy.Matrix([[y, x], [1, 1]])),
    (lambda found: assert_hessian(x**2 * y, found, by=(x, y)), sympy.Matrix([[2 * y, 2 * x], [2 * x, 0]])),
    (lambda found: assert_gradient(gp.log(gp.Sum(gp.exp(z[k]), k)), found, by=z[j]),
     gp.exp(z[j]) / gp.Sum(gp.exp(z[k]), k)),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "derivative"), DERIVATIVES)
def test_a_derivative(claim: Callable[[Any], Any], derivative: Any) -> None:
    assert claim(derivative).verdict is Verdict.PROVED
    wrong = [2 * part for part in derivative] if isinstance(derivative, list) else 2 * derivative
    with pytest.raises(RefutedError):
        claim(wrong)


def test_symbolic_sizes_are_proved_for_every_size() -> None:
    claim, derivative = DERIVATIVES[-1]
    assert claim(derivative).scope == "every n"


def test_what_is_given_and_what_is_expected() -> None:
    with pytest.raises(RefutedError) as caught:
        assert_gradient(x**2, x)
    difference = caught.value.checked.difference
    assert difference is not None and 2 * float(difference.found) == float(difference.expected) != 0


MISUSE: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: assert_identity(sympy.sin(x), x), TypeError, "sin is no function that is decided here"),
    (lambda: assert_gradient(x * y, [y]), ValueError, "say by="),
    (lambda: assert_gradient(x * y, [y], by=(x, y)), WrongShapeError, "has 1 formulas; it must have 2"),
    (lambda: assert_gradient(x * y, y, by="x"), TypeError, "give a symbol"),
    (lambda: assert_identity(x, x, x=1.0), TypeError, "of no use here"),
]


@pytest.mark.parametrize(("assertion", "kind", "words"), MISUSE)
def test_misuse_says_what_to_do(assertion: Callable[[], Any], kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        assertion()


def test_text_is_never_a_formula() -> None:
    for text in ("x", "__import__('os')"):
        with pytest.raises(TypeError):
            in_calculus(text)
