"""Refutation: falsehoods get a point that a person can follow, truths and undefined points never do."""

from __future__ import annotations

import sys
from dataclasses import replace
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from sympy import Abs, Rational, S, sin

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import (
    Activation,
    Different,
    Dim,
    Domain,
    Downstream,
    Equal,
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
    log,
    relu,
    sigmoid,
    sqrt,
    step,
)
from gradproof.verify.check import claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.intervals import BallDecision, method, refute
from gradproof.verify.intervals.decide import Decided, Outcome
from gradproof.verify.intervals.mpmath_intervals import MpmathIntervals
from gradproof.verify.intervals.standins import STAND_INS, StandIn
from gradproof.verify.numeric.points import Sample
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Counterexample, Evidence, Verdict

n = Dim("n")
i, j, k = n.indices("i j k")
x = Scalar("x")
z = Vector("z", n)
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
phi = Activation("φ")
BUDGET = Budget(points=100, enclosures=500)


def run(claim: Claim, **options: Any) -> Evidence:
    return BallDecision(**options).run(claim, BUDGET, 0)


def equal(left: Any, right: Any, *given: Any) -> Claim:
    return Claim("claim", left, Relation.EQUAL, right, given)


def refuted(claim: Claim, **options: Any) -> Counterexample:
    found = run(claim, **options)
    assert found.verdict is Verdict.REFUTED, found
    assert found.counterexample is not None and str(found.counterexample) == found.detail
    return found.counterexample


def test_every_slip_is_refuted(falsehoods: dict[str, Claim]) -> None:
    for name, claim in falsehoods.items():
        point = refuted(claim)
        assert point.lhs != point.rhs, name
        assert all(1 <= size <= 3 for size in point.sizes.values())
        assert all(1 <= at <= 3 for at in point.indices.values())


def test_every_slip_is_refuted_without_flint(falsehoods: dict[str, Claim], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "flint", None)
    assert BallDecision().balls.name == "mpmath"
    for claim in falsehoods.values():
        assert refuted(claim) == refuted(claim, balls=MpmathIntervals())


def test_no_truth_is_refuted(truths: dict[str, Claim]) -> None:
    for name, claim in truths.items():
        assert run(claim).verdict is Verdict.AGREES, name


def test_the_point_can_be_followed_by_hand() -> None:
    """Both sides again from the text of the counterexample, by formulas written here."""
    wrong = p[i] * (delta(i, j) + p[j])
    point = refuted(equal(Partial(p[i], z[j]), wrong))
    entries = [Fraction(text) for text in point.values["z"]]
    assert point.sizes == {"n": 2} and len(entries) == 2 and len(set(entries)) == 2
    weights = [mpmath.exp(mpmath.mpf(entry.numerator) / entry.denominator) for entry in entries]
    row, column = point.indices["i"] - 1, point.indices["j"] - 1
    probability = [weight / sum(weights) for weight in weights]
    same = int(row == column)
    assert mpmath.nstr(probability[row] * (same - probability[column]), 4) == point.lhs
    assert mpmath.nstr(probability[row] * (same + probability[column]), 4) == point.rhs


def test_the_words_of_a_counterexample() -> None:
    wrong = p[i] * p[j] * (1 - 2 * delta(i, j))
    said = "n = 2, i = 1, j = 1, z = (0, 1): left 0.1966, right −0.07233"
    assert run(equal(Partial(p[i], z[j]), wrong)).detail == said
    assert run(equal(Partial(sigmoid(x), x), sigmoid(x) * (1 + sigmoid(x)))).detail == "x = 0: left 0.25, right 0.75"
    assert run(equal(x, x * (1 + Rational(1, 10**50)))).detail.endswith("left 1, right 1." + "0" * 49 + "1")
    found = run(equal(Partial(phi(x), x), phi(x)))
    assert found.detail == "x = 1, φ(x) = x²: left 2, right 1" and found.scope == ""


def test_nothing_is_refuted_where_a_side_is_undefined() -> None:
    for claim in (
        equal(exp(log(x)), x),  # undefined for x ≤ 0, where the right side is not
        equal(log(x**2), 2 * log(x)),
        equal(sqrt(x) ** 2 * exp(x) * exp(-x), x),
        equal(1 / (1 / x), x),
        equal(x * (x - 1) / (x - 1), x),
    ):
        assert run(claim).verdict is Verdict.AGREES, claim
    assert run(equal(log(-(x**2)), x)).verdict is Verdict.VACUOUS  # undefined everywhere
    assert refuted(equal(sqrt(x**2), x)).values == {"x": "-1"}


