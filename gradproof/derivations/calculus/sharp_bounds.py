"""Extrema: a bound that holds everywhere and is reached at one point only. One statement, three chains of lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Expr

from .conditions import At, NonZero, Relation
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
    elsewhere: list[Pass],
    name: str,
    title: Text,
    **more: Any,
) -> Derivation:
    """The greatest (or least) value of a function: a bound by `passes`, and its value at a point by `reached`.

    at, value    where it is reached: the entries p_i, say, have the value 1/n
    reached      the passes from the function at this point to the bound, in the branch NAME.reached
    elsewhere    the passes to the same bound, strictly, at every other point, in the branch NAME.elsewhere
    Raises ValueError if the passes make no bound with equality allowed or no strict one, if another value is reached,
    or if the point is not visibly in the domain of the tensor.
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
    away = Text(f"{title.en}: only there", f"{title.zh}：仅在该处取到")
    given = (*bound.given, NonZero(at - value))
    strict = identity(statement, elsewhere, name=f"{name}.elsewhere", title=away, given=given)
    if not strict.relation.strict or strict.relation.then(bound.relation) is not strict.relation:
        raise ValueError(f"{name}: elsewhere the chain says {strict.relation.value}, which is not strict")
    for found in (branch, strict):
        if found.result != bound.result:
            raise ValueError(f"{found.name}: the bound is {bound.result}, but {found.result} is reached")
    return replace(bound, branches=(*bound.branches, _lettered(branch, "B"), _lettered(strict, "C")))


def _lettered(branch: Derivation, letter: str) -> Derivation:
    steps = tuple(replace(step, id=f"{letter}{step.id[1:]}") for step in branch.steps)
    return replace(branch, steps=steps)


def _require_inside(name: str, at: Entry, value: Expr) -> None:
    domain = at.tensor.domain
    inside = not domain.positive or positive(value)
    if domain.sums_to_one:
        inside = inside and Sum(value, at.indices[-1]) == 1
    if not inside or domain in (Domain.ONE_HOT, Domain.BINARY, Domain.UNIT):
        raise ValueError(f"{name}: it is not visible that {at} = {value} is {domain.value}")
