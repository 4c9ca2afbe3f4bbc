"""Conditions: as 1 or 0 within a formula, and as the region or the case of indices in which a claim is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sympy import Expr, S

from gradproof.derivations.calculus import (
    Condition,
    Different,
    Entry,
    Equal,
    Index,
    Largest,
    NonZero,
    Positive,
    delta,
    free_indices,
    step,
)
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Name, Node

from .problems import NotUnderstood

if TYPE_CHECKING:
    from .translate import Translator


def truth(translator: Translator, condition: Node) -> Expr:
    """1 where a condition holds, else 0: i = j, i ≠ j, z > 0."""
    while isinstance(condition, s.Group):
        condition = condition.body
    if not isinstance(condition, s.Chain) or len(condition.members) != 2:
        raise NotUnderstood(
            "this condition is not understood; conditions read x > 0, i = j, i \\ne j or x \\in (0, 1)", condition.span
        )
    (left, right), (sign,) = condition.members, condition.signs
    assert left is not None and right is not None
    first, second = _index(translator, left), _index(translator, right)
    if sign in "=≠" and first is not None and second is not None:
        translator.context.arrays.same(first, second, condition.span)
        found = delta(first, second)
        return found if sign == "=" else 1 - found
    if sign == "=" and (attained := _attained(translator, left, right)) is not None:
        return attained
    if sign in "=≠" and (gap := _number(translator.scalar(left) - translator.scalar(right))) is not None:
        return S(int((gap == 0) is (sign == "=")))
    if sign in "<>≤≥":
        gap = translator.scalar(left) - translator.scalar(right)
        if sign in "≤≥" and translator.context.borders:
            return 1 - (step(-gap) if sign == "≥" else step(gap))
        if sign in "≤≥" and not free_indices(gap) & set(translator.context.letters.values()):
            translator.context.given[NonZero(gap)] = None  # step is 0 at 0: at the border nothing is said
        return step(gap) if sign in ">≥" else step(-gap)
    raise NotUnderstood(
        "this condition is not understood; conditions read x > 0, i = j, i \\ne j or x \\in (0, 1)", condition.span
    )


def _number(expression: Expr) -> Expr | None:
    """The number that an expression is by the definitions of what stands in it; None for all others."""
    numbers = {entry: body for entry in expression.atoms(Entry) if (body := _defined_number(entry)) is not None}
    found = expression.xreplace(numbers)
    return found if found.is_Number else None


def _defined_number(entry: Entry) -> Expr | None:
    return _number(entry.tensor.body(*entry.indices)) if entry.tensor.definition is not None else None


def _attained(translator: Translator, left: Node, right: Node) -> Expr | None:
    """1 where z_i = max_k z_k; None for what is no such question."""
    if not any(isinstance(node, s.BigOperator) for node in s.walk(right)):
        return None
    value, largest = translator.scalar(left), translator.scalar(right)
    if not isinstance(largest, Largest):
        return None
    for place in free_indices(value):
        if place.dim == largest.bound[0].dim and largest.body.xreplace({largest.bound[0]: place}) == value:
            return largest.selected(place)
    return None


def regions(translator: Translator, condition: Node) -> Iterator[Condition]:
    """What a condition says of a claim: i ≠ j, x > 0, x ∈ (0, 1). Raises NotUnderstood for every other condition."""
    while isinstance(condition, s.Group):
        condition = condition.body
    if isinstance(condition, s.Listing):
        if not any(isinstance(item, s.Dots) for item in condition.items):  # i = 1, …, n says the range only
            for item in condition.items:
                yield from regions(translator, item)
        return
    if not isinstance(condition, s.Chain):
        raise NotUnderstood(
            "this condition is not understood; conditions read x > 0, i = j, i \\ne j or x \\in (0, 1)", condition.span
        )
    for left, sign, right in zip(condition.members, condition.signs, condition.members[1:], strict=False):
        assert left is not None and right is not None
        yield from _region(translator, left, sign, right)


def _region(translator: Translator, left: Node, sign: str, right: Node) -> Iterator[Condition]:
    first, second = _index(translator, left), _index(translator, right)
    if first is not None and second is not None and sign in "=≠":
        translator.context.arrays.same(first, second, left.span)
        yield Equal(first, second) if sign == "=" else Different(first, second)
    elif sign == "∈":
        yield from _interval(translator, left, right)
    elif sign in "<>≠" and first is None:
        gap = translator.scalar(left) - translator.scalar(right)
        yield NonZero(gap) if sign == "≠" else Positive(gap if sign == ">" else -gap)
    else:
        raise NotUnderstood(
            f"a condition with {sign} is not understood here; write x > 0, i = j or i \\ne j", left.span.to(right.span)
        )


def _interval(translator: Translator, left: Node, right: Node) -> Iterator[Condition]:
    match right:
        case Name(text="R", font="blackboard"):
            return
        case s.Group(bracket="(", body=s.Listing(items=(lowest, highest))):
            value = translator.scalar(left)
            if not _infinite(lowest):
                yield Positive(value - translator.scalar(lowest))
            if not _infinite(highest):
                yield Positive(translator.scalar(highest) - value)
        case _:
            raise NotUnderstood("this set is not understood; an interval is written (0, 1)", right.span)


def _infinite(node: Node) -> bool:
    return any(part == Name("∞") for part in s.walk(node))


def _index(translator: Translator, node: Node) -> Index | None:
    if isinstance(node, Name) and not node.accents and translator.context.is_index(node.text):
        return translator.context.index(node.text)
    return None