def test_a_difference_at_a_kink_alone_is_a_candidate() -> None:
    """By the convention step(0) = 0 these differ, but no derivative has a value there that a proof could use."""
    for claim in (equal(step(x), 1 - step(-x)), equal(Partial(relu(x), x), 1 - step(-x))):
        found = run(claim)
        assert found.verdict is Verdict.UNDECIDED and found.disagrees, claim
        assert found.detail.startswith("a candidate for a counterexample, one of ")
        assert ": left 0.0, right 1.0" in found.detail


def test_conditions_are_respected() -> None:
    slope = Partial(relu(x), x)
    assert Fraction(refuted(equal(slope, 0 * x, Positive(x))).values["x"]) > 0
    assert Fraction(refuted(equal(slope, step(-x), Negative(x))).values["x"]) < 0
    assert Fraction(refuted(equal(slope, step(-x), NonZero(x))).values["x"]) != 0
    assert run(equal(sqrt(x**2), x, Positive(x))).verdict is Verdict.AGREES
    assert run(equal(x, 2 * x, Positive(x), Negative(x))).verdict is Verdict.VACUOUS
    off_diagonal = equal(Partial(p[i], z[j]), -p[i] * p[j])
    same = refuted(off_diagonal)
    assert same.indices["i"] == same.indices["j"]
    assert run(replace(off_diagonal, given=(Different(i, j),))).verdict is Verdict.AGREES
    diagonal = equal(Partial(p[i], z[j]), p[i] * (1 - p[i]))
    other = refuted(diagonal)
    assert other.indices["i"] != other.indices["j"]
    assert run(replace(diagonal, given=(Equal(i, j),))).verdict is Verdict.AGREES


def test_a_region_on_another_index_must_hold_at_all_of_its_places() -> None:
    claim = equal(Sum(relu(z[k]), k), Sum(z[k], k), Positive(z[i]))
    assert run(claim).verdict is Verdict.AGREES
    assert any(Fraction(entry) < 0 for entry in refuted(replace(claim, given=())).values["z"])


def test_domains_are_respected() -> None:
    q, y = Vector("q", n, Domain.SIMPLEX), Vector("y", n, Domain.ONE_HOT)
    entries = [Fraction(text) for text in refuted(equal(Sum(q[k] ** 2, k), Rational(1))).values["q"]]
    assert sum(entries) == 1 and all(entry > 0 and entry.denominator <= 8 for entry in entries)
    assert run(equal(Sum(q[k], k), Rational(1))).verdict is Verdict.AGREES
    assert run(equal(Sum(y[k] ** 2, k), Rational(1))).verdict is Verdict.AGREES
    assert sorted(refuted(equal(y[i], Rational(1))).values["y"]) == ["0", "1"]


def test_inequalities() -> None:
    below = Claim("below", p[i], Relation.AT_MOST, Sum(p[k], k))
    assert run(below).verdict is Verdict.AGREES
    point = refuted(replace(below, lhs=below.rhs, rhs=below.lhs))
    assert float(point.lhs) > float(point.rhs)
    assert run(Claim("equal sides", x, Relation.AT_MOST, x)).verdict is Verdict.AGREES


def test_a_difference_far_away_is_found_and_rounded() -> None:
    point = refuted(equal(relu(x - 20), 0 * x))
    value = Fraction(point.values["x"])
    assert value > 20 and value.denominator <= 8


def test_what_lies_downstream_is_data() -> None:
    loss = Scalar("L")
    layer = define("a", i, z[i] ** 2)
    claim = equal(Partial(loss, z[j]), Partial(loss, layer[j]) * z[j], Downstream(loss, (layer,)))
    point = refuted(claim)
    assert set(point.values) == {"∂L/∂a", "z"}
    assert 2 * Fraction(point.rhs) == Fraction(point.lhs)


def test_a_line_is_not_refuted_for_lack_of_definitions() -> None:
    claim = replace(equal(Sum(p[k], k), Rational(1)), uses=())
    assert run(claim).verdict is Verdict.AGREES


