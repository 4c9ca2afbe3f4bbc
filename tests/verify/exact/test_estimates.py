"""Inequalities that rest on a lemma: proved with it, not where it is false, used outside its range, or not strict."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Expr, Rational, S, Symbol

from gradproof.derivations.calculus import (
    Dim,
    Domain,
    Largest,
    Margin,
    Matrix,
    NonZero,
    Positive,
    Relation,
    Scalar,
    Sum,
    Tensor,
    Vector,
    define,
    exp,
    log,
)
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.exact import EverySize, GivenSizes
from gradproof.verify.exact.positivity import nonnegative, positive
from gradproof.verify.verdict import Budget, Evidence, Method, Verdict

n = Dim("n")
i, j, k = n.indices("i j k")
p, q = (Vector(name, n, Domain.SIMPLEX) for name in "pq")
z = Vector("z", n)
x, t = Scalar("x"), Scalar("t", Domain.POSITIVE)
u = Scalar("u", Domain.UNIT)
KL = Sum(p[k] * log(p[k] / q[k]), k)


def margin(function: Expr, variable: Expr, argument: Expr) -> Margin:
    return Margin(Symbol("lemma"), function, variable, argument)


def tangent(argument: Expr) -> Margin:
    return margin(t - 1 - log(t), t, argument)


GIBBS = Sum(p[k] * tangent(q[k] / p[k]), k)


def prove(
    left: Any, relation: Relation, right: Any, certificate: Expr | None, *given: Any, method: Method | None = None
) -> Evidence:
    claim = Claim("claim", S.Zero + left, relation, S.Zero + right, given, certificate=certificate)
    return (method or EverySize()).run(claim, Budget(), 0)


def test_gibbs_inequality_rests_on_its_lemma() -> None:
    found = prove(KL, Relation.AT_LEAST, 0, GIBBS)
    assert found.verdict is Verdict.PROVED and found.scope == "every n"
    assert "by lemma (" in found.detail and "intervals" in found.detail
    assert found.bound is not None and 0 < found.bound < 1e-60
    assert prove(0, Relation.AT_MOST, KL, GIBBS).verdict is Verdict.PROVED
    assert prove(Sum(exp(z[k]), k), Relation.AT_LEAST, n + Sum(z[k], k), Sum(_above(z[k]), k)).verdict is Verdict.PROVED


def _above(argument: Expr) -> Margin:
    return margin(exp(x) - 1 - x, x, argument)


def test_a_strict_form_needs_one_place_at_which_the_lemma_is_strict() -> None:
    for condition in (p[i] - q[i], q[i] - p[i], q[i] / p[i] - 1, 3 * p[i] - 3 * q[i], p[i] / q[i] - 1):
        assert prove(KL, Relation.MORE, 0, GIBBS, NonZero(condition)).verdict is Verdict.PROVED, condition
    for condition in (p[i] - p[j], p[i] + q[i], p[i] - 2 * q[i], p[i] - q[j], p[i], z[i]):
        refused = prove(KL, Relation.MORE, 0, GIBBS, NonZero(condition))
        assert refused.verdict is Verdict.UNDECIDED and "not visibly positive" in refused.detail, condition
    assert prove(KL, Relation.MORE, 0, GIBBS).verdict is Verdict.UNDECIDED
    assert prove(KL, Relation.LESS, 0, GIBBS, NonZero(p[i] - q[i])).verdict is Verdict.UNDECIDED


FALSE: dict[str, tuple[Any, ...]] = {
    "a false lemma": (KL, Relation.AT_LEAST, 0, Sum(p[k] * margin(t - 1 - 2 * log(t), t, q[k] / p[k]), k)),
    "a lemma that is nearly true": (t, Relation.AT_LEAST, 0, margin(t - log(t) - 1 - Rational(1, 10**9), t, t)),
    "a lemma outside its range": (z[i], Relation.AT_LEAST, 0, tangent(z[i])),
    "a lemma at an argument that may be negative": (KL, Relation.AT_LEAST, 0, Sum(tangent(q[k] - p[k]), k)),
    "a lemma for numbers below 1": (exp(x), Relation.AT_LEAST, 0, margin(1 - u, u, exp(x))),
    "with a negative factor": (KL, Relation.AT_LEAST, 0, -GIBBS),
    "with a factor of any sign": (KL, Relation.AT_LEAST, 0, Sum(z[k] * tangent(q[k] / p[k]), k)),
    "another certificate": (KL, Relation.AT_LEAST, Rational(1, 10**9), GIBBS),
    "the wrong way round": (KL, Relation.AT_MOST, 0, GIBBS),
    "of another divergence": (KL, Relation.AT_LEAST, 0, Sum(q[k] * tangent(p[k] / q[k]), k)),
    "nothing": (KL, Relation.AT_LEAST, 0, None),
    "equal sides, strictly": (x, Relation.LESS, x, None),
    "equal sides, strictly, with a certificate": (x, Relation.MORE, x, S.Zero),
    "one minus a share, strictly": (1 - p[i], Relation.MORE, 0, None),
    "one minus anything": (1 - z[i], Relation.AT_LEAST, 0, None),
}


@pytest.mark.parametrize("method", [EverySize(), GivenSizes()], ids=lambda method: method.name)
@pytest.mark.parametrize("name", FALSE)
def test_what_the_lemma_does_not_give_is_not_proved(name: str, method: Method) -> None:
    found = prove(*FALSE[name], method=method)
    assert found.verdict is Verdict.UNDECIDED and found.detail


def test_a_lemma_serves_at_given_sizes_too() -> None:
    found = prove(KL, Relation.AT_LEAST, 0, GIBBS, method=GivenSizes())
    assert found.verdict is Verdict.PROVED and "by lemma (" in found.detail


def test_a_domain_that_is_declared_but_false_proves_nothing() -> None:
    """Nothing but `define` checks a domain when a tensor is made."""
    negative = Tensor("a", n, domain=Domain.POSITIVE, definition=((k,), -exp(z[k])))
    found = prove(Sum(negative[k], k), Relation.AT_LEAST, 0, Sum(negative[k], k))
    assert found.verdict is Verdict.UNDECIDED and "not seen to be positive" in found.detail
    assert check(Claim("sum", Sum(negative[k], k), Relation.AT_LEAST, S.Zero)).verdict is Verdict.REFUTED


def test_the_difference_itself_may_be_the_certificate() -> None:
    assert prove((x - 1) ** 2, Relation.AT_LEAST, 0, None).verdict is Verdict.PROVED
    assert prove(0, Relation.LESS, exp(x), None).verdict is Verdict.PROVED
    assert prove(1 - p[i], Relation.AT_LEAST, 0, None).verdict is Verdict.PROVED
    assert prove(x, Relation.MORE, 0, None, Positive(x)).verdict is Verdict.PROVED
    assert prove((x - 1) ** 2, Relation.MORE, 0, None).verdict is Verdict.UNDECIDED


def test_a_sum_is_positive_if_one_term_is() -> None:
    share = (p[i] - q[i]) ** 2
    known = frozenset({share})
    total = Sum((p[k] - q[k]) ** 2, k)
    assert nonnegative(total) and not positive(total)
    assert positive(total, known)
    assert not positive(Sum(z[k] * (p[k] - q[k]) ** 2, k), known)
    assert not positive(Sum((p[k] - z[k]) ** 2, k), known)


def test_what_is_at_most_1_and_at_most_the_largest() -> None:
    A = Matrix("A", n, n)
    m = define("m", Largest(z[k], k))
    not_negative = [
        1 - p[i],
        2 - p[i],
        1 - p[i] + z[i] ** 2,
        1 - exp(-(z[i] ** 2)),
        m[()] - z[j],
        Largest(A[i, k], k) - A[i, j],
        1 - exp(z[i] - m[()]),
        Sum(p[k] * (m[()] - z[k]), k),
    ]
    for expression in not_negative:
        assert nonnegative(expression), expression
    may_be_negative = [
        1 - 2 * p[i],
        1 - p[i] - p[j],
        Rational(1, 2) - p[i],
        1 - z[i],
        1 - exp(z[i] ** 2),
        1 - exp(-z[i]),
        1 - exp(m[()] - z[i]),
        z[j] - m[()],
        m[()] - 2 * z[j],
        m[()] - q[j],
        m[()],
        2 * m[()] - z[j],
        Largest(z[k], k, 2) - z[j],
        Largest(A[i, k], k) - A[j, i],
    ]
    for expression in may_be_negative:
        assert not nonnegative(expression), expression


def test_log_sum_exp_is_at_most_the_maximum_plus_log_n() -> None:
    """Twice what is given away is no certificate, and for any other number than the maximum there is none."""
    largest, any_number = define("m", Largest(z[k], k))[()], Scalar("m")
    for bound, factor, verdict in (
        (largest, 1, Verdict.PROVED),
        (largest, 2, Verdict.UNDECIDED),
        (any_number, 1, Verdict.UNDECIDED),
    ):
        gap = Sum(1 - exp(z[k] - bound), k) / n
        certificate = factor * gap + tangent(Sum(exp(z[k] - bound), k) / n)
        found = prove(log(Sum(exp(z[k]), k)), Relation.AT_MOST, bound + log(n), certificate)
        assert found.verdict is verdict
        assert "any number" not in found.detail
