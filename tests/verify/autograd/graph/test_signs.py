"""Decisions by sign: every region is gone through, boundaries too, and what is not taken does not matter."""

from __future__ import annotations

import pytest
from sympy import Abs, Rational, S

from gradproof.derivations.calculus import Domain, NonZero, Positive, Scalar, exp, log, relu, sigmoid, sign, sqrt, step
from gradproof.verify.autograd.graph.decision import Decision, NotProved, OnRegion
from gradproof.verify.autograd.graph.extrema import ranked, selected
from gradproof.verify.autograd.graph.signs import Sign, TooManyRegions, chosen, regions
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.verdict import Budget

x, y, z = Scalar("x"), Scalar("y"), Scalar("z")
p = Scalar("p", Domain.POSITIVE)


def proved(left: object, right: object, *given: OnRegion) -> Decision:
    decision = Decision(0, Budget())
    decision.equal(S(left), S(right), given)
    return decision


def test_a_sign_that_is_plain_to_see_is_decided_at_once() -> None:
    assert Sign(p, x, y, z) == x and Sign(-exp(x), x, y, z) == z and Sign(S.Zero, x, y, z) == y
    assert Sign(S(3), x, y, z) == x and Sign(y, x, x, x) == x and Sign(S.NaN, x, y, z) is S.NaN
    assert Sign(x - y, x, y, z) == Sign(y - x, z, y, x), "a sign and its opposite are one decision"


def test_regions_cover_both_sides_and_the_boundary() -> None:
    found = {(region.expressions, region.known, region.solved) for region in regions(Sign(x - 3, x, y, z))}
    boundary = ((y,), frozenset(), ((x, S(3)),))
    assert found == {((x,), frozenset({x - 3}), ()), ((z,), frozenset({3 - x}), ()), boundary}
    (solved,) = [region.solved for region in regions(Sign(x - 2 * y, x, y, z)) if region.solved]
    assert solved in (((x, 2 * y),), ((y, x / 2),))


def test_a_boundary_that_cannot_be_solved_is_left_out_and_said() -> None:
    found = list(regions(Sign(x**2 - y**2, x, y, z)))
    assert len(found) == 2 and all(region.excluded == {x**2 - y**2} for region in found)
    assert proved(Sign(x**2 - y**2, x, z, x), x).excluded == {x**2 - y**2}
    assert proved(Sign(x**2 - y**2, x, z, x), x, NonZero(y**2 - x**2)).excluded == set(), "it was given"


def test_the_sign_of_a_product_is_that_of_its_factors() -> None:
    assert Sign(x * y, S.One, S.Zero, -S.One) == Sign(
        x, *(Sign(y, i, S.Zero, -i) if i else i for i in (S(1), S(0), -S(1)))
    )
    assert Sign(x**2 * p, y, z, S.NaN) == Sign(x, y, z, y), "an even power is positive, or 0"
    assert Sign(-1 / x, y, S.Zero, z) == Sign(x, z, S.Zero, y)


def test_what_signs_say_together_is_known() -> None:
    """There is no region in which x > y > z > x."""
    for region in regions(Sign(x - y, x, y, y) + Sign(y - z, y, z, z) + Sign(z - x, z, x, x)):
        assert not {x - y, y - z, z - x} <= region.known and not {y - x, z - y, x - z} <= region.known


def test_what_one_sign_says_decides_another() -> None:
    found = list(regions(Sign(x, S.One, S.Zero, S.Zero) * Sign(2 * x, S.One, S.Zero, S.Zero)))
    assert {(region.expressions, region.known) for region in found if region.known} == {
        ((S.One,), frozenset({x})),
        ((S.Zero,), frozenset({-x})),
    }


def test_a_branch_that_is_not_taken_may_be_undefined() -> None:
    proved(Sign(x, log(x), S.Zero, S.NaN) * Sign(x, S.One, S.Zero, S.Zero), log(x), Positive(x))
    with pytest.raises(NotProved, match="not defined"):
        proved(Sign(x, log(x), S.Zero, S.NaN), log(x), NonZero(x))


