"""Tensors given by a formula."""

from __future__ import annotations

from sympy import Expr

from .formula import formula as as_formula
from .indices import Index, ShapeError, free_indices
from .positivity import below_one, positive
from .tensors import Domain, Tensor


def define(name: str, *formal: Index | Expr, domain: Domain = Domain.REAL) -> Tensor:
    """Returns a tensor given by a formula: ``p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))``.

    name      how it is written
    formal    its indices, whose sizes are the shape, and then the formula; a scalar has none and is used as ``E[()]``
    domain    where its entries live

    A domain is a promise about the formula: that it is positive must
    be visible from its form; that it sums to 1 becomes a claim of every derivation that uses it. Raises ShapeError if
    the formula has a free index that is not among the indices, ValueError if it is not visibly in the domain.
    """
    *indices, formula = formal
    body = as_formula(formula)
    loose = free_indices(body) - set(indices)
    if loose:
        names = ", ".join(sorted(f"{index.name} (over {index.dim})" for index in loose))
        raise ShapeError(f"the formula of {name} has the free index {names}, which is not among the indices of {name}")
    if domain.positive and not positive(body):
        raise ValueError(f"{name} is to be positive, but this is not visible in its formula {body}")
    if domain is Domain.UNIT and not below_one(body):
        raise ValueError(f"{name} is to be less than 1, but this is not visible in its formula {body}")
    if domain in (Domain.ONE_HOT, Domain.BINARY):
        raise ValueError(f"{name} has a formula, so it cannot be declared {domain.value}")
    return Tensor(name, *(index.dim for index in indices), domain=domain, definition=(tuple(indices), body))
