"""Elementwise functions, each with its derivative and its definition by exp and log.

They do not rewrite themselves: exp(a) exp(b) stays a product until a rule says otherwise, so that a derivation shows
what a person would write. Derivatives are the table at the end, one rule a line; tests loop over the table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Abs, Expr, Rational, S, Symbol, pi

from .formula import formula


class Elementwise(Expr):
    """A real function of one real argument."""

    is_commutative = True
    is_real = True

    def __new__(cls, argument: Expr) -> Elementwise:
        return Expr.__new__(cls, formula(argument))

    @property
    def argument(self) -> Expr:
        return self.args[0]

    def _sympystr(self, printer: Any) -> str:
        return f"{type(self).__name__}({printer._print(self.argument)})"


class exp(Elementwise):
    """The exponential function, e^x: positive."""

    is_positive = True


class log(Elementwise):
    """The natural logarithm, of a positive argument."""


class log1p(Elementwise):
    """log(1 + x) for x > −1: where code computes it without rounding 1 + x first."""


class expm1(Elementwise):
    """exp(x) − 1: where code computes it without cancellation near 0."""


class erf(Elementwise):
    """The error function, 2/√π times the integral of exp(−t²) from 0 to x; it is odd."""


class sigmoid(Elementwise):
    """The logistic function σ(x) = 1 / (1 + e^−x): positive, less than 1."""

    is_positive = True


class tanh(Elementwise):
    """The hyperbolic tangent, (e^x − e^−x) / (e^x + e^−x)."""


class softplus(Elementwise):
    """log(1 + e^x): positive; its derivative is the sigmoid."""

    is_positive = True


class xlogx(Elementwise):
    """x log x, and 0 at 0: the convention 0 log 0 = 0 of entropy."""


class relu(Elementwise):
    """The larger of x and 0; its derivative is `step`, which has the convention of Torch at 0."""

    is_nonnegative = True


class step(Elementwise):
    """1 for a positive argument, 0 for a negative one; at 0 the convention of Torch's relu, 0."""

    is_nonnegative = True


class sign(Elementwise):
    """1 for a positive argument, −1 for a negative one; at 0 the convention of Torch's derivative of |x|, 0."""


def sqrt(argument: Expr) -> Expr:
    """Returns the square root of the argument, as a power. Raises TypeError for what is no formula."""
    return formula(argument) ** Rational(1, 2)


class Activation:
    """An opaque differentiable function φ: nothing is known of it but that it has derivatives φ′, φ″, …

    name    how it is written; ``phi = Activation("phi")`` is then used as ``phi(a[i])``
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, argument: Expr, order: int = 0) -> Applied:
        return Applied(Symbol(self.name), formula(order), argument)


class Applied(Expr):
    """An opaque activation or a derivative of it, at an argument."""

    is_commutative = True
    is_real = True

    def __new__(cls, name: Symbol, order: Expr, argument: Expr) -> Applied:
        return Expr.__new__(cls, name, order, formula(argument))

    @property
    def name(self) -> str:
        return str(self.args[0].name)

    @property
    def order(self) -> int:
        return int(self.args[1])

    @property
    def argument(self) -> Expr:
        return self.args[2]


def derivative(function: Expr) -> Expr:
    """f′ at the argument of f, an elementwise function, an activation, or SymPy's Abs."""
    if isinstance(function, Applied):
        return Applied(function.args[0], function.args[1] + 1, function.argument)
    if isinstance(function, Abs):
        return sign(function.args[0])
    return DERIVATIVES[type(function)](function, function.argument)


#: f ↦ f′, given the function applied (f) and its argument (x).
DERIVATIVES: dict[type[Elementwise], Callable[[Any, Any], Expr]] = {
    exp:      lambda f, x: f,
    log:      lambda f, x: 1 / x,
    log1p:    lambda f, x: 1 / (1 + x),
    expm1:    lambda f, x: exp(x),
    erf:      lambda f, x: 2 / sqrt(pi) * exp(-(x**2)),
    sigmoid:  lambda f, x: f * (1 - f),
    tanh:     lambda f, x: 1 - f**2,
    softplus: lambda f, x: sigmoid(x),
    xlogx:    lambda f, x: log(x) + 1,
    relu:     lambda f, x: step(x),
    step:     lambda f, x: S.Zero,
    sign:     lambda f, x: S.Zero,
}  # fmt: skip

#: f written with exp and log only (xlogx: where its argument is positive).
DEFINITIONS: dict[type[Elementwise], Callable[[Any], Expr]] = {
    log1p:    lambda x: log(1 + x),
    expm1:    lambda x: exp(x) - 1,
    sigmoid:  lambda x: 1 / (1 + exp(-x)),
    tanh:     lambda x: (exp(x) - exp(-x)) / (exp(x) + exp(-x)),
    softplus: lambda x: log(1 + exp(x)),
    xlogx:    lambda x: x * log(x),
}  # fmt: skip
