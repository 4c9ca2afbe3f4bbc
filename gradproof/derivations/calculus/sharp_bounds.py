"""Extrema: a bound that holds everywhere and is reached at a point. One statement, and two derivations that prove it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Expr

from .conditions import At, Relation
from .derivation import Derivation, Text
from .passes import Pass, identity
from .positivity import positive
from .rewriting import rewrite
from .sums import Sum
from .tensors import Domain, Entry


def extremum(
    statement: Expr,
    passes: list[Pass],
    *,
    at: Entry,
    value: Expr,
    reached: list[Pass],
    name: str,
    title: Text,
    **more: Any,
) -> Derivation:
    """The greatest (or least) value of a function: a bound by `passes`, and its value at a point by `reached`.

    at, value    where it is reached: the entries p_i, say, have the value 1/n
    reached      the passes from the function at this point to the bound, in the branch NAME.reached
    Raises ValueError if the passes make no bound with equality allowed, if another value is reached, or if the point is
    not visibly in the domain of the tensor.
    """
    _require_inside(name, at, value)
    bound = identity(statement, passes, name=name, title=title, **more)
    if bound.relation not in (Relation.AT_MOST, Relation.AT_LEAST):
        raise ValueError(f"{name}: a chain that says {bound.relation.value} is no bound that could be reached")

    def put(part: Expr) -> Expr:
        if not isinstance(part, Entry):
            return part
        if part.tensor == at.tensor:
            return value.xreplace(dict(zip(at.indices, part.indices, strict=True)))
        if part.tensor.definition is not None:
            return rewrite(part.tensor.body(*part.indices), put)
        return part

    there = Text(f"{title.en}: where it is reached", f"{title.zh}：何处取到")
    place = (*bound.given, At(at, value))
    branch = identity(rewrite(statement, put), reached, name=f"{name}.reached", title=there, given=place)
    if branch.result != bound.result:
        raise ValueError(f"{name}: the bound is {bound.result}, but the value that is reached is {branch.result}")
    steps = tuple(replace(step, id=f"B{step.id[1:]}") for step in branch.steps)
    return replace(bound, branches=(*bound.branches, replace(branch, steps=steps)))


def _require_inside(name: str, at: Entry, value: Expr) -> None:
    domain = at.tensor.domain
    inside = not domain.positive or positive(value)
    if domain.sums_to_one:
        inside = inside and Sum(value, at.indices[-1]) == 1
    if not inside or domain in (Domain.ONE_HOT, Domain.BINARY, Domain.UNIT):
        raise ValueError(f"{name}: it is not visible that {at} = {value} is {domain.value}")
