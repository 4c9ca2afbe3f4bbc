"""How fast products grow as t goes to infinity: e^(t²) outgrows e^t, which outgrows t, which outgrows log t.

An expression in these four and in further symbols, which stay bounded, is a quotient of two sums. Each sum is sorted by
order of growth, exactly: nothing is sampled.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from sympy import Expr, Poly, Pow, S, Symbol, cancel, fraction, ilcm, together

from ..evaluation import Unsupported
from ..exact.algebra import spread_size

T = Symbol("t", positive=True)
LOG = Symbol("log t", positive=True)
EXP = Symbol("e^t", positive=True)
EXP_SQUARE = Symbol("e^(t^2)", positive=True)
#: A quotient with more terms than these, multiplied out, is left alone: SymPy would take minutes for it.
MOST_TERMS = 2000
#: From the strongest to the weakest.
BASES = (EXP_SQUARE, EXP, T, LOG)


@dataclass(frozen=True, slots=True, order=True)
class Order:
    """The product e^(square t²) e^(linear t) t^power (log t)^logs; a larger order outgrows a smaller one."""

    square: Fraction = Fraction(0)
    linear: Fraction = Fraction(0)
    power: Fraction = Fraction(0)
    logs: Fraction = Fraction(0)

    @property
    def exponents(self) -> tuple[Fraction, ...]:
        return (self.square, self.linear, self.power, self.logs)

    def over(self, other: Order) -> Order:
        """The order of the quotient."""
        return Order(*(one - two for one, two in zip(self.exponents, other.exponents, strict=True)))

    @property
    def expression(self) -> Expr:
        product = S.One
        for base, exponent in zip(BASES, self.exponents, strict=True):
            product *= base ** S(exponent)
        return product


#: Orders and the coefficients of the products, which are polynomials in bounded symbols.
Terms = dict[Order, Expr]


@lru_cache(maxsize=1 << 10)
def quotient(expression: Expr) -> tuple[Terms, Terms]:
    """Numerator and denominator in lowest terms, by order. Raises Unsupported for what is no quotient of sums."""
    whole = {base: _common_denominator(expression, base) for base in BASES}
    rescaled = expression.xreplace({base: base**times for base, times in whole.items() if times != 1})
    if max(spread_size(rescaled)) > MOST_TERMS:
        raise Unsupported("a quotient with too many terms to be sorted by how they grow")
    try:
        top, bottom = fraction(cancel(together(rescaled)))
        return _terms(top, whole), _terms(bottom, whole)
    except Exception as problem:  # SymPy's own, of many kinds, where an expression is no polynomial
        raise Unsupported(f"{expression} is no quotient of sums of powers") from problem


def _common_denominator(expression: Expr, base: Symbol) -> int:
    powers = [power.exp for power in expression.atoms(Pow) if power.base == base and power.exp.is_Rational]
    return int(ilcm(1, 1, *[exponent.q for exponent in powers]))


def _terms(polynomial: Expr, whole: dict[Symbol, int]) -> Terms:
    found: Terms = {}
    for exponents, coefficient in Poly(polynomial, *BASES).terms():
        scaled = (Fraction(int(exponent), whole[base]) for base, exponent in zip(BASES, exponents, strict=True))
        found[Order(*scaled)] = coefficient
    return found
