"""Regions that ask for x > 3/4 and x < 0 are empty, and only such regions are left out."""

from __future__ import annotations

import pytest
from sympy import Expr, Rational, S

from gradproof.derivations.calculus import Domain, Scalar, exp, relu, step
from gradproof.verify.autograd.graph.bounds import contradictory
from gradproof.verify.autograd.graph.signs import Sign, regions

x, y = Scalar("x"), Scalar("y")
p = Scalar("p", Domain.POSITIVE)


@pytest.mark.parametrize("known", [
    {4 * x - 3, -x}, {x - 2, 2 - x}, {2 * x - 2 * y - 1, y - x}, {x - 2, -2 * x - 1}, {-p - 1}, {S(-1)}, {x, -x},
    {S.Zero},
])  # fmt: skip
def test_bounds_that_exclude_each_other(known: set[Expr]) -> None:
    assert contradictory(known)


@pytest.mark.parametrize("known", [
    {4 * x - 3, x}, {x - 1, 2 - x}, {x - 3, -y}, {x + 1, 1 - x}, {p - 1}, {1 - p}, {x - y, y - x + 1}, set(), {S.One},
])  # fmt: skip
def test_bounds_that_leave_room(known: set[Expr]) -> None:
    assert not contradictory(known)


def test_no_region_is_lost() -> None:
    """The four regions and two borders of a shrinkage, seen from |x| and from x."""
    half = Rational(1, 2)
    found = list(regions(relu(x - half) + step(-x - half) + Sign(x, x, S.Zero, -x)))
    inside = [region for region in found if not region.solved]
    assert not any(contradictory(region.known) for region in found)
    for value in (-2, Rational(-1, 4), Rational(1, 4), 2):
        assert any(all(part.subs(x, value) > 0 for part in region.known) for region in inside), value


def test_the_sign_of_an_exponential_less_one_is_that_of_its_exponent() -> None:
    one = Sign(exp(x) - 1, S(1), S(2), S(3))
    assert one == Sign(x, S(1), S(2), S(3)) and Sign(1 - exp(x), S(1), S(2), S(3)) == Sign(x, S(3), S(2), S(1))
    assert Sign(5 * exp(2 * x) - 5, S(1), S(2), S(3)) == one
    assert Sign(exp(x) - 2, S(1), S(2), S(3)) != one
