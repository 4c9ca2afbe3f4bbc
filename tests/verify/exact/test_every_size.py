"""The method as a whole: what it can prove beyond plain identities, what it refuses, and what it says."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Abs, Expr, Float, Integer, Max, Rational
from sympy import exp as sympy_exp

from gradproof.derivations.calculus import (
    Delta,
    Different,
    Dim,
    Domain,
    Equal,
    Largest,
    NonZero,
    Partial,
    Positive,
    Relation,
    Selected,
    Sum,
    Tensor,
    Vector,
    define,
    exp,
    log,
    relu,
    sigmoid,
    sqrt,
    step,
)
from gradproof.verify.claim import Claim
from gradproof.verify.exact import CANDIDATE, OTHER_CERTIFICATE
from gradproof.verify.verdict import Budget, Evidence, Verdict

from .proving import METHOD, W, above, act, bias, loss, net, p, phi, prove
from .statements import A, i, j, k, l, n, v, w, x, xs, y, z
from .test_beyond_identities import TRUE

# What a proof may use


def test_the_place_of_the_largest_does_not_see_positive_factors() -> None:
    place = Selected(z[k], k, i)
    assert prove(Selected(z[k] / n, k, i), place).verdict is Verdict.PROVED
    assert prove(Selected(exp(z[j]) * z[k], k, i), place).verdict is Verdict.PROVED
    for other in (-z[k], z[j] * z[k], exp(z[k]) * z[k], z[k] + 1 / z[k]):
        assert prove(Selected(other, k, i), place).verdict is not Verdict.PROVED
    assert prove(Largest(z[k] / n, k), Largest(z[k], k)).verdict is not Verdict.PROVED
    assert prove(Largest(z[k] / n, k), Largest(z[k], k) / n).verdict is Verdict.PROVED


def test_definitions_that_are_not_used_are_data() -> None:
    assert prove(p[i] + p[j], p[j] + p[i], uses=()).verdict is Verdict.PROVED
    assert prove(Sum(p[k], k), 1, uses=(p,)).verdict is Verdict.PROVED
    assert prove(Sum(p[k], k), 1, uses=()).detail == CANDIDATE


def test_derivative_of_what_is_not_used_is_not_zero() -> None:
    """As mere data p would not depend on z, and any nonsense that multiplies the derivative would be proved."""
    evidence = prove(Partial(p[i], z[j]), 0, uses=())
    assert evidence.verdict is Verdict.UNDECIDED
    assert "needs the definition of p" in evidence.detail
    assert "needs the definition of act" in prove(Partial(loss, bias[v]), 0, above, uses=()).detail


def test_tensors_of_one_name_are_different() -> None:
    other = define("p", i, 2 * x[i])
    assert prove(p[i], other[i], uses=()).verdict is Verdict.UNDECIDED
    assert prove(Vector("q", n)[i], Vector("q", n, Domain.POSITIVE)[i]).verdict is Verdict.UNDECIDED


def test_sizes_of_one_name_are_different() -> None:
    again = Dim("n", "p q")
    assert prove(Sum(Vector("x", n)[k], k), Sum(Vector("x", again)[again.index("p")], again.index("p"))).verdict is (
        Verdict.UNDECIDED
    )
    assert prove(n, Integer(0) + again).verdict is Verdict.UNDECIDED


def test_domain_of_a_definition_is_checked() -> None:
    good = define("good", i, exp(z[i]) / Sum(exp(z[k]), k), domain=Domain.SIMPLEX)
    unit = define("unit", sigmoid(xs), domain=Domain.UNIT)
    # `define` refuses what is not visibly positive; a tensor can be made without it.
    bad = Tensor("bad", n, domain=Domain.SIMPLEX, definition=((i,), 2 * exp(z[i]) / Sum(exp(z[k]), k)))
    sign = Tensor("sign", n, domain=Domain.POSITIVE, definition=((i,), z[i]))
    wide = Tensor("wide", domain=Domain.UNIT, definition=((), 2 * sigmoid(xs)))
    certain = Tensor("certain", domain=Domain.BINARY, definition=((), sigmoid(xs)))
    assert prove(Sum(good[k], k), 1, uses=()).verdict is Verdict.PROVED
    assert prove(log(unit[()] * (1 - unit[()])), log(unit[()]) + log(1 - unit[()]), uses=()).verdict is Verdict.PROVED
    for tensor in (bad, sign):
        assert "is not seen to be" in prove(Sum(tensor[k], k), 1, uses=()).detail
    for tensor in (wide, certain):
        assert "is not seen to be" in prove(tensor[()], tensor[()] ** 2, uses=()).detail


def test_kink_without_a_condition_is_named() -> None:
    apart = xs + x[i]
    assert "kink" in prove(relu(apart) + relu(-apart), Abs(apart)).detail
    softplus = relu(xs) + log(1 + exp(-Abs(xs)))
    assert "kink" in prove(Partial(softplus, xs), sigmoid(xs)).detail
    assert prove(Partial(softplus, xs), sigmoid(xs), NonZero(xs)).verdict is Verdict.PROVED


def test_at_a_kink_the_values_are_compared_too() -> None:
    for kinked in (relu(xs) + relu(-xs), xs * (2 * step(xs) - 1), Abs(-3 * xs) / 3):
        evidence = prove(kinked, Abs(xs))
        assert (evidence.verdict, evidence.scope) == (Verdict.PROVED, "every value of the variables")
    assert prove(log(1 + exp(xs)), relu(xs) + log(1 + exp(-Abs(xs)))).verdict is Verdict.PROVED


def test_what_is_false_at_the_kink_alone_is_not_proved() -> None:
    """With a step at 0 being 0, both sides agree for x > 0 and for x < 0, and differ at 0."""
    for both in (step(xs) + step(-xs), 1 + step(xs) * step(-xs) - (1 - step(xs)) * (1 - step(-xs))):
        evidence = prove(both, Integer(1))
        assert evidence.verdict is Verdict.UNDECIDED
        assert prove(both, Integer(1), NonZero(xs)).verdict is Verdict.PROVED


def test_what_is_nowhere_defined() -> None:
    for nowhere in (1 / Integer(0), x[i] / (n - n), log(Integer(0)), sqrt(Integer(-1)) * xs):
        assert prove(nowhere, nowhere + xs).verdict is Verdict.UNDECIDED


def test_what_is_not_understood_is_named() -> None:
    for foreign in (Max(xs, 0), xs ** x[i], sympy_exp(xs), Float(0.5) * xs, i * xs):
        evidence = prove(foreign, xs)
        assert evidence.verdict is Verdict.UNDECIDED
        assert evidence.detail and evidence.detail != CANDIDATE


def test_contradicting_conditions_prove_nothing() -> None:
    evidence = prove(x[i], x[i] + 1, Equal(i, j), Different(i, j))
    assert evidence.verdict is Verdict.UNDECIDED


# Inequalities


def _at_most(lhs: Expr, rhs: Expr, certificate: Expr | None, *given: Any) -> Evidence:
    return METHOD.run(Claim("≤", lhs, Relation.AT_MOST, rhs, given, certificate=certificate), Budget(), seed=0)


def test_inequality_with_a_certificate() -> None:
    quarter = _at_most(xs * (1 - xs), Rational(1, 4), (xs - Rational(1, 2)) ** 2)
    assert quarter.verdict is Verdict.PROVED
    lagrange = Sum((x[i] * y[j] - x[j] * y[i]) ** 2, i, j) / 2
    cauchy = _at_most(Sum(x[k] * y[k], k) ** 2, Sum(x[k] ** 2, k) * Sum(y[k] ** 2, k), lagrange)
    assert cauchy.verdict is Verdict.PROVED
    assert cauchy.scope == "every n"
    assert _at_most(xs, xs + Sum(exp(z[k]), k), Sum(exp(z[k]), k)).verdict is Verdict.PROVED
    assert _at_most(-xs, xs, 2 * xs, Positive(xs)).verdict is Verdict.PROVED


def test_inequality_without_a_good_certificate() -> None:
    product = xs * (1 - xs)
    assert "certificate" in _at_most(product, Rational(1, 4), None).detail
    assert "certificate" in _at_most(product, Rational(1, 4), Rational(1, 4) - product).detail
    assert "certificate" in _at_most(-xs, xs, 2 * xs).detail
    assert _at_most(product, Rational(1, 4), xs**2).detail == OTHER_CERTIFICATE
    assert _at_most(product, Rational(1, 5), (xs - Rational(1, 2)) ** 2).detail == OTHER_CERTIFICATE
    assert "certificate" in _at_most(Integer(0), -(xs**2), -(xs**2)).detail


# What is said


def test_evidence_says_what_it_covers() -> None:
    evidence = prove(Partial(loss, W[j, v]), Partial(loss, act[v]) * phi(net[v], 1) * x[j], above)
    assert evidence.method == "every size"
    assert evidence.scope.startswith("every h, n; every differentiable function φ; every L that depends on the rest")
    assert "classes" in evidence.detail
    assert prove(sigmoid(-xs), 1 - sigmoid(xs)).scope == "every value of the variables"
    assert "kinks" in prove(Partial(relu(xs), xs), step(xs)).scope
    assert "kinks" in prove(relu(xs), xs * step(xs), NonZero(xs)).scope
    assert "normal form" in prove(*TRUE["row-wise root"]).detail
    assert "2 cases" in prove(Partial(p[i], z[j]), p[i] * (Delta(i, j) - p[j])).detail


def test_same_seed_same_evidence() -> None:
    lhs, rhs = Partial(p[i], z[j]), p[i] * (Delta(i, j) - p[j])
    claim = Claim("Jacobian", lhs, Relation.EQUAL, rhs)
    assert METHOD.run(claim, Budget(), 3) == METHOD.run(claim, Budget(), 3)


def test_every_seed_proves_and_none_proves_falsehoods() -> None:
    for seed in range(8):
        claim = Claim("Jacobian", Partial(p[i], z[j]), Relation.EQUAL, p[i] * (Delta(i, j) - p[j]))
        assert METHOD.run(claim, Budget(), seed).verdict is Verdict.PROVED
        slip = Claim("slip", claim.lhs, Relation.EQUAL, claim.rhs * (1 + Rational(1, 10**6)))
        assert METHOD.run(slip, Budget(), seed).detail == CANDIDATE


def test_a_fault_of_the_prover_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a slip in the prover")

    monkeypatch.setattr("gradproof.verify.exact.weighted.decide", broken)
    evidence = prove(sigmoid(-xs), 1 - sigmoid(xs))
    assert evidence.verdict is Verdict.ERROR
    assert "a slip in the prover" in evidence.detail


def test_budget_is_work() -> None:
    lhs, rhs = Partial(Sum(w[k] * A[k, l] * w[l], k, l), w[j]), Sum((A[j, k] + A[k, j]) * w[k], k)
    assert prove(lhs, rhs).verdict is Verdict.PROVED
    small = METHOD.run(Claim("claim", lhs, Relation.EQUAL, rhs), Budget(work=1), 0)
    assert small.verdict is Verdict.UNDECIDED
    assert "budget" in small.detail
