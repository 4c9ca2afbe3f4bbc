"""Derivatives of prepared expressions, symbolically: by entries whose index is bound, and for counting classes.

Derivatives by free entries are evaluated in dual numbers instead; there this only counts what they mention.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from sympy import Abs, Add, Expr, Mul, Pow, Rational, S, pi

from gradproof.derivations.calculus import (
    Applied,
    Binder,
    Delta,
    Elementwise,
    Entry,
    Index,
    Largest,
    Partial,
    Selected,
    Sum,
    Tensor,
    erf,
    exp,
    log,
    step,
    xlogx,
)

from ..evaluation import Unsupported
from ..structure import tensors_in
from .positivity import NOTHING
from .vocabulary import in_vocabulary


@lru_cache(maxsize=1 << 14)
def derivative_of(expression: Expr, by: Entry, depth: int) -> Expr:
    """∂expression/∂by, carried out. The tensor of `by` is a cut; other defined tensors are functions of it.

    depth    how many sums stand around the expression; it names the indices of opened sums
    """

    def go(part: Expr) -> Expr:
        return derivative_of(part, by, depth)

    if isinstance(expression, Entry):
        if expression.tensor == by.tensor:
            return Mul(*[Delta(i, j) for i, j in zip(expression.indices, by.indices, strict=True)])
        if expression.tensor.definition is not None:
            return go(expression.tensor.body(*expression.indices))
        return S.Zero
    if isinstance(expression, (Delta, step, Selected)) or not expression.args or not reaches(expression, by.tensor):
        return S.Zero
    if isinstance(expression, Sum):
        body, bound = opened(expression, depth)
        return summed(derivative_of(body, by, depth + 1), bound)
    if isinstance(expression, Add):
        return Add(*[go(part) for part in expression.args])
    if isinstance(expression, Mul):
        factors = expression.args
        return Add(*[Mul(*factors[:p], go(factor), *factors[p + 1 :]) for p, factor in enumerate(factors)])
    if isinstance(expression, Pow) and isinstance(expression.exp, Rational):
        return expression.exp * Pow(expression.base, expression.exp - 1) * go(expression.base)
    if isinstance(expression, exp):
        return expression * go(expression.argument)
    if isinstance(expression, log):
        return go(expression.argument) / expression.argument
    if isinstance(expression, erf):
        bell = in_vocabulary(exp(-(expression.argument**2)), NOTHING)
        return 2 * Pow(pi, Rational(-1, 2)) * bell * go(expression.argument)
    if isinstance(expression, xlogx):
        return (log(expression.argument) + 1) * go(expression.argument)
    if isinstance(expression, Abs):
        argument = expression.args[0]
        return (step(argument) - step(-argument)) * go(argument)
    if isinstance(expression, Largest):
        body, bound = opened(expression, depth)
        slope = Selected(body, bound[0], bound[0], expression.rank) * derivative_of(body, by, depth + 1)
        return summed(slope, bound)
    if isinstance(expression, Applied):
        return Applied(expression.args[0], expression.args[1] + 1, expression.argument) * go(expression.argument)
    if isinstance(expression, Partial):
        return go(derivative_of(expression.expression, expression.by, depth))
    raise Unsupported(f"no derivative of {type(expression).__name__} is known")


@lru_cache(maxsize=1 << 13)
def carried_out(expression: Expr, depth: int = 0) -> Expr:
    """The expression with its derivatives carried out and what was a cut unfolded."""
    if isinstance(expression, Partial):
        return carried_out(derivative_of(expression.expression, expression.by, depth), depth)
    if isinstance(expression, Entry):
        if expression.tensor.definition is None:
            return expression
        return carried_out(expression.tensor.body(*expression.indices), depth)
    if not expression.args or isinstance(expression, Delta):
        return expression
    if isinstance(expression, Sum):
        body, bound = opened(expression, depth)
        return summed(carried_out(body, depth + 1), bound)
    return expression.func(*[carried_out(part, depth) for part in expression.args])


def reaches(expression: Expr, tensor: Tensor) -> bool:
    """Whether the expression depends on the tensor, also through definitions."""
    return any(_tensor_reaches(used, tensor) for used in tensors_in(expression))


@lru_cache(maxsize=1 << 14)
def _tensor_reaches(used: Tensor, tensor: Tensor) -> bool:
    return used == tensor or (used.definition is not None and reaches(used.definition[1], tensor))


def rebuilt(expression: Expr, leaf: Callable[[Expr], Expr], depth: int) -> Expr:
    """`leaf` applied to every entry and every function, innermost first; derivatives are entered, sums opened."""
    if isinstance(expression, Entry):
        return leaf(expression)
    if isinstance(expression, Sum):
        body, bound = opened(expression, depth)
        return summed(rebuilt(body, leaf, depth + 1), bound)
    if isinstance(expression, Binder):
        body, bound = opened(expression, depth)
        return expression.closed(rebuilt(body, leaf, depth + 1), list(bound))
    if isinstance(expression, Partial):
        return Partial(rebuilt(expression.expression, leaf, depth), expression.by)
    if not expression.args or isinstance(expression, Delta):
        return expression
    again = expression.func(*[rebuilt(part, leaf, depth) for part in expression.args])
    # Not what SymPy made of the parts: the root of a square that a leaf brought may be a function again.
    return leaf(again) if isinstance(expression, (Elementwise, Applied)) else again


def opened(total: Binder, depth: int) -> tuple[Expr, tuple[Index, ...]]:
    """The body of a sum (or maximum) that stands inside `depth` others, its indices named by the depth.

    The names are not fresh, so that what was computed for one claim is found again for the next.
    """
    names = tuple(Index(f"~{depth}.{place}", index.dim) for place, index in enumerate(total.bound))
    return total.body.xreplace(dict(zip(total.bound, names, strict=True))), names


def summed(body: Expr, bound: tuple[Index, ...]) -> Expr:
    """Σ body over the opened indices, with the deltas sifted that touch one of them."""
    names = set(bound)
    if body.has(Delta):
        factors = Mul.make_args(body)
        for factor in factors:
            if isinstance(factor, Delta):
                for old, new in (factor.args, factor.args[::-1]):
                    if old in names:
                        rest = Mul(*[other for other in factors if other is not factor]).xreplace({old: new})
                        return summed(rest, tuple(index for index in bound if index != old))
        for factor in factors:
            parts = _spread_over_deltas(factor, names)
            if parts:
                rest = Mul(*[other for other in factors if other is not factor])
                return Add(*[summed(rest * part, bound) for part in parts])
    return Sum(body, *bound)


def _spread_over_deltas(factor: Expr, names: set[Index]) -> tuple[Expr, ...]:
    """The terms of a sum of terms, or of a small power of one, in which a delta touches one of the indices."""
    base, exponent = factor.as_base_exp()
    if not isinstance(base, Add) or exponent not in (1, 2, 3, 4):
        return ()
    if not any(names & set(delta.args) for delta in base.atoms(Delta)):
        return ()
    rest = base ** (exponent - 1)
    return tuple(part * rest for part in base.args)
