"""Passes that show squares: the lines stay equal or are estimated, and the certificate is what was given away."""

from __future__ import annotations

import pytest
from sympy import Expr, Rational, S

from gradproof.derivations.calculus import Dim, Domain, Pass, Relation, Scalar, Sum, Vector, log
from gradproof.derivations.calculus.squares import (
    around_one,
    cauchy_schwarz,
    complete_squares,
    drop_multiples,
    spread_of_squares,
    take_out_square,
)
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Verdict

n = Dim("n")
i, k = n.indices("i k")
z, w = Vector("z", n), Vector("w", n)
x, y = Scalar("x"), Scalar("y")
a = Scalar("a", Domain.UNIT)


@pytest.mark.parametrize(
    ("item", "before", "after"),
    [
        (
            spread_of_squares(a, x, y),
            a * x**2 + (1 - a) * y**2,
            (a * x + (1 - a) * y) ** 2 + a * (1 - a) * (x - y) ** 2,
        ),
        (take_out_square(x, 1), x**3 - 3 * x, (x - 1) ** 2 * (x + 2) - 2),
        (take_out_square(x, Rational(1, 2)), x**2 - x, (x - Rational(1, 2)) ** 2 - Rational(1, 4)),
        (complete_squares(x.tensor), (x**2 + 2 * x + 3) * y, ((x + 1) ** 2 + 2) * y),
        (complete_squares(z), Sum(z[k] ** 2 - z[k], k), Sum((z[k] - S.Half) ** 2 - Rational(1, 4), k)),
        (around_one, (1 - x * y) ** 2, 1 - x * y * (2 - x * y)),
    ],
)
def test_an_identity(item: Pass, before: Expr, after: Expr) -> None:
    assert item.apply(before) == after
    assert item.relation is Relation.EQUAL
    assert check(Claim("it", before, Relation.EQUAL, after)).verdict is Verdict.PROVED


def test_what_is_not_of_the_form_is_left_alone() -> None:
    line = a * x**2 + (2 - a) * y**2
    assert spread_of_squares(a, x, y).apply(line) == line
    assert around_one.apply((1 - x) ** 3) == (1 - x) ** 3
    for line in (x**3 + x**2, log(x) + x**2, z[i] * w[i] + x, Sum(z[k], k) + z[i]):
        assert complete_squares(x.tensor).apply(line) == line or line == x**2 + log(x)
        assert complete_squares(z).apply(line) == line


def test_a_square_is_taken_out_at_a_stationary_point_only() -> None:
    with pytest.raises(ValueError, match="2 is no stationary point"):
        take_out_square(x, 2).apply(x**3 - 3 * x)


@pytest.mark.parametrize("relation", [Relation.AT_MOST, Relation.LESS, Relation.AT_LEAST, Relation.MORE])
def test_terms_are_dropped_with_what_they_were(relation: Relation) -> None:
    line = y + x**2 * (x - y) ** 2 - 3 * (x - y) ** 2 + (x - y)
    item = drop_multiples((x - y) ** 2, relation)
    after = item.apply(line)
    assert after == y + (x - y)
    assert item.certificate is not None
    sign = 1 if relation in (Relation.AT_LEAST, Relation.MORE) else -1
    assert item.certificate(line, after) == sign * (line - after)


def test_the_inequality_of_cauchy_and_schwarz_is_proved_by_its_certificate() -> None:
    before = Sum(z[k] * w[k], k) ** 2
    after = cauchy_schwarz.apply(before)
    assert after == Sum(z[k] ** 2, k) * Sum(w[k] ** 2, k)
    assert cauchy_schwarz.certificate is not None
    given_away = cauchy_schwarz.certificate(before, after)
    assert check(Claim("it", before, Relation.AT_MOST, after, certificate=given_away)).verdict is Verdict.PROVED
    assert check(Claim("it", before, Relation.AT_MOST, after, certificate=2 * given_away)).verdict is not Verdict.PROVED
    assert check(Claim("it", before, Relation.AT_LEAST, after)).verdict is not Verdict.PROVED


@pytest.mark.parametrize("line", [Sum(z[k] * w[k], k), Sum(z[k], k) ** 2, Sum(x * z[k], k) ** 3])
def test_other_lines_are_no_product_of_two(line: Expr) -> None:
    with pytest.raises(ValueError, match="not the square of a sum of products of two"):
        cauchy_schwarz.apply(line)
