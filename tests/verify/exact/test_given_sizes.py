"""The proof at given sizes: what it proves beyond a proof for every size, what it never proves, and what it says."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from sympy import Abs, Add, Expr, Float, Integer, Max, Rational

from gradproof.derivations.calculus import (
    Different,
    Downstream,
    Equal,
    Largest,
    NonZero,
    Partial,
    Positive,
    Relation,
    Selected,
    Sum,
    relu,
    sign,
    step,
)
from gradproof.verify.claim import Claim
from gradproof.verify.exact import CANDIDATE, EverySize, GivenSizes
from gradproof.verify.verdict import Budget, Evidence, Verdict

from . import piecewise_fuzzing
from .judging import disagreement
from .oracle import NEGLIGIBLE
from .piecewise import TRUE, bit
from .piecewise_falsehoods import FALSE, HALF_DEFINED
from .proving import act, bias, loss, net, phi
from .statements import X, i, j, k, m, n, r, v, x, xs

METHOD = GivenSizes()


def claim_of(lhs: Expr, rhs: Expr | int, *given: Any) -> Claim:
    return Claim("claim", Integer(0) + lhs, Relation.EQUAL, Integer(0) + rhs, given)


def prove(lhs: Expr, rhs: Expr | int, *given: Any, budget: Budget | None = None) -> Evidence:
    return METHOD.run(claim_of(lhs, rhs, *given), budget or Budget(), seed=0)


@pytest.mark.parametrize("name", TRUE)
def test_true_is_proved(name: str) -> None:
    claim = claim_of(*TRUE[name])
    evidence = METHOD.run(claim, Budget(), seed=0)
    assert evidence.verdict is Verdict.PROVED, evidence.detail
    assert evidence.bound is not None and evidence.bound < 1e-40
    worst, places = disagreement(claim.lhs, claim.rhs, claim.given, {n: 3, m: 2})
    assert places and worst < NEGLIGIBLE


def test_most_of_it_is_beyond_a_proof_for_every_size() -> None:
    proved = [name for name in TRUE if EverySize().run(claim_of(*TRUE[name]), Budget(), 0).verdict is Verdict.PROVED]
    assert len(TRUE) - len(proved) >= 28


@pytest.mark.parametrize("name", FALSE)
def test_false_is_not_proved(name: str) -> None:
    evidence = prove(*FALSE[name], budget=Budget(work=300_000))
    assert evidence.verdict is Verdict.UNDECIDED, evidence.detail
    assert evidence.detail


#: Too many regions for the oracle to meet the one that is false, false at one point only, or a difference too small.
_NOT_MET = {
    "product of |x| − x",
    "product of x − |x| at all signs but one",
    "steps of x and −x",
    "square of a sign",
    "sign without 0",
    "slip of 1e-50",
    "slip of 1e-50 in a softmax",
    "slip of 1e-50 at one place",
    "derivative of 0",
}


@pytest.mark.parametrize("name", [name for name in FALSE if name not in _NOT_MET])
def test_falsehoods_are_false(name: str) -> None:
    """The list itself is checked: some point tells the sides apart."""
    claim = claim_of(*FALSE[name])
    sizes = ({n: 3, m: 2}, {n: 6, m: 5}) if claim.lhs.atoms(type(n)) else ({n: 3, m: 2}, {n: 4, m: 2})
    assert any(disagreement(claim.lhs, claim.rhs, claim.given, at, seeds=20)[0] > NEGLIGIBLE for at in sizes)


def test_enough_falsehoods() -> None:
    assert len(FALSE) >= 80
    details = [prove(*FALSE[name], budget=Budget(work=300_000)).detail for name in FALSE]
    assert sum(detail.startswith(CANDIDATE) for detail in details) >= 70


@pytest.mark.parametrize("name", HALF_DEFINED)
def test_half_defined_is_not_proved(name: str) -> None:
    assert prove(*HALF_DEFINED[name]).verdict is Verdict.UNDECIDED


def test_half_defined_is_proved_where_it_is_defined() -> None:
    for name in ("log of a square", "power of a power", "cube root of a cube"):
        assert prove(*HALF_DEFINED[name], Positive(xs)).verdict is Verdict.PROVED


def _mutants(lhs: Expr, rhs: Expr) -> Iterator[tuple[str, Expr]]:
    if rhs != 0:
        yield "sign", -rhs
        yield "factor 2", 2 * rhs
        yield "times 1 + 1e-6", rhs * (1 + Rational(1, 10**6))
    yield "plus 1", rhs + 1
    if isinstance(rhs, Add):
        yield "term lost", Add(*rhs.args[1:])
    for kind, other in ((sign, step), (relu, Abs), (step, sign)):
        parts = rhs.atoms(kind)
        if parts:
            yield f"{kind.__name__} is {other.__name__}", rhs.xreplace({part: other(part.argument) for part in parts})
    for part in sorted(rhs.atoms(Abs), key=str)[:1]:
        yield "|x| is x", rhs.xreplace({part: part.args[0]})
    for part in sorted(rhs.atoms(Selected), key=str)[:1]:
        yield "another rank", rhs.xreplace({part: Selected(part.body, part.bound[0], part.at, part.rank + 1)})
    if lhs.has(i) and lhs.has(j):
        other = n.index("other")
        yield "indices swapped", rhs.xreplace({i: other, j: i}).xreplace({other: j})


def test_mutants_are_not_proved() -> None:
    false = 0
    for name, (lhs, rhs, *given) in TRUE.items():
        for what, wrong in _mutants(Integer(0) + lhs, Integer(0) + rhs):
            evidence = prove(lhs, wrong, *given)
            assert evidence.verdict in (Verdict.PROVED, Verdict.UNDECIDED), evidence.detail
            differs = disagreement(Integer(0) + lhs, wrong, tuple(given), {n: 3, m: 2}, seeds=4)[0] > NEGLIGIBLE
            assert not (differs and evidence.verdict is Verdict.PROVED), f"{name}, {what}"
            false += bool(differs)
    assert false >= 200


def test_random_formulas_and_slips() -> None:
    """A small share of what benchmarks/fuzz_given_sizes.py runs."""
    drawn, proved = random.Random(0), 0
    for number in range(40):
        lhs, rhs = piecewise_fuzzing.claim(drawn, ("true", "slip")[number % 2], depth=2)
        evidence = prove(lhs, rhs)
        assert evidence.verdict in (Verdict.PROVED, Verdict.UNDECIDED), evidence.detail
        if evidence.verdict is Verdict.PROVED:
            proved += 1
            assert disagreement(lhs, rhs, (), {n: 3})[0] < NEGLIGIBLE, f"{lhs} = {rhs}"
    assert proved >= 18


# What is said


def test_scope_names_the_sizes() -> None:
    assert prove(Largest(x[k] + 1, k), Largest(x[k], k) + 1).scope.startswith("n = 1…5")
    assert prove(Abs(xs), xs * sign(xs)).scope == "every value of the variables"
    assert prove(Partial(Abs(xs), xs), sign(xs)).scope == "every value of the variables; away from the kinks"
    rows = prove(Largest(X[r, k] + 1, k), Largest(X[r, k], k) + 1)
    assert rows.scope.startswith("m, n = 1…")


def test_sizes_at_which_nothing_is_said_are_left_out() -> None:
    mean = Sum(x[k], k) / n
    unbiased = Sum(Abs(x[i] - mean) ** 2, i) / (n - 1), (Sum(x[k] ** 2, k) - n * mean**2) / (n - 1)
    assert prove(*unbiased).scope.startswith("n = 2…")
    assert prove(relu(x[i]) - relu(-x[i]), x[i], Different(i, j)).scope.startswith("n = 2…")
    assert prove(Selected(x[k], k, i, 2) * Selected(x[k], k, i), 0).scope.startswith("n = 2…")
    assert prove(Abs(x[i] - mean), sign(x[i] - mean) * (x[i] - mean), NonZero(x[i] - mean)).scope.startswith("n = 2…")


def test_a_claim_about_nothing_is_not_proved() -> None:
    assert "says nothing" in prove(x[i], x[j], Equal(i, j), Different(i, j)).detail
    assert "says nothing" in prove(xs / (n - n), xs).detail or prove(xs / (n - n), xs).verdict is Verdict.UNDECIDED
    assert "says nothing" in prove(*HALF_DEFINED["contradicting conditions"]).detail


def test_what_is_not_understood_is_named() -> None:
    for foreign in (Max(xs, 0), xs ** x[i], Float(0.5) * xs, i * xs):
        evidence = prove(foreign, xs)
        assert evidence.verdict is Verdict.UNDECIDED
        assert evidence.detail and evidence.detail != CANDIDATE


def test_larger_sizes_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds at all sizes tried and not beyond them is not called proved, nor what cannot be looked at beyond."""
    falling = relu(x[i]) * (n - 1) * (n - 2) * (n - 3) * (n - 4) * (n - 5)
    assert prove(falling, 0).detail.endswith("at n = 6")
    monkeypatch.setattr("gradproof.verify.exact.given_sizes._BEYOND", (20_000,))
    assert "could not be looked at" in prove(Sum(relu(x[k]), k), Sum(x[k] + relu(-x[k]), k)).detail


