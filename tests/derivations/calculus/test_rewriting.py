"""The algebra of derivations keeps values: exactly, at exact points."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from sympy import Expr

from gradproof.derivations.calculus import Delta, Entry, Sum, delta, exp
from gradproof.derivations.calculus.rewriting import (
    contract,
    distribute,
    factor,
    replace_parts,
    rewrite,
    shorter_when_multiplied_out,
    split_sums,
)

from .exact import evaluate
from .formulas import A, B, World, a, build, formulas, i, j, k, n, places, s, sums_of_products, value, w, worlds, x
from .formulas import Node as Formula

REWRITINGS: list[Callable[[Expr], Expr]] = [
    contract,
    distribute,
    factor,
    shorter_when_multiplied_out,
    lambda expression: split_sums(expression, lambda part: part),
    lambda expression: rewrite(expression, distribute),
    lambda expression: factor(contract(rewrite(expression, distribute))),
]
NAMES = ["contract", "distribute", "factor", "multiply out", "split", "distribute everywhere", "several"]


@pytest.mark.parametrize("rewriting", REWRITINGS, ids=NAMES)
@given(formula=sums_of_products, world=worlds())
@settings(max_examples=120)
def test_values_are_kept(rewriting: Callable[[Expr], Expr], formula: Formula, world: World) -> None:
    rewritten = rewriting(build(formula))
    for at in places(world.sizes):
        assert evaluate(rewritten, at, world) == value(formula, at, world)


@pytest.mark.parametrize("rewriting", REWRITINGS, ids=NAMES)
@given(formula=formulas, world=worlds())
@settings(max_examples=60)
def test_values_of_fractions_are_kept(rewriting: Callable[[Expr], Expr], formula: Formula, world: World) -> None:
    for at in places(world.sizes):
        try:
            expected = value(formula, at, world)
        except ZeroDivisionError:
            assume(False)
        assert evaluate(rewriting(build(formula)), at, world) == expected


def test_sifting() -> None:
    assert contract(Sum(x[k] * delta(k, j), k)) == x[j]
    assert contract(Sum(x[k] * delta(j, k), k)) == x[j]
    assert contract(Sum(B[i, k] * (delta(k, j) - x[k]), k)) == B[i, j] - Sum(B[i, k] * x[k], k)
    assert contract(Sum(delta(i, k) * delta(k, j), k)) == delta(i, j)
    assert contract(Sum(delta(k, j), k)) == 1
    assert contract(Sum(B[i, k] * delta(i, j) * delta(k, j), i, k)) == B[j, j]
    assert contract(Sum(Sum(A[i, a], a) * delta(i, j), i)) == Sum(A[j, a], a)
    assert contract(delta(i, j) * x[i]) == delta(i, j) * x[i]  # no bound index: nothing to sift


@given(formula=sums_of_products)
@settings(max_examples=100)
def test_nothing_is_left_to_sift(formula: Formula) -> None:
    once = contract(build(formula))
    assert contract(once) == once


def test_common_factors() -> None:
    p = x
    assert factor(p[i] * delta(i, j) - p[i] * p[j]) == p[i] * (delta(i, j) - p[j])
    assert str(factor(-x[i] * w[i] - x[i] ** 2)) == str(-x[i] * (w[i] + x[i]))
    assert factor(2 * x[i] * w[j] + 4 * x[i]) == 2 * x[i] * (w[j] + 2)
    assert factor(x[i] / n - w[i] / n) == (x[i] - w[i]) / n
    assert factor(x[i] / Entry(s) + x[i] ** 2 * Entry(s)) == x[i] * (1 / Entry(s) + x[i] * Entry(s))
    assert factor(x[i] + w[i]) == x[i] + w[i]


def test_sums_are_split_only_where_that_helps() -> None:
    half = Sum(x[i] + w[i], i)
    assert split_sums(half, lambda part: part) == half
    known = {Sum(x[i], i): Entry(s)}
    fact = lambda part: replace_parts(part, known)  # noqa: E731
    assert split_sums(half, fact) == Entry(s) + Sum(w[i], i)
    assert split_sums(Sum(x[i] * (w[i] - Entry(s)), i), fact) == Sum(x[i] * w[i], i) - Entry(s) * Entry(s)


def test_parts_are_replaced_up_to_bound_names_and_within_sums() -> None:
    line = exp(Sum(x[k], k)) * Sum(B[i, k] * Sum(x[j], j), k)
    assert replace_parts(line, {Sum(x[i], i): Entry(s)}) == exp(Entry(s)) * Entry(s) * Sum(B[i, k], k)
    seen = Sum(x[k] * delta(k, j), k)
    assert replace_parts(seen, {delta(i, j): 0 * n}) == seen  # the bound k is not i


def test_rewriting_offers_no_bound_name_twice() -> None:
    """A rule that brings an index of its own is not caught by the sum around it."""
    line = Sum(B[i, k] * x[k], k)

    def bring(part: Expr) -> Expr:
        return part * w[k] if isinstance(part, Entry) and part.tensor == B else part

    assert rewrite(line, bring) == w[k] * line
    assert not rewrite(line, bring).has(Delta)
