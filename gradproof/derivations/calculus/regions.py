"""Identities that are shown region by region: the line itself, and a case for x > 0 and one for x < 0.

In a region the kinks are gone: max(x, 0), |x| and the step are x, x and 1 on one side, 0, −x and 0 on the other. So a
case ends where the stable form, with its kinks settled, is the line that was reached.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase
from typing import Any

from sympy import Abs, Expr, S

from . import rules
from .conditions import Condition, Negative, Positive
from .derivation import Derivation, Step, Text
from .functions import exp, expm1, relu, step
from .indices import free_indices
from .passes import Pass, carried_through, insert
from .rewriting import rewrite
from .tensors import Tensor, definitions_in

Region = Positive | Negative


def by_region(
    statement: Expr,
    result: Expr,
    cases: Mapping[str, tuple[Region, Sequence[Pass]]],
    *,
    name: str,
    title: Text,
    fold: tuple[Tensor, ...] = (),
    textbook: Expr | None = None,
    given: tuple[Condition, ...] = (),
    reference: Callable[..., Any] | None = None,
    operation: Callable[..., Any] | None = None,
    sources: tuple[str, ...] = (),
    remarks: tuple[Text, ...] = (),
    stable: bool = False,
) -> Derivation:
    """`statement` = `result`, with a branch for each case: the passes that lead there from the statement.

    cases      by label: a region and the passes in it, e.g. {"positive": (Positive(x), [write_log1p])}
    fold       defined tensors of the result that a case writes out
    operation  Torch's own operation for `statement`; see `Derivation`
    stable     whether the result is the form to compute with, and the statement the naive one
    Raises ValueError where the passes of a case do not lead to the result with its kinks settled.
    """
    uses = tuple(dict.fromkeys((*definitions_in(statement), *definitions_in(result))))
    branches = []
    for letter, (label, (region, passes)) in zip(ascii_uppercase[1:], cases.items(), strict=False):
        steps = carried_through(statement, list(passes), f"{name}.{label}", letter) if passes else ()
        reached = steps[-1].after if steps else statement
        expected = settled(insert(*fold).apply(result), region)
        if reached != expected:
            raise ValueError(f"{name}.{label}: the passes lead to {reached}, the result is {expected} there")
        last = Step(f"{letter}{len(steps) + 1}", reached, result, (rules.SETTLE,), uses)
        branch = _branch(name, label, title, statement, (*steps, last), (*given, region))
        branches.append(replace(branch, operation=operation))
    return Derivation(
        name=name,
        title=title,
        statement=statement,
        indices=tuple(sorted(free_indices(statement), key=lambda index: index.name)),
        steps=(Step("A1", statement, result, (rules.BY_REGION,), uses),),
        textbook=textbook,
        branches=tuple(branches),
        given=given,
        reference=reference,
        operation=operation,
        sources=sources,
        remarks=remarks,
        stable=stable,
    )


def _branch(
    name: str, label: str, title: Text, statement: Expr, steps: tuple[Step, ...], given: tuple[Condition, ...]
) -> Derivation:
    region = given[-1]
    said = f"{region.expression} {'>' if isinstance(region, Positive) else '<'} 0"  # type: ignore[union-attr]
    words = Text(f"{title.en}: the case {said}", f"{title.zh}：{said} 的情形")
    indices = tuple(sorted(free_indices(statement), key=lambda index: index.name))
    return Derivation(f"{name}.{label}", words, statement, indices, steps, given=given)


def settled(expression: Expr, region: Region) -> Expr:
    """The expression in a region: its kinks are decided, and exp(0) and expm1(0) are numbers."""
    positive = region.expression if isinstance(region, Positive) else -region.expression

    def settle(part: Expr) -> Expr:
        if isinstance(part, (relu, step, Abs)):
            sign = _sign(part.args[0], positive)
            if sign == 0:
                return part
            if isinstance(part, step):
                return S.One if sign > 0 else S.Zero
            below = -part.args[0] if isinstance(part, Abs) else S.Zero
            return part.args[0] if sign > 0 else below
        if isinstance(part, (exp, expm1)) and part.argument == 0:
            return S.One if isinstance(part, exp) else S.Zero
        return part

    return rewrite(expression, settle)


def _sign(argument: Expr, positive: Expr) -> int:
    """The sign of a multiple of what is positive; 0 for anything else."""
    ratio = argument / positive
    return (1 if ratio > 0 else -1) if ratio.is_Rational and ratio != 0 else 0
