"""Work is counted alike everywhere, and where it is used up a method says so; a clock has no part in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from gradproof.derivations.calculus import Dim, Partial, Relation, Vector
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.exact import EverySize
from gradproof.verify.guard import USED_UP, guarded
from gradproof.verify.verdict import Budget, Verdict
from gradproof.verify.work import Meter, OutOfWork, spend, work_limit

n = Dim("n")
x, y = Vector("x", n), Vector("y", n)


(i,) = n.indices("i")
CUBE = Claim("cube", Partial(x[i] ** 3, x[i]), Relation.EQUAL, 3 * x[i] ** 2)


def heavy() -> Claim:
    """A product over five: 877 ways in which some of them are the same, and each is proved by itself."""
    *free, q = n.indices("a b c d e q")
    product = x[free[0]] + y[free[0]]
    for index in free[1:]:
        product *= x[index] + y[index]
    return Claim("heavy", Partial(product, x[q]), Relation.EQUAL, Partial(product, y[q]))


def test_a_limit_stops_what_goes_beyond_it() -> None:
    with work_limit(10) as meter:
        spend(10)
        assert meter.left == 0
        with pytest.raises(OutOfWork):
            spend(1)
    spend(10**30)  # without a limit


def test_an_inner_limit_counts_for_itself() -> None:
    with work_limit(10) as outer:
        with work_limit(5), pytest.raises(OutOfWork):
            spend(6)
        with work_limit(None):
            spend(10**9)
        assert outer == Meter(10)
        spend(1)
        assert outer == Meter(9)


def test_a_heavy_claim_is_proved_within_the_usual_budget_and_given_up_in_a_small_one() -> None:
    proof = guarded(EverySize(), heavy(), Budget(), 0)
    assert proof.verdict is Verdict.PROVED and "203 cases" in proof.detail
    given_up = guarded(EverySize(), heavy(), Budget(work=20_000), 0)
    assert (given_up.verdict, given_up.detail) == (Verdict.UNDECIDED, USED_UP)


def test_a_slow_machine_does_the_same_work_and_says_the_same() -> None:
    small = Budget(work=50_000, points=100)

    def spent() -> int:
        with work_limit(10**12) as meter:
            assert EverySize().run(CUBE, Budget(), 0).verdict is Verdict.PROVED
        assert meter.left is not None
        return 10**12 - meter.left

    quick, report = spent(), check(heavy(), budget=small)
    assert quick > 0 and USED_UP in {each.detail for each in report.evidence} and report.verdict.ok
    with slowed_down():
        assert spent() == quick
        assert check(heavy(), budget=small) == report


@contextmanager
def slowed_down() -> Iterator[None]:
    """Every call of a function takes several times as long."""
    sys.setprofile(lambda *_: None)
    try:
        yield
    finally:
        sys.setprofile(None)
