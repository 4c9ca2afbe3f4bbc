"""Sums: their meaning, canonical names, no capture, and the normal form."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import assume, given, settings
from sympy import S

from gradproof.derivations.calculus import Delta, Dim, Index, Matrix, ShapeError, Sum, Vector, delta, free_indices

from .exact import evaluate
from .formulas import Node as Formula
from .formulas import World, build, formulas, places, rename_bound, value, worlds

n, m = Dim("n"), Dim("m")
i, j, k = n.indices("i j k")
a, b = m.indices("a b")
x, y = Vector("x", n), Vector("y", n)
A, B = Matrix("A", n, m), Matrix("B", n, n)


@given(formulas, worlds())
@settings(max_examples=300)
def test_the_constructors_keep_the_meaning(formula: Formula, world: World) -> None:
    expression = build(formula)
    for at in places(world.sizes):
        try:
            expected = value(formula, at, world)
        except ZeroDivisionError:
            assume(False)
        assert evaluate(expression, at, world) == expected


@given(formulas)
@settings(max_examples=300)
def test_equality_does_not_see_the_names_of_bound_indices(formula: Formula) -> None:
    counter = itertools.count()
    renamed = rename_bound(formula, lambda: f"v{next(counter)}")
    again = rename_bound(formula, lambda: f"u{1000 - next(counter)}")
    assert build(formula) == build(renamed) == build(again)
    assert hash(build(formula)) == hash(build(renamed))


@given(formulas, worlds())
@settings(max_examples=300)
def test_a_substitution_of_indices_captures_nothing(formula: Formula, world: World) -> None:
    """i := j in the expression means what the formula means where i sits at the place of j."""
    for old, new in ((i, j), (j, k), (a, b), (k, i)):
        for at in places(world.sizes):
            try:
                expected = value(formula, at | {old: at[new]}, world)
            except ZeroDivisionError:
                assume(False)
            assert evaluate(build(formula).xreplace({old: new}), at, world) == expected


@given(formulas)
def test_bound_indices_are_not_free(formula: Formula) -> None:
    assert free_indices(build(formula)) <= _free(formula)


def _free(formula: Formula) -> set[Index]:
    match formula.kind:
        case "entry":
            return set(formula.parts[1])
        case "delta":
            return set(formula.parts)
        case "sum":
            return _free(formula.parts[1]) - {formula.parts[0]}
    return set().union(*[_free(part) for part in formula.parts if isinstance(part, Formula)])


def test_the_normal_form() -> None:
    assert Sum(x[i], i) == Sum(x[j], j)
    assert Sum(S.Zero, i) == 0
    assert Sum(S(3), i) == 3 * n
    assert Sum(x[j], i) == n * x[j]
    assert Sum(2 * x[i] * y[j], i) == 2 * y[j] * Sum(x[i], i)
    assert Sum(x[i] * y[j], i, j) == Sum(x[i], i) * Sum(y[j], j) == Sum(x[i], i) * Sum(y[k], k)
    assert Sum(Sum(A[i, a], a), i) == Sum(A[i, a], i, a) == Sum(A[i, a], a, i)
    assert Sum(x[i] ** 2, i) != Sum(x[i], i) ** 2
    assert Sum(B[i, j] * B[j, k], j) != Sum(B[i, j] * B[k, j], j)


def test_sums_over_two_indices_of_one_size_have_one_form() -> None:
    one = Sum(B[i, j] * x[i] * y[j], i, j)
    assert one == Sum(B[j, i] * x[j] * y[i], i, j) == Sum(B[i, j] * x[i] * y[j], j, i)
    assert one != Sum(B[i, j] * x[j] * y[i], i, j)


def test_sums_of_different_sizes_are_different() -> None:
    z = Vector("x", m)
    assert Sum(x[i], i) != Sum(z[a], a)
    assert Sum(S.One, i) == n != Sum(S.One, a)


def test_a_sum_is_opened_with_names_that_occur_nowhere() -> None:
    total = Sum(B[i, k] * x[k], k)
    (body, (fresh,)), (other, (second,)) = total.open(), total.open()
    assert body == B[i, fresh] * x[fresh]
    assert other == B[i, second] * x[second]
    assert fresh != second and fresh not in (i, j, k)
    assert Sum(body, fresh) == total


def test_delta() -> None:
    assert delta(i, i) == 1
    assert delta(i, j) == delta(j, i)
    assert delta(i, j) ** 3 == delta(i, j)
    assert delta(i, j) ** -1 != delta(i, j)
    with pytest.raises(ShapeError, match=r"i \(over n\) and a \(over m\)"):
        delta(i, a)
    with pytest.raises(ShapeError):
        Delta(i, j).xreplace({j: a})
