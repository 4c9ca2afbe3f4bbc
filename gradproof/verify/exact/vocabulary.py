"""Functions in one vocabulary: exp of single monomials, log of single positive factors, step, erf.

Every rewrite is an identity wherever both sides are defined, and holds in a neighbourhood, so it may be used under a
derivative. Log rules are used only where every factor is known to be positive.
"""

from __future__ import annotations

from functools import lru_cache

from sympy import Abs, Add, Expr, Mul, Pow, Rational, S

from gradproof.derivations.calculus import (
    DEFINITIONS,
    Applied,
    Delta,
    Elementwise,
    erf,
    exp,
    log,
    relu,
    sign,
    step,
    xlogx,
)

from ..evaluation import Unsupported
from .algebra import as_fraction, terms
from .positivity import Known, positive


@lru_cache(maxsize=1 << 13)
def in_vocabulary(function: Expr, known: Known) -> Expr:
    """A function, whose argument is already in the vocabulary, in the vocabulary."""
    argument = function.args[-1]
    if isinstance(function, exp):
        return _exp(argument, known)
    if isinstance(function, log):
        return _log(argument, known)
    if isinstance(function, step):
        return S.One if positive(argument, known) else S.Zero if positive(-argument, known) else function
    if isinstance(function, sign):
        return in_vocabulary(step(argument), known) - in_vocabulary(step(-argument), known)
    if isinstance(function, erf):
        if argument == 0:
            return S.Zero
        return -erf(-argument) if argument.could_extract_minus_sign() else function
    if isinstance(function, relu):
        return argument * in_vocabulary(step(argument), known)  # at 0 both are 0, whatever a step is there
    if isinstance(function, Applied):
        return function
    if isinstance(function, xlogx) and isinstance(argument, Delta):
        return S.Zero  # 0 log 0 = 1 log 1 = 0
    return _over(DEFINITIONS[type(function)](argument), known)


def applied(kind: type[Expr], argument: Expr, known: Known) -> Expr:
    """A function of an argument that is in the vocabulary.

    |u| is u (2 step(u) − 1). SymPy's Abs is not applied to what is prepared: of 2u or 1 it makes another thing.
    """
    if kind is Abs:
        return argument * (2 * in_vocabulary(step(argument), known) - 1)
    return in_vocabulary(kind(argument), known)


def raised(base: Expr, exponent: Expr, known: Known) -> Expr:
    """x^a as exp(a log x), for a positive x. Raises Unsupported where x is not known to be positive."""
    if not positive(base, known):
        raise Unsupported(f"the power {base}**{exponent} of what is not known to be positive")
    return in_vocabulary(exp(exponent * in_vocabulary(log(base), known)), known)


def with_steps(product: Expr) -> Expr:
    """s f(s) = s f(1) for a step s."""
    if not product.has(step):
        return product
    for factor in Mul.make_args(product):
        base, exponent = factor.as_base_exp()
        if isinstance(base, step) and exponent.is_Integer and exponent > 0:
            product = base * (product / factor).xreplace({base: S.One})
    return product


def _over(expression: Expr, known: Known) -> Expr:
    """Definitions of functions, such as 1 / (1 + exp(−x)), with their functions in the vocabulary."""
    if isinstance(expression, Elementwise):
        return in_vocabulary(expression.func(_over(expression.argument, known)), known)
    if isinstance(expression, (Add, Mul, Pow)):
        return expression.func(*[_over(part, known) for part in expression.args])
    return expression


def _exp(argument: Expr, known: Known) -> Expr:
    """exp(Σ c m) = Π exp(m)^c, one generator for each monomial m, c rational; exp(log u) = u."""
    result = S.One
    for term in terms(argument):
        number, monomial = term.as_coeff_Mul()
        if not number.is_Rational:
            number, monomial = S.One, term
        if isinstance(monomial, log) and positive(monomial.argument, known):
            result *= monomial.argument**number
        elif monomial == 1:
            result *= exp(S.One) ** number
        elif number != 0:
            result *= exp(monomial) ** number
    return result


def _log(argument: Expr, known: Known) -> Expr:
    """log of a product or power of what is positive, spread; log(exp u) = u."""
    if not isinstance(argument, (Add, Mul, Pow)):
        return _log_of_factor(argument)
    top, bottom = as_fraction(argument)
    result = S.Zero
    for direction, part in ((1, top), (-1, bottom)):
        for factor in Mul.make_args(part):
            if not positive(factor, known):
                return log(argument)
            base, exponent = factor.as_base_exp()
            if exponent.is_Integer and exponent % 2 == 0 and positive(-base, known):
                base = -base
            if not (exponent.is_Rational and positive(base, known)):
                base, exponent = factor, S.One
            result += direction * exponent * _log_of_factor(base)
    return result


def _log_of_factor(factor: Expr) -> Expr:
    if factor == 1:
        return S.Zero
    if isinstance(factor, Rational) and factor > 0 and factor.q != 1:
        return _log_of_factor(S(factor.p)) - _log_of_factor(S(factor.q))
    return factor.argument if isinstance(factor, exp) else log(factor)
