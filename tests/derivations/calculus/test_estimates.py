"""Passes that estimate: what they make of a line, in which direction, what they give away, where they are refused."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Expr, Rational, S

from gradproof.derivations.calculus import (
    At,
    Derivation,
    Dim,
    Domain,
    Margin,
    NonZero,
    Partial,
    Pass,
    Relation,
    Scalar,
    Sum,
    Text,
    Vector,
    exp,
    extremum,
    identity,
    log,
    sigmoid,
    tanh,
)
from gradproof.derivations.calculus.estimates import (
    above_tangent,
    drop_squares,
    drop_squares_strictly,
    estimate,
    not_negative,
)
from gradproof.derivations.calculus.identities import (
    as_exponential,
    reciprocal_log,
    sift,
    simple_values,
    simplest,
    split_log,
    square_of_sum,
    turn_sign,
    use,
    variance,
)
from gradproof.derivations.calculus.passes import complete_square
from gradproof.derivations.catalogue import find

from .test_passes import assert_equal

n, m = Dim("n"), Dim("m")
i, j, k = n.indices("i j k")
p = Vector("q", n, Domain.SIMPLEX)
u, z = Vector("u", n, Domain.POSITIVE), Vector("z", n)
x, s = Scalar("x"), Scalar("s", Domain.POSITIVE)
TITLE = Text("A title", "标题")
AT_MOST, LESS, AT_LEAST, MORE, EQUAL = (
    Relation.AT_MOST,
    Relation.LESS,
    Relation.AT_LEAST,
    Relation.MORE,
    Relation.EQUAL,
)


def lemma(name: str) -> Derivation:
    return find(name)


def test_relations_of_a_chain() -> None:
    assert [EQUAL.then(one) for one in Relation] == [one.then(EQUAL) for one in Relation] == list(Relation)
    assert AT_MOST.then(LESS) is LESS.then(AT_MOST) is LESS.then(LESS) is LESS
    assert AT_LEAST.then(MORE) is MORE.then(AT_LEAST) is MORE
    assert AT_MOST.then(AT_MOST) is AT_MOST
    for one, other in ((AT_MOST, AT_LEAST), (LESS, MORE), (AT_LEAST, LESS), (MORE, AT_MOST)):
        with pytest.raises(ValueError, match="nothing follows"):
            one.then(other)
    assert [one.reversed.reversed for one in Relation] == list(Relation) and LESS.reversed is MORE
    assert [one for one in Relation if one.strict] == [LESS, MORE]
    assert AT_MOST.larger("left", "right") == LESS.larger("left", "right") == ("right", "left")
    assert AT_LEAST.larger("left", "right") == ("left", "right")


LINES: list[tuple[Relation, Expr, Expr]] = [
    (AT_MOST, log(u[i]), u[i] - 1),
    (AT_LEAST, -log(u[i]), 1 - u[i]),
    (AT_LEAST, x - 2 * log(u[i] / s), x - 2 * (u[i] / s - 1)),
    (AT_MOST, Sum(p[k] * log(u[k] / p[k]), k) + log(n), Sum(p[k] * (u[k] / p[k] - 1), k) + log(n)),
    (LESS, Sum(u[k] * log(s * u[k]), k) / n, Sum(u[k] * (s * u[k] - 1), k) / n),
]


@pytest.mark.parametrize(("relation", "before", "after"), LINES, ids=str)
def test_an_estimate_by_a_lemma(relation: Relation, before: Expr, after: Expr) -> None:
    item = estimate(lemma("log_at_most_tangent"), relation)
    assert item.apply(before) == after
    assert (item.relation, item.lemmas) == (relation, ("log_at_most_tangent",))
    given_away = item.certificate(before, after)
    assert given_away.atoms(Margin)
    larger, smaller = relation.larger(before, after)
    assert_equal(given_away.replace(lambda part: isinstance(part, Margin), lambda part: part.value), larger - smaller)


@pytest.mark.parametrize(
    ("relation", "line", "reason"),
    [
        (AT_LEAST, log(u[i]), "does not fit"),
        (AT_MOST, -Sum(p[k] * log(u[k]), k), "does not fit"),
        (AT_MOST, Sum(z[k] * log(u[k]), k), "whose sign is visible"),
        (AT_MOST, log(u[i]) * log(u[j]), "whose sign is visible"),
        (AT_MOST, log(u[i]) - log(u[j]), "does not fit"),
    ],
    ids=str,
)
def test_an_estimate_whose_sign_does_not_fit_is_refused(relation: Relation, line: Expr, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        identity(line, [estimate(lemma("log_at_most_tangent"), relation)], name="wrong", title=TITLE)


def test_a_lemma_must_be_about_a_function_of_one_variable() -> None:
    with pytest.raises(ValueError, match="no estimate of a function"):
        estimate(lemma("kl_nonnegative"), AT_LEAST)


def test_tangents() -> None:
    assert above_tangent(x, S.Zero).apply(exp(x)) == 1 + x
    assert above_tangent(x, 0).relation is AT_LEAST and above_tangent(x, 0, strictly=True).relation is MORE
    assert above_tangent(x, S.One).apply(x**2) == 1 + 2 * (x - 1)


def test_what_is_not_negative() -> None:
    line = Sum(u[k] * z[k] ** 2, k)
    assert not_negative.apply(line) == 0 and not_negative.relation is AT_LEAST
    assert not_negative.certificate(line, S.Zero) == line


MEAN = Sum(p[k] * z[k], k)
IDENTITIES: list[tuple[Any, Expr, Expr]] = [
    (split_log(n), Sum(log(u[k]), k), Sum(log(n) + log(u[k] / n), k)),
    (split_log(p), Sum(log(u[k]), k), Sum(log(p[k]) + log(u[k] / p[k]), k)),
    (reciprocal_log, log(u[i] / s), -log(s / u[i])),
    (as_exponential(s), s - 1, exp(log(s)) - 1),
    (turn_sign, -Sum(u[k] * (z[k] - 1), k), Sum(u[k] * (1 - z[k]), k)),
    (turn_sign, -s * (x - 1), s * (1 - x)),
    (variance(p), Sum(p[k] * z[k] ** 2, k) - MEAN**2, Sum(p[k] * (z[k] - MEAN) ** 2, k)),
    (square_of_sum, Sum(u[i] * z[i] * u[j] * z[j], i, j), Sum(u[i] * z[i], i) ** 2),
    (square_of_sum, Sum(u[k] * (z[k] + z[i]) * (z[k] + z[j]), i, j, k), Sum(u[k] * Sum(z[k] + z[i], i) ** 2, k)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "before", "after"),
    IDENTITIES,
    ids=[f"{item.rules[0].name} {number}" for number, (item, *_) in enumerate(IDENTITIES)],
)
def test_an_identity(item: Any, before: Expr, after: Expr) -> None:
    assert item.apply(before) == after and item.relation is EQUAL
    assert_equal(before, after)


def test_what_does_not_fit_is_left_alone() -> None:
    other = Sum(p[k] * z[k] ** 2, k) - Sum(p[k] * u[k], k) ** 2
    assert variance(p).apply(other) == other
    assert square_of_sum.apply(Sum(u[i] * z[j] * p[i], i, j)) == Sum(u[i] * z[j] * p[i], i, j)
    assert turn_sign.apply(x - 1) == x - 1
    assert sift.apply(Sum(z[k], k)) == Sum(z[k], k)


def test_sums_of_squares_are_dropped_like_squares() -> None:
    line = 3 - 2 * Sum((z[k] - 1) ** 2, k) + Sum(z[k] ** 2, k) - Sum(z[k], k)
    assert drop_squares.apply(line) == 3 + Sum(z[k] ** 2, k) - Sum(z[k], k)


def test_known_values() -> None:
    known = exp(S.Zero) + log(S.One) + tanh(S.Zero) + sigmoid(S.Zero)
    assert simplest(known) == Rational(3, 2)
    assert simplest(exp(x)) == exp(x)


def test_a_second_derivative_is_used_at_other_indices() -> None:
    hessian = lemma("log_sum_exp_hessian")
    lse, (first, second) = hessian.statement.expression.expression, hessian.indices
    a, b = hessian.statement.by.tensor.dims[0].indices("a b")
    there = Partial(Partial(lse, hessian.statement.by.tensor[a]), hessian.statement.by.tensor[b])
    assert use(hessian).apply(there) == hessian.result.xreplace({first: a, second: b})
    assert use(hessian).apply(Partial(lse, hessian.statement.by.tensor[a])) != hessian.result


SLOPE = 1 - tanh(x) ** 2
PEAK: dict[str, Any] = {
    "name": "peak",
    "title": TITLE,
    "at": x,
    "value": S.Zero,
    "reached": [simple_values],
    "elsewhere": [drop_squares_strictly],
}


def test_an_extremum_is_three_chains() -> None:
    found = extremum(SLOPE, [drop_squares], **PEAK)
    reached, elsewhere = found.branches
    assert (found.relation, reached.relation, elsewhere.relation) == (AT_MOST, EQUAL, LESS)
    assert found.result == reached.result == elsewhere.result == 1
    assert reached.given == (At(x, S.Zero),) and elsewhere.given == (NonZero(x),)
    assert [part.name for part in found.walk()] == ["peak", "peak.reached", "peak.elsewhere"]
    assert ["".join(step.id for step in part.steps) for part in found.walk()] == ["A1", "B1", "C1"]
    assert "Given: x = 0" in found.text() and "Given: x ≠ 0" in found.text()


def test_an_extremum_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="says = is no bound"):
        extremum(x - x**2, [complete_square(x)], **PEAK)
    with pytest.raises(ValueError, match="elsewhere the chain says ≤, which is not strict"):
        extremum(SLOPE, [drop_squares], **PEAK | {"elsewhere": [drop_squares]})
    with pytest.raises(ValueError, match=r"peak\.reached: the bound is 1, but 0 is reached"):
        wrong = Pass(drop_squares.rules, lambda line: S.Zero)
        extremum(SLOPE, [drop_squares], **PEAK | {"reached": [wrong]})
    for at, value in ((p[i], Rational(1, 2)), (s, S.NegativeOne), (p[i], x)):
        with pytest.raises(ValueError, match="not visible that"):
            extremum(SLOPE, [drop_squares], **PEAK | {"at": at, "value": value})


def test_the_bound_of_the_entropy_uses_its_point() -> None:
    found = lemma("entropy_at_most_log")
    assert found.branches[0].statement == -log(1 / found.result.argument)
