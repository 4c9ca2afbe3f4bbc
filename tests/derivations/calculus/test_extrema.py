"""The largest of a family and the place that attains it: one form each, nothing captured, derivatives by hand."""

from __future__ import annotations

import itertools
import pickle
from fractions import Fraction
from typing import Any

import pytest
from sympy import Abs, Expr, S

from gradproof.derivations.calculus import (
    Delta,
    Dim,
    Domain,
    Entry,
    Largest,
    Matrix,
    Partial,
    Scalar,
    Selected,
    ShapeError,
    Sum,
    Vector,
    define,
    free_indices,
)
from gradproof.derivations.calculus.differentiation import differentiate, gradient
from gradproof.derivations.calculus.rewriting import rewrite
from gradproof.derivations.calculus.totals import use_facts

n, m = Dim("n"), Dim("m")
i, j, k, l = n.indices("i j k l")  # noqa: E741
a, b = m.indices("a b")
z, x = Vector("z", n), Vector("x", n)
W = Matrix("W", m, n)
c = Scalar("c")
positive = Vector("q", n, Domain.POSITIVE)


def test_bound_names_do_not_matter() -> None:
    assert Largest(z[k], k) == Largest(z[l], l) != Largest(z[k], k, 2)
    assert Selected(W[a, k], k, i) == Selected(W[a, l], l, i) != Selected(W[a, k], k, j)
    assert free_indices(Largest(W[a, k] + x[i], k)) == {a, i}
    assert free_indices(Selected(W[a, k], k, i)) == {a, i}
    assert Largest(z[k], k).free_symbols == {z}
    assert Selected(z[k], k, i).free_symbols == {z, i}


def test_the_largest_of_one_value_is_the_value() -> None:
    assert Largest(z[i], k) == z[i]
    assert Largest(c, k, 3) == c
    assert isinstance(Selected(c, k, i), Selected)  # a tie of all places


def test_nothing_is_captured() -> None:
    """An index that comes in from outside is never the bound one, however deep it goes."""
    nested = Largest(Sum(W[a, k] * x[k], k) + Largest(W[b, l], l), a)
    assert free_indices(nested) == {b}
    for name in ("a", "k", "c"):
        other = nested.xreplace({b: m.index(name)})
        assert free_indices(other) == {m.index(name)}
        assert other.xreplace({m.index(name): b}) == nested
    place = Selected(Largest(W[a, k], k), a, b)
    total = Sum(place * Sum(W[b, l], l), b)
    assert free_indices(total) == frozenset()
    body, (index,) = total.open()
    assert free_indices(body) == {index}


def test_it_survives_rewriting_and_pickling() -> None:
    for expression in (Largest(z[k] ** 2, k, 2), Selected(W[a, k] * x[k], k, j, 3), Sum(Selected(z[k], k, i), i)):
        assert rewrite(expression, lambda part: part) == expression
        assert pickle.loads(pickle.dumps(expression)) == expression
        assert expression.func(*expression.args) == expression
    doubled = rewrite(Largest(z[k], k), lambda part: 2 * part if isinstance(part, Entry) else part)
    assert doubled == Largest(2 * z[l], l)


def test_what_does_not_fit_is_refused() -> None:
    for rank in (0, -1, S.Half):
        with pytest.raises(ValueError, match="is no positive integer; 1 is the largest"):
            Largest(z[k], k, rank)
    with pytest.raises(ShapeError, match=r"the place a \(over m\) is none of k \(over n\)"):
        Selected(z[k], k, a)
    with pytest.raises(TypeError, match="is no index"):
        Largest(z[k], c)
    with pytest.raises(TypeError, match="is no formula"):
        Largest("z", k)


def test_signs_and_powers() -> None:
    assert Largest(positive[k], k).is_positive and Largest(z[k], k).is_positive is None
    assert define("m", Largest(positive[k], k), domain=Domain.POSITIVE).domain is Domain.POSITIVE
    assert Selected(z[k], k, i) ** 2 == Selected(z[k], k, i)
    assert Largest(z[k], k) ** 2 != Largest(z[k], k)


def test_one_place_is_selected() -> None:
    assert use_facts(Sum(Selected(z[k], k, i), i)) == 1
    assert use_facts(Sum(Selected(W[a, k] + x[i], k, l), l)) == 1
    for other in (Sum(Selected(z[k] * x[i], k, i), i), Sum(Selected(W[a, k], k, i), a)):
        assert use_facts(other) == other


DERIVATIVES: dict[str, tuple[Expr, Entry, Expr]] = {
    "an entry": (Largest(z[k], k), z[i], Selected(z[k], k, i)),
    "a rank": (Largest(z[k], k, 3), z[i], Selected(z[k], k, i, 3)),
    "a chain": (Largest(z[k] ** 2, k) ** 3, z[i], 6 * Largest(z[k] ** 2, k) ** 2 * z[i] * Selected(z[k] ** 2, k, i)),
    "rows": (Largest(W[a, k], k), W[b, j], Delta(a, b) * Selected(W[a, k], k, j)),
    "what it does not depend on": (Largest(z[k], k), x[i], S.Zero),
    "a scalar": (Largest(c * z[k], k), c, Sum(Selected(c * z[l], l, k) * z[k], k)),
    "a place": (Selected(z[k], k, i) * c, c, Selected(z[k], k, i)),
    "which place": (Selected(z[k], k, i), z[j], S.Zero),
    "absolute values": (Largest(Abs(z[k]), k), c, S.Zero),
}


@pytest.mark.parametrize("name", DERIVATIVES)
def test_derivatives(name: str) -> None:
    expression, by, expected = DERIVATIVES[name]
    assert gradient(expression, by) == expected


def test_the_rule_is_named() -> None:
    used: dict[Any, None] = {}
    differentiate(Largest(z[k], k), z[i], used)
    assert [rule.name for rule in used] == ["largest"]


def test_the_derivative_is_the_slope() -> None:
    """Exact numbers: along a line on which the order stays the r-th largest moves as its entry does."""
    values = [Fraction(number) for number in ("3", "-1/2", "7/3", "5")]
    step = Fraction(1, 1000)
    for rank, place in itertools.product(range(1, 5), range(4)):
        moved = [value + step * (at == place) for at, value in enumerate(values)]
        slope = (sorted(moved)[-rank] - sorted(values)[-rank]) / step
        attains = int(sorted(values, reverse=True)[rank - 1] == values[place])
        assert slope == attains  # what Selected(z[k], k, i, rank) says at the place i


def test_derivatives_stay_inert_until_they_are_settled() -> None:
    assert differentiate(Largest(z[k], k), z[j]) == Sum(Selected(z[l], l, k) * Partial(z[k], z[j]), k)