def test_a_float_alone_refutes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    truth = equal(Partial(p[i], z[j]), p[i] * (delta(i, j) - p[j]))
    honest = method.in_floats

    def lying(claim: Claim, sample: Sample, standin: StandIn | None) -> Decided:
        decided = honest(claim, sample, standin)
        decided.outcomes[:] = Outcome.DIFFERENT
        return decided

    monkeypatch.setattr(refute, "in_floats", lying)
    assert run(truth, modes=(Mode.NORMAL,)).verdict is Verdict.AGREES
    monkeypatch.setattr(method, "in_floats", lying)
    found = run(truth, modes=(Mode.NORMAL,))
    assert found.verdict is Verdict.UNDECIDED and found.counterexample is None and "candidate" in found.detail


def test_sizes_are_small_and_two_comes_first() -> None:
    for count in (0, 1, 2, 4, 5, 12):
        dims = tuple(Dim(f"d{place}") for place in range(count))
        drawn = [tuple(sizes[dim] for dim in dims) for sizes in refute.small_sizes(dims, 9)]
        assert drawn[0] == (2,) * count and len(drawn) == len(set(drawn)) == (1 if count == 0 else min(9, 3**count))
        assert all(1 <= size <= 3 for sizes in drawn for size in sizes)


def test_what_goes_wrong_is_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(equal(sin(x), x)).verdict is Verdict.UNDECIDED

    def broken(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(refute, "confirm", broken)
    failed = run(equal(x, 2 * x))
    assert failed.verdict is Verdict.ERROR and failed.detail.endswith("(too deep)")


def test_limits_are_not_for_points() -> None:
    (claim, *_) = claims_of(catalogue.find("sigmoid_derivative_limit_right"))
    assert BallDecision().supports(claim) == "a limit has no value at a point"


def test_bounds_are_refuted_on_their_own_side() -> None:
    """x against x + c: each relation fails exactly where it must, a strict one also where both sides are equal."""
    fails = {
        Relation.AT_MOST: (-1,),
        Relation.LESS: (-1, 0),
        Relation.AT_LEAST: (1,),
        Relation.MORE: (0, 1),
        Relation.EQUAL: (-1, 1),
    }
    for relation, shifts in fails.items():
        for shift in (-1, 0, 1):
            found = run(Claim("claim", x, relation, x + shift))
            assert (found.verdict is Verdict.REFUTED) == (shift in shifts), (relation, shift)
    slightly = Claim("claim", Sum(z[k] ** 2, k), Relation.MORE, Rational(-1, 10**50))
    assert run(slightly).verdict is not Verdict.REFUTED
    assert run(replace(slightly, rhs=Rational(1, 10**50))).verdict is Verdict.REFUTED


def test_two_opaque_functions_are_two_functions() -> None:
    """With one function for both, φψ′ = φ′ψ would agree, and the quotient rule would compare 0 with 0."""
    phi, psi, t = Activation("phi"), Activation("psi"), Scalar("t")
    swapped = Claim("swapped", phi(t) * psi(t, 1), Relation.EQUAL, phi(t, 1) * psi(t))
    found = BallDecision().run(swapped, Budget(points=100), 0)
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample is not None
    assert found.counterexample.values["phi(x)"] == "x²"
    assert found.counterexample.values["psi(x)"] == "(x + 1)²"
    quotient = Claim(
        "quotient", Partial(phi(t) / psi(t), t), Relation.EQUAL, (phi(t, 1) * psi(t) - phi(t) * psi(t, 1)) / psi(t) ** 2
    )
    assert BallDecision().run(quotient, Budget(points=100), 0).verdict is Verdict.AGREES
    assert [standin.among(("f", "g", "h")).said("h") for standin in STAND_INS] == ["(x + 2)²", "exp(x + 2)", "(x + 2)³"]


def test_numbers_that_cannot_be_small_are_as_simple_as_they_can_be() -> None:
    """The sides differ for x beyond 500 only, whatever y is, and for tiny ones: powers of two, not what was drawn."""
    x, y = Scalar("x"), Scalar("y")
    large = run(Claim("large", relu(x - 500) * (y**2 + 1), Relation.EQUAL, S.Zero))
    assert large.counterexample is not None and large.counterexample.values["y"] == "0"
    size = Fraction(large.counterexample.values["x"])
    assert size > 500 and size.numerator.bit_count() == 1
    tiny = run(Claim("tiny", relu(Rational(1, 10**6) - Abs(x)) * x, Relation.EQUAL, S.Zero))
    assert tiny.counterexample is not None
    assert 0 < abs(Fraction(tiny.counterexample.values["x"])) < Fraction(1, 10**6)
    assert abs(Fraction(tiny.counterexample.values["x"])).numerator == 1
