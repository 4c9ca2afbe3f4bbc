"""Agreement in balls: truths agree, every slip is seen, conditions select, and emptiness is no success."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sympy import Rational, sin

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import (
    Different,
    Dim,
    Equal,
    Limit,
    Negative,
    NonZero,
    Partial,
    Positive,
    Relation,
    Scalar,
    Sum,
    Vector,
    define,
    delta,
    exp,
    relu,
    sigmoid,
    step,
)
from gradproof.verify.check import claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.intervals import BallDecision, method
from gradproof.verify.intervals.balls import ArbBalls, Balls, best_balls
from gradproof.verify.intervals.decide import WITHIN, Decided, Outcome, compare, escalate, in_floats
from gradproof.verify.intervals.method import standin_for
from gradproof.verify.intervals.mpmath_intervals import MpmathIntervals
from gradproof.verify.numeric.points import Sample, dims_of, largest_array, samples
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Evidence, Verdict

n, m = Dim("n"), Dim("m")
i, j, k = n.indices("i j k")
x = Scalar("x")
z = Vector("z", n)
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
JACOBIAN = Claim("jacobian", Partial(p[i], z[j]), Relation.EQUAL, p[i] * (delta(i, j) - p[j]))


#: The smallest relative slip that must be seen wherever both sides are defined and not both 0.
SLIP = Rational(1, 10**9)
EVERYTHING = 10**7


def run(claim: Claim, points: int = 400, seed: int = 0, **options: Any) -> Evidence:
    return BallDecision(**options).run(claim, Budget(points=points, enclosures=500), seed)


def slipped(claim: Claim) -> Claim:
    return replace(claim, name=f"{claim.name}, slightly off", rhs=claim.rhs * (1 + SLIP))


def decided(claim: Claim, sample: Sample, allowance: int = EVERYTHING, balls: Balls | None = None) -> Decided:
    standin = standin_for(claim)
    found = in_floats(claim, sample, standin)
    assert escalate(claim, sample, found, balls or best_balls(), allowance, standin) <= allowance
    return found


def test_truths_agree(truths: dict[str, Claim]) -> None:
    for name, claim in truths.items():
        found = run(claim)
        assert found.verdict is Verdict.AGREES, (name, found)
        assert found.worst is not None and 0 <= found.worst <= 1
        assert found.within is not None and 0 <= found.within <= WITHIN
        assert 0.3 * found.drawn < found.effective <= found.drawn, name
        assert found.scope.endswith("points, float64 and Arb") and found.device == "cpu"
        assert found.detail.startswith(("proved to differ by at most", "both 0: "))
        assert "4 units in the last place" in found.detail
        assert found.versions == {"numpy": np.__version__} and found.seed == 0


@pytest.mark.parametrize("mode", Mode)
def test_where_a_truth_agrees_the_smallest_slip_shows(mode: Mode, truths: dict[str, Claim]) -> None:
    """Place by place and not only somewhere; and no truth is called different anywhere."""
    for name, claim in truths.items():
        for sample in samples(claim, 3, 12, 10**4, (mode,), count=2):
            right, wrong = decided(claim, sample), decided(slipped(claim), sample)
            assert not (right.outcomes == Outcome.DIFFERENT).any(), name
            agrees, zero = right.outcomes == Outcome.AGREES, right.outcomes == Outcome.ZERO
            assert (wrong.outcomes[agrees] == Outcome.DIFFERENT).all(), name
            assert np.isin(wrong.outcomes[zero], (Outcome.ZERO, Outcome.UNDECIDED)).all(), name
            assert not (wrong.outcomes == Outcome.AGREES).any(), name
            if mode is Mode.NORMAL and sample.sizes.get(n) != 1:  # softmax of one number has the slope 0, inexactly
                assert agrees.mean() + zero.mean() > 0.99, name


@pytest.mark.parametrize("balls", [ArbBalls(), MpmathIntervals()], ids=lambda balls: balls.name)
def test_enclosures_decide_what_floats_leave_open(balls: Balls) -> None:
    """1 − σ(36) keeps no digit in float64."""
    claim = Claim("slope", Partial(sigmoid(x), x), Relation.EQUAL, sigmoid(x) * (1 - sigmoid(x)))
    sample = Sample({}, Mode.BOUNDED, 2, (0,), {x.tensor: np.array([36.0, 1.0])})
    assert in_floats(claim, sample).outcomes.tolist() == [Outcome.UNDECIDED, Outcome.AGREES]
    assert decided(claim, sample, balls=balls).outcomes.tolist() == [Outcome.AGREES] * 2
    assert decided(slipped(claim), sample, balls=balls).outcomes.tolist() == [Outcome.DIFFERENT] * 2
    assert decided(claim, sample, allowance=0).outcomes.tolist() == [Outcome.UNDECIDED, Outcome.AGREES]


@pytest.mark.parametrize("balls", [ArbBalls(), MpmathIntervals()], ids=lambda balls: balls.name)
def test_what_two_enclosures_say(balls: Balls) -> None:
    def said(left: Any, right: Any, relation: Relation = Relation.EQUAL) -> Outcome:
        return compare(relation, left, right, balls)

    with balls.precision(100):
        zero, one, two = (balls.number(Fraction(value)) for value in range(3))
        near = balls.number(1 + Fraction(1, 10**13))
        third = balls.number(Fraction(1, 3))
        nothing = third + third + third + balls.number(Fraction(-1))  # encloses 0
        assert said(one, two) is said(two, one) is said(one, near) is Outcome.DIFFERENT
        assert said(third, third) is Outcome.AGREES and said(zero, zero) is Outcome.ZERO
        assert said(nothing, zero) is said(nothing, nothing) is Outcome.UNDECIDED
        assert said(balls.log(zero), zero) is said(one, balls.undefined()) is Outcome.OUTSIDE
        assert said(one, two, Relation.AT_MOST) is Outcome.AGREES
        assert said(two, one, Relation.AT_MOST) is Outcome.DIFFERENT


def test_escalation_keeps_to_its_allowance() -> None:
    claim = Claim("nothing", Sum(p[k], k) - 1, Relation.EQUAL, Sum(z[k], k) - Sum(z[k], k))  # 0, and never exactly
    sample = next(samples(claim, 0, 50, 10**6, (Mode.NORMAL,)))
    for allowance in (0, 1, 100, 1000):
        assert (decided(claim, sample, allowance).outcomes == Outcome.UNDECIDED).all()
    none, few = (run(JACOBIAN, balls=balls) for balls in (None, None))
    assert none == few
    assert BallDecision().run(JACOBIAN, Budget(points=400, enclosures=0), 0).escalated == 0 < none.escalated


def test_a_slip_in_any_stored_result_is_refuted() -> None:
    claims = [claim for name in catalogue.names() for claim in claims_of(catalogue.find(name))]
    # A relative slip of 0 is 0, and limits have no value in float64.
    results = [c for c in claims if c.name.endswith(":result") and c.rhs != 0 and not c.lhs.has(Limit)]
    assert len(results) > 0.8 * len(catalogue.names())
    for claim in results:
        points = 400 if any(isinstance(condition, (Positive, Negative)) for condition in claim.given) else 50
        right = run(claim, points, modes=(Mode.BOUNDED, Mode.SMALL))
        assert right.verdict is Verdict.AGREES, (claim.name, right)
        if claim.relation is Relation.EQUAL:
            wrong = run(slipped(claim), points, modes=(Mode.BOUNDED, Mode.SMALL))
            assert wrong.verdict is Verdict.REFUTED, (claim.name, wrong)


def test_the_cases_that_matter_are_drawn() -> None:
    drawn = list(samples(JACOBIAN, 0, 1000, 10**6, tuple(Mode)))
    assert {sample.mode for sample in drawn} == set(Mode)
    assert any(sample.sizes[n] == 1 for sample in drawn)  # only i = j
    assert any(sample.sizes[n] > 1 for sample in drawn)  # i = j and i ≠ j, since all places are compared
    entries = [sample.values(z) for sample in drawn if sample.mode is Mode.TIES and sample.sizes[n] > 1]
    assert any((array == array[:, :1]).all(axis=1).any() for array in entries)
    assert any((sample.values(z) == 0).any() for sample in drawn)  # kinks
    assert any((sample.values(z) == 0).all(axis=1).any() for sample in drawn if sample.sizes[n] > 1)
    assert any(((sample.values(z) != 0) & (np.abs(sample.values(z)) < 2.0**-1022)).any() for sample in drawn)
    for case, right in ((Equal(i, j), p[i] * (1 - p[i])), (Different(i, j), -p[i] * p[j])):
        found = run(replace(JACOBIAN, rhs=right, given=(case,)))
        assert found.verdict is Verdict.AGREES and found.effective > 500
        assert run(replace(JACOBIAN, rhs=right)).verdict is Verdict.REFUTED


def test_two_sizes_are_never_equal() -> None:
    W = define("W", i, Sum(Vector("t", m)[m.index("a")], m.index("a")) + z[i])
    claim = Claim("two sizes", W[i], Relation.EQUAL, W[i])
    assert dims_of(claim) == (m, n)
    assert all(sample.sizes[n] != sample.sizes[m] for sample in samples(claim, 0, 10, 10**6, tuple(Mode)))


def test_regions_select() -> None:
    slope = Partial(relu(x), x)
    assert run(Claim("right", slope, Relation.EQUAL, x / x, given=(Positive(x),))).verdict is Verdict.AGREES
    assert run(Claim("right", slope, Relation.EQUAL, step(x), given=(Positive(x),))).verdict is Verdict.AGREES
    one = 1 - step(-x)
    assert run(Claim("away from the kink", slope, Relation.EQUAL, one, given=(NonZero(x),))).verdict is Verdict.AGREES
    assert run(Claim("at the kink", slope, Relation.EQUAL, one)).disagrees
    assert run(Claim("left", slope, Relation.EQUAL, 0 * x, given=(Negative(x),))).verdict is Verdict.AGREES
    assert run(Claim("left", slope, Relation.EQUAL, 0 * x, given=(Positive(x),))).verdict is Verdict.REFUTED


def test_a_region_on_an_index_that_the_claim_does_not_have_means_all_of_its_places() -> None:
    total = Sum(relu(z[k]), k)
    claim = Claim("all positive", total, Relation.EQUAL, Sum(z[k], k), given=(Positive(z[i]),))
    assert run(claim).verdict is Verdict.AGREES
    assert run(replace(claim, given=())).verdict is Verdict.REFUTED


def test_conditions_that_no_point_satisfies_are_vacuous() -> None:
    found = run(Claim("nowhere", x, Relation.EQUAL, x + 1, given=(Positive(x), Negative(x))))
    assert found.verdict is Verdict.VACUOUS and found.effective == 0 and found.drawn > 0


def test_undefined_sides_are_vacuous() -> None:
    from gradproof.derivations.calculus import log

    assert run(Claim("undefined", log(-exp(x)), Relation.EQUAL, x)).verdict is Verdict.VACUOUS


def test_a_value_lost_in_rounding_says_nothing() -> None:
    far = 10**30
    found = run(Claim("drowned", (x + far) - far * exp(0 * x), Relation.EQUAL, x))
    assert found.verdict is Verdict.AGREES  # SymPy cancels exactly
    drowned = run(Claim("drowned", exp(x) * exp(-x) * far + x - far, Relation.EQUAL, x))
    assert drowned.verdict is Verdict.VACUOUS


def test_inequalities() -> None:
    below = Claim("below", p[i], Relation.AT_MOST, Sum(p[k], k))
    assert run(below).verdict is Verdict.AGREES
    assert run(replace(below, lhs=below.rhs, rhs=below.lhs)).verdict is Verdict.REFUTED


def test_a_slip_in_the_calculus_does_not_vouch_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    from gradproof.derivations.calculus import DERIVATIVES, Text, derive, sigmoid

    monkeypatch.setitem(DERIVATIVES, sigmoid, lambda f, argument: f * (1 + f))
    wrong = derive(sigmoid(x), x, name="wrong", title=Text("wrong", "错"))
    claims = {claim.name: claim for claim in claims_of(wrong)}
    assert run(claims["wrong:result"]).verdict is Verdict.REFUTED


def test_the_same_seed_gives_the_same_evidence() -> None:
    assert run(JACOBIAN, seed=5) == run(JACOBIAN, seed=5)
    assert run(JACOBIAN, seed=5) != run(JACOBIAN, seed=6)


def test_values_do_not_depend_on_the_order_of_asking() -> None:
    t = Vector("t", n)
    first, second = (Sample({n: 3}, Mode.NORMAL, 5, (1, 2)) for _ in range(2))
    pairs = (first.values(z), first.values(t)), tuple(reversed((second.values(t), second.values(z))))
    assert all((one == other).all() for one, other in zip(*pairs, strict=True))
    assert (first.values(z) != first.values(t)).all()


def test_large_arrays_get_fewer_points() -> None:
    cube = Claim("cube", Sum(exp(z[i] * z[j] * z[k]), i, j, k), Relation.EQUAL, x)
    assert largest_array(cube, {n: 8}) == 8**3
    drawn = list(samples(cube, 0, 10**6, 10**5, (Mode.NORMAL,)))
    assert all(sample.points * sample.sizes[n] ** 3 <= 10**5 for sample in drawn)


def test_what_goes_wrong_is_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    unsupported = run(Claim("a function of SymPy's", sin(x), Relation.EQUAL, x))
    assert unsupported.verdict is Verdict.UNDECIDED and "sin has no value here" in unsupported.detail

    def broken(*_: object) -> None:
        raise MemoryError("too much")

    monkeypatch.setattr(method, "in_floats", broken)
    failed = run(JACOBIAN)
    assert failed.verdict is Verdict.ERROR and "not enough memory (too much)" in failed.detail


def test_limits_are_not_for_points() -> None:
    (claim, *_) = claims_of(catalogue.find("sigmoid_derivative_limit_right"))
    assert BallDecision().supports(claim) == "a limit has no value at a point"


def test_strict_bounds_agree_where_there_is_room_and_break_where_sides_are_equal() -> None:
    below = run(Claim("below", x, Relation.LESS, x + 1))
    assert below.verdict is Verdict.AGREES and below.effective > 1000
    for relation, right in ((Relation.LESS, x), (Relation.MORE, x), (Relation.LESS, x - 1), (Relation.MORE, x + 1)):
        assert run(Claim("broken", x, relation, right)).verdict is Verdict.REFUTED, relation
    assert run(Claim("equal", x, Relation.AT_LEAST, x)).verdict is Verdict.AGREES
    for relation, part, verdict in (
        (Relation.AT_LEAST, Rational(1, 2), Verdict.AGREES),
        (Relation.MORE, Rational(1, 2), Verdict.REFUTED),  # both sides are 0 where z is
        (Relation.AT_LEAST, Rational(2), Verdict.REFUTED),
    ):
        assert run(Claim("square", Sum(z[k] ** 2, k), relation, Sum(z[k] ** 2, k) * part)).verdict is verdict
