"""The order in which terms and factors are written: p_i(δ_ij − p_j), −y_i log p_i, 1 − p_i."""

from __future__ import annotations

from sympy import Add, Expr, Mul, Number, NumberSymbol, Pow, Rational

from gradproof.derivations.calculus import (
    Applied,
    Delta,
    Dim,
    Elementwise,
    Entry,
    Largest,
    Partial,
    Selected,
    Sum,
    definitions_in,
    exp,
    log,
)

from .names import letter_of

_RANKS: tuple[tuple[type[Expr], int], ...] = (
    (exp, 5),
    (log, 9),
    (Elementwise, 6),
    (Applied, 6),
    (Selected, 6),
    (Delta, 7),
    (Add, 8),
    (Largest, 11),
    (Sum, 11),
)


def _base(factor: Expr) -> Expr:
    return factor.base if isinstance(factor, Pow) else factor


def _is_parameter(entry: Entry) -> bool:
    """A Greek letter for data is a rate or an eigenvalue, and stands first: λ_i x_i; one with a definition is δ_i."""
    return entry.tensor.definition is None and not letter_of(entry.tensor.name).isascii()


def factor_rank(factor: Expr) -> tuple[int, int, int]:
    """Numbers, sizes, scalars, chain of derivatives, matrices, vectors, functions, deltas, brackets, log, sums."""
    if isinstance(factor, Pow) and not isinstance(factor.exp, Rational):
        return (5, 0, 0)  # x^a, like an exponential
    base = _base(factor)
    if isinstance(base, Number):
        return (0, 0, 0)
    if isinstance(base, Dim | NumberSymbol):
        return (1, 0, 0)
    if isinstance(base, Partial):
        if not isinstance(base.expression, Entry):
            return (10, 0, 0)
        if base.expression.tensor == base.by.tensor:
            return (7, 0, 0)  # it will be a delta, and stands where the delta will
        return (3, bool(base.expression.indices), -len(definitions_in(base.expression)))
    if isinstance(base, Entry):
        first = -_is_parameter(base)
        return (2, first, 0) if not base.indices else (4, -len(base.indices), first)
    return (next((rank for kind, rank in _RANKS if isinstance(base, kind)), 7), 0, 0)


def _degree(term: Expr) -> int:
    """The degree of a power of a scalar, so that polynomials begin with the highest one: x⁴ + x³."""
    base, exponent = term.as_base_exp()
    scalar = isinstance(base, Entry) and not base.indices
    return int(exponent) if scalar and exponent.is_Integer else 0


def term_rank(term: Expr, beside_exponential: bool) -> tuple[int, int, int]:
    """Positive terms first: sums, products, single things, numbers; then negative ones from the simplest on.

    `beside_exponential`: a number comes first in 1 + e^x.
    """
    coefficient, rest = term.as_coeff_Mul()
    size = sum(1 if not isinstance(factor, Sum | Pow) else 2 for factor in Mul.make_args(rest))
    if isinstance(rest, Number):
        size = 0
    if is_negative(coefficient):
        return (1, size, 0)
    if isinstance(rest, Delta):
        size = 3
    return (0, -9 if size == 0 and beside_exponential else -size, -_degree(rest))


def has_exponential(terms: tuple[Expr, ...]) -> bool:
    return any(isinstance(_base(factor), exp) for term in terms for factor in Mul.make_args(term))


def is_negative(coefficient: Expr) -> bool:
    return bool(coefficient.is_negative)


def negated(product: Expr) -> Expr:
    """Minus a product, without SymPy's multiplying it out: −2(x − y) gives 2(x − y)."""
    coefficient, rest = product.as_coeff_Mul()
    if coefficient == -1:
        return rest
    if isinstance(rest, Number):
        return -coefficient * rest
    return Mul(-coefficient, *Mul.make_args(rest), evaluate=False)


def stands_before(numerator: Expr, factors: list[Expr]) -> bool:
    """Whether a factor such as 2/n stands better before the rest than below it."""
    return any(factor.atoms(Sum) for factor in factors) or (numerator != 1 and any(f.atoms(Entry) for f in factors))