def test_truth_values_are_chosen_by_and_nest() -> None:
    positive = Sign(x, S.One, S.Zero, S.Zero)
    assert chosen(positive, y, z) == Sign(x, y, z, z) and chosen(S.One, y, z) == y and chosen(S.Zero, y, z) == z
    with pytest.raises(Unsupported, match="no truth value"):
        chosen(x, y, z)


def test_functions_with_kinks_are_decided_everywhere() -> None:
    proved(relu(x), (x + Abs(x)) / 2)
    proved(Abs(x), x * sign(x))
    proved(sign(x), step(x) - step(-x))
    proved(sqrt(x**2) * sqrt(y**2), Abs(x * y))
    proved(Abs(x - y), Sign(x - y, x - y, S.Zero, y - x))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (relu(x), x),
        (step(x), 1 - step(-x)),  # at 0 only
        (Abs(x - y), x - y),
        (Sign(x, x, S(5), -x), Abs(x)),  # at 0 only
        (Sign(x - 3, S.One, S.Zero, S.Zero), step(x)),
        (sigmoid(x), sigmoid(-x)),
    ],
)
def test_what_is_wrong_in_one_region_is_not_proved(left: object, right: object) -> None:
    with pytest.raises(NotProved):
        proved(left, right)


def test_conditions_leave_regions_out() -> None:
    proved(relu(x), x, Positive(x))
    proved(step(x), 1 - step(-x), NonZero(x))
    proved(x / Abs(x), sign(x), NonZero(Abs(x)))


def test_roots_of_fractions_are_split() -> None:
    proved(x * sqrt(1 + y**2 / x**2), sqrt(x**2 + y**2), Positive(x))
    with pytest.raises(NotProved):
        proved(x * sqrt(1 + y**2 / x**2), sqrt(x**2 + y**2), NonZero(x))


def test_sigmoids_need_no_spreading_out() -> None:
    inner = sigmoid(x * y + z)
    assert proved(sigmoid(-inner * z), 1 - sigmoid(inner * z)).bound < 1e-60


def test_too_many_regions_are_refused() -> None:
    many = sum((Sign(Scalar(f"x_{place}"), S.One, S.Zero, S.Zero) for place in range(5)), S.Zero)
    with pytest.raises(TooManyRegions, match="81"):
        list(regions(many))


def test_too_many_expressions_are_not_put_in_order() -> None:
    four = (x, y, z, x * y)
    with pytest.raises(TooManyRegions, match="order"):
        ranked(four, 1)
    with pytest.raises(TooManyRegions, match="order"):
        selected(four, 0, 1)


def test_ranks_are_decided_by_signs_of_differences() -> None:
    numbers = (Rational(1, 2), S(3), S(-2), S(3))
    assert [ranked(numbers, rank) for rank in (1, 2, 3, 4, 5)] == [3, 3, Rational(1, 2), -2, S.NaN]
    assert selected(numbers, 0, 3) == 1 and selected(numbers, 2, 3) == 0 and selected(numbers, 1, 1) is S.NaN
    assert selected(numbers, 0, 5) is S.NaN and selected(numbers, 1, 2) is S.NaN
    assert selected(numbers, 1, 3) == 0, "it shares the first two ranks only"
    proved(ranked((x, y), 1) + ranked((x, y), 2), x + y)
    proved(ranked((x, y), 1), (x + y + Abs(x - y)) / 2)
    proved(ranked((x, y, z), 3), -ranked((-x, -y, -z), 1))


def test_where_the_claim_is_not_defined_nothing_is_claimed() -> None:
    """At a tie the selected place has no value; Torch returns something there."""
    assert proved(Sign(x - y, S.One, S(7), S.Zero), selected((x, y), 0, 1)).proved == 1
