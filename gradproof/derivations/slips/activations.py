"""Mistakes with σ, tanh and their derivatives.

A derivative is known by its form: f (1 − f) for σ, 1 − f² for tanh, φ′ for an activation that is not named. f is the
function itself or an entry that stands for it, as o_k does for σ(z_k).
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, Integer, Mul, Pow, S

from gradproof.derivations.calculus import Applied, Elementwise, Entry, exp, expm1, sigmoid, softplus, step, tanh

from .slip import Scope


def slope_sign(part: Expr, scope: Scope) -> Iterator[Expr]:
    """−σ (1 − σ), tanh² − 1, −φ′."""
    for _, _ in _logistic(part):
        yield -part
    if _hyperbolic(part) or _prime(part):
        yield -part


def slope_as_difference(part: Expr, scope: Scope) -> Iterator[Expr]:
    """σ − (1 − σ) for σ (1 − σ)."""
    for value, rest in _logistic(part):
        yield (value - (1 - value)) * rest


def slope_at_argument(part: Expr, scope: Scope) -> Iterator[Expr]:
    """x (1 − x) for σ(x) (1 − σ(x)), 1 − x² for 1 − tanh²(x); φ′(φ(z)) for φ′(z)."""
    for value, rest in _logistic(part):
        for inner in argument_of(value):
            yield inner * (1 - inner) * rest
    for value in _hyperbolic(part):
        for inner in argument_of(value):
            yield 1 - inner**2
    if isinstance(part, Applied) and part.order > 0:
        yield Applied(part.args[0], part.args[1], Applied(part.args[0], S.Zero, part.argument))


def one_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    """−tanh² for 1 − tanh²."""
    for value in _hyperbolic(part):
        yield -(value**2)


def square_of_slope_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    """1 − tanh for 1 − tanh²."""
    for value in _hyperbolic(part):
        yield 1 - value


def slope_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    """The inner derivative is taken for 1: σ (1 − σ), 1 − tanh², φ′ or the step of relu."""
    for _, rest in _logistic(part):
        yield rest
    if _hyperbolic(part) or _prime(part) or isinstance(part, step):
        yield S.One


def exponent_number_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    """e^(−x) for e^(−2x): the whole number in an exponent is lost."""
    if isinstance(part, (exp, expm1)):
        number, _ = part.argument.as_coeff_Mul()
        if isinstance(number, Integer) and abs(number) > 1:
            yield part.func(part.argument / abs(number))


def minus_inside_lost(part: Expr, scope: Scope) -> Iterator[Expr]:
    """σ(x) for σ(−x), e^x for e^(−x)."""
    if isinstance(part, (sigmoid, tanh, softplus, exp, expm1, Applied)):
        argument = part.args[-1]
        if all(term.as_coeff_Mul()[0].is_negative for term in Add.make_args(argument)):
            yield part.func(*part.args[:-1], -argument)


def argument_of(value: Expr) -> Iterator[Expr]:
    """x for f(x), also where an entry is defined as f(x), or by a formula in the one number x."""
    if isinstance(value, Entry) and value.tensor.definition is not None:
        value = value.tensor.body(*value.indices)
        if not isinstance(value, (Elementwise, Applied)):
            entries = value.atoms(Entry)
            if len(entries) == 1 and not any(entry.indices for entry in entries):
                yield from entries
    if isinstance(value, (Elementwise, Applied)):
        yield value.argument


def _logistic(part: Expr) -> Iterator[tuple[Expr, Expr]]:
    """f and the other factors, for f (1 − f) times them."""
    if isinstance(part, Mul):
        for value in part.args:
            if isinstance(value, (sigmoid, Entry)) and 1 - value in part.args:
                yield value, Mul(*[factor for factor in part.args if factor not in (value, 1 - value)])


def _hyperbolic(part: Expr) -> tuple[Expr, ...]:
    """f, for 1 − f²; else nothing."""
    if isinstance(part, Add) and len(part.args) == 2:
        square = 1 - part
        if isinstance(square, Pow) and square.exp == 2 and isinstance(square.base, (tanh, Entry)):
            return (square.base,)
    return ()


def _prime(part: Expr) -> bool:
    return isinstance(part, Applied) and part.order > 0
