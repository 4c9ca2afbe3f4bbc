"""Roots of exponentials, which half angles and temperatures bring."""

from __future__ import annotations

from sympy import Expr, Pow, ilcm

from gradproof.derivations.calculus import Entry, Partial, Tensor, exp

from .derivatives import rebuilt


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