def test_budget_is_work() -> None:
    claim = TRUE["1-norm gradient"]
    assert "budget" in prove(*claim, budget=Budget(work=1_000)).detail
    small, large = (prove(*claim, budget=Budget(work=work)) for work in (300_000, 30_000_000))
    assert (small.verdict, large.verdict) == (Verdict.PROVED, Verdict.PROVED)
    assert small.scope < large.scope


def test_same_seed_same_evidence_and_every_seed_proves() -> None:
    claim = claim_of(*TRUE["Huber loss by clipping"])
    assert METHOD.run(claim, Budget(), 3) == METHOD.run(claim, Budget(), 3)
    for seed in range(8):
        assert METHOD.run(claim, Budget(), seed).verdict is Verdict.PROVED
        slip = claim_of(claim.lhs, claim.rhs * (1 + Rational(1, 10**6)), *claim.given)
        assert METHOD.run(slip, Budget(), seed).detail == CANDIDATE


def test_a_fault_of_the_prover_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a slip in the prover")

    monkeypatch.setattr("gradproof.verify.exact.given_sizes.decide", broken)
    evidence = prove(Abs(xs), relu(xs) + relu(-xs))
    assert evidence.verdict is Verdict.ERROR
    assert "a slip in the prover" in evidence.detail


def test_inequality_with_a_certificate() -> None:
    def at_most(lhs: Expr, rhs: Expr, certificate: Expr | None) -> Evidence:
        return METHOD.run(Claim("≤", lhs, Relation.AT_MOST, rhs, certificate=certificate), Budget(), 0)

    assert at_most(xs, Abs(xs), 2 * relu(-xs)).verdict is Verdict.PROVED
    assert "certificate" in at_most(Abs(xs), xs, xs - Abs(xs)).detail
    assert at_most(Abs(xs), xs, relu(-xs)).detail == CANDIDATE
    assert "certificate" in at_most(xs, Abs(xs), None).detail


def test_binary_numbers_and_their_derivative() -> None:
    """A derivative by what is 0 or 1 is taken before the value is put in."""
    assert prove(Partial(bit**2 * Abs(xs), bit), 2 * bit * Abs(xs)).verdict is Verdict.PROVED
    assert prove(Partial(bit**2 * Abs(xs), bit), Abs(xs)).verdict is Verdict.UNDECIDED


def test_downstream_conditions_are_understood() -> None:
    left, right = Partial(loss, bias[v]) * Abs(xs), Partial(loss, act[v]) * (relu(xs) + relu(-xs))
    assert prove(left, right * phi(net[v], 1), Downstream(loss, (act,))).verdict is Verdict.PROVED
    assert prove(left, right, Downstream(loss, (act,))).verdict is Verdict.UNDECIDED
