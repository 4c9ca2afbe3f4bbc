"""Roots of products, and of exponentials, which half angles and temperatures bring."""

from __future__ import annotations

from sympy import Expr, Mul, Pow, ilcm

from gradproof.derivations.calculus import Entry, Partial, Tensor, exp

from .derivatives import rebuilt
from .positivity import Known, positive


def common_roots(expression: Expr) -> Expr:
    """exp(m)^(1/2), exp(m)^(1/3), … as whole powers of one generator exp(m/L)."""
    order = ilcm(1, 1, *[power.exp.q for power in _exponentials(expression)])
    if order == 1:
        return expression
    rescaled: dict[Tensor, Tensor] = {}

    def leaf(part: Expr) -> Expr:
        if isinstance(part, exp):
            return Pow(exp(part.argument / order), order)
        if isinstance(part, Entry) and part.tensor.definition is not None:
            return Entry(tensor_of(part.tensor), *part.indices)
        return part

    def tensor_of(tensor: Tensor) -> Tensor:
        if tensor not in rescaled:
            formal, body = tensor.definition
            again = (formal, rebuilt(body, leaf, 0))
            rescaled[tensor] = Tensor(tensor.name, *tensor.dims, domain=tensor.domain, definition=again)
        return rescaled[tensor]

    def variables(part: Expr) -> Expr:
        if isinstance(part, Partial) and part.by.tensor.definition is not None:
            return Partial(part.expression, Entry(tensor_of(part.by.tensor), *part.by.indices))
        return part

    return rebuilt(expression, leaf, 0).replace(lambda part: isinstance(part, Partial), variables)


def _exponentials(expression: Expr) -> list[Pow]:
    found = [p for p in expression.atoms(Pow) if isinstance(p.base, exp) and p.exp.is_Rational]
    for tensor in expression.atoms(Tensor):
        if tensor.definition is not None:
            found += _exponentials(tensor.definition[1])
    return found


def raised_by_factors(base: Expr, exponent: Expr, known: Known) -> Expr:
    """(p r)^q = p^q r^q for a positive p; SymPy would write √(m²) as |m|, not knowing that m is positive."""
    if exponent.is_Integer:
        return Pow(base, exponent)
    powers = [factor.as_base_exp() for factor in Mul.make_args(base)]
    certain = [inner ** (power * exponent) for inner, power in powers if power.is_Rational and positive(inner, known)]
    rest = [inner**power for inner, power in powers if not (power.is_Rational and positive(inner, known))]
    return Mul(*certain, Pow(Mul(*rest), exponent))
