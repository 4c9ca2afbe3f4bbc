"""The method as a whole: what it can prove beyond plain identities, what it refuses, and what it says."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Abs, Expr, Float, Integer, Max, Rational
from sympy import exp as sympy_exp

from gradproof.derivations.calculus import (
    Activation,
    Delta,
    Different,
    Domain,
    Downstream,
    Equal,
    Matrix,
    Negative,
    NonZero,
    Partial,
    Positive,
    Relation,
    Scalar,
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
    xlogx,
)
from gradproof.verify.claim import Claim
from gradproof.verify.exact import CANDIDATE, OTHER_CERTIFICATE, EverySize
from gradproof.verify.verdict import Budget, Evidence, Verdict

from .oracle import NEGLIGIBLE, Oracle
from .statements import A, X, d, h, i, j, k, l, m, n, r, r2, soft, t, u, v, w, x, xs, y, z

METHOD = EverySize()


def prove(lhs: Expr, rhs: Expr | int, *given: Any, **more: Any) -> Evidence:
    claim = Claim("claim", Integer(0) + lhs, Relation.EQUAL, Integer(0) + rhs, given, **more)
    return METHOD.run(claim, Budget(), seed=0)


p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
mean = define("mean", Sum(x[k], k) / n)
centred = define("centred", i, x[i] - mean[()])
phi, loss = Activation("φ"), Scalar("L")
W, bias = Matrix("W", n, h), Vector("bias", h)
net = define("net", u, Sum(W[k, u] * x[k], k) + bias[u])
act = define("act", u, phi(net[u]))
hot, hot_too = Vector("hot", n, Domain.ONE_HOT), Vector("hot too", n, Domain.ONE_HOT)
labels = Matrix("labels", m, n, Domain.ONE_HOT)
bit, bits = Scalar("bit", Domain.BINARY), Vector("bits", n, Domain.BINARY)
above = Downstream(loss, (act,))
simplex = Vector("simplex", n, Domain.SIMPLEX)

TRUE: dict[str, tuple[Any, ...]] = {
    # Definitions and cuts
    "chain rule through a cut": (
        Sum(Partial(-Sum(y[k] * log(p[k]), k), p[l]) * Partial(p[l], z[j]), l),
        Partial(-Sum(y[k] * log(p[k]), k), z[j]),
    ),
    "entropy at a cut": (Partial(-Sum(p[k] * log(p[k]), k), p[i]), -log(p[i]) - 1),
    "definition of a definition": (Sum(centred[i] ** 2, i), Sum(x[k] ** 2, k) - n * mean[()] ** 2),
    "derivative by a scalar definition": (Partial(Sum((x[k] - mean[()]) ** 2, k), mean[()]), -2 * Sum(centred[k], k)),
    "total derivative through definitions": (Partial(Sum(centred[k] ** 2, k), x[j]), 2 * centred[j]),
    "bound variable": (Sum(Partial(Sum(x[k] ** 2, k), x[i]) * y[i], i), 2 * Sum(x[i] * y[i], i)),
    "Jacobian times a vector": (Sum(y[k] * Partial(p[k], z[j]), k), p[j] * (y[j] - Sum(y[k] * p[k], k))),
    "product of Jacobians": (
        Sum(Partial(p[i], z[l]) * Partial(Sum(A[l, k] * x[k], k), x[j]), l),
        p[i] * (A[i, j] - Sum(p[l] * A[l, j], l)),
    ),
    "divergence": (Sum(Partial(p[k], z[k]), k), 1 - Sum(p[k] ** 2, k)),
    "Laplacian": (Sum(Partial(Partial(Sum(x[k] ** 3, k), x[i]), x[i]), i), 6 * Sum(x[i], i)),
    # What lies downstream
    "layer, weights": (Partial(loss, W[j, v]), Partial(loss, act[v]) * phi(net[v], 1) * x[j], above),
    "layer, bias": (Partial(loss, bias[v]), Partial(loss, act[v]) * phi(net[v], 1), above),
    "layer, inputs": (Partial(loss, x[j]), Sum(Partial(loss, act[u]) * phi(net[u], 1) * W[j, u], u), above),
    "layer, net input": (Partial(loss, net[v]), Partial(loss, act[v]) * phi(net[v], 1), above),
    "square of a loss": (Partial(loss**2, bias[v]), 2 * loss * Partial(loss, bias[v]), above),
    "sum over a bound adjoint": (
        Sum(Partial(loss, W[j, u]) * W[j, u], u),
        Sum(Partial(loss, act[u]) * phi(net[u], 1) * x[j] * W[j, u], u),
        above,
    ),
    # Conditions on indices
    "softmax Jacobian, i = j": (Partial(p[i], z[j]), p[i] * (1 - p[i]), Equal(i, j)),
    "softmax Jacobian, i ≠ j": (Partial(p[i], z[j]), -p[i] * p[j], Different(i, j)),
    "delta, i ≠ j": (Delta(i, j), 0, Different(i, j)),
    "three indices": (Delta(i, j) * Delta(j, k), Delta(i, j) * Delta(i, k)),
    # Domains
    "one-hot squares": (hot[i] ** 2, hot[i]),
    "one-hot products": (hot[i] * hot[j], Delta(i, j) * hot[i]),
    "one-hot sum of squares": (Sum(hot[k] ** 2, k), 1),
    "two one-hot vectors": (Sum(hot[k] * hot_too[k], k) ** 2, Sum(hot[k] * hot_too[k], k)),
    "one-hot log-likelihood": (Partial(-Sum(hot[k] * log(soft(k)), k), z[j]), soft(j) - hot[j]),
    "one-hot entropy": (Sum(xlogx(hot[k]), k), 0),
    "one-hot rows": (
        Partial(-Sum(labels[r, k] * log(exp(X[r, k]) / Sum(exp(X[r, l]), l)), r, k), X[r2, j]),
        exp(X[r2, j]) / Sum(exp(X[r2, l]), l) - labels[r2, j],
    ),
    "binary squares": (bit**2, bit),
    "binary loss": (bit * (1 - bit) * xs, 0),
    "binary squares in a sum": (Sum(bits[k] ** 3 * x[k], k), Sum(bits[k] * x[k], k)),
    "simplex": (Sum(simplex[k] * (z[k] - xs), k), Sum(simplex[k] * z[k], k) - xs),
    "derivative by a simplex": (Partial(Sum(simplex[k], k), simplex[i]), 1),
    "xlogx": (Sum(xlogx(simplex[k]), k), Sum(simplex[k] * log(simplex[k]), k)),
    "derivative of xlogx": (Partial(Sum(xlogx(simplex[k]), k), simplex[i]), log(simplex[i]) + 1),
    # Kinks
    "relu by step": (relu(xs), xs * step(xs)),
    "relu derivative": (Partial(relu(xs), xs), step(xs)),
    "relu of x and -x": (relu(xs) + relu(-xs), Abs(xs), NonZero(xs)),
    "step of -x": (step(-xs), 1 - step(xs), NonZero(xs)),
    "relu where positive": (relu(xs), xs, Positive(xs)),
    "relu where negative": (relu(xs), 0, Negative(xs)),
    "absolute value": (Abs(xs) * step(xs), xs * step(xs)),
    "root of a square": (sqrt(xs**2), Abs(xs)),
    "root of a square where negative": (sqrt(xs**2), -xs, Negative(xs)),
    "relu in a sum": (Partial(Sum(relu(x[k]) * y[k], k), x[i]), step(x[i]) * y[i]),
    "relu layer": (
        Partial(Sum(relu(Sum(W[k, u] * x[k], k)) ** 2, u) / 2, W[j, v]),
        relu(Sum(W[k, v] * x[k], k)) * x[j],
    ),
    "relu of an entry": (relu(x[i]) - relu(-x[i]), x[i], NonZero(x[i])),
    # Logarithms of what is known to be positive
    "log of a product": (log(xs * exp(x[i])), log(xs) + x[i], Positive(xs)),
    "log of a square": (log(xs**2), 2 * log(-xs), Negative(xs)),
    "log of a ratio": (log(Rational(2, 3)), log(Integer(2)) - log(Integer(3))),
    # Only the normal form
    "row-wise root": (
        Sum(X[r, k] ** 2 / sqrt(Sum(X[r, l] ** 2, l)), r, k),
        Sum(sqrt(Sum(X[r, l] ** 2, l)), r),
    ),
    "derivative of a row-wise root": (
        Partial(Sum(sqrt(Sum(X[r, l] ** 2, l) + xs), r), X[r2, j]),
        X[r2, j] / sqrt(Sum(X[r2, l] ** 2, l) + xs),
    ),
    "rows and columns": (
        Sum(A[k, l] / (Sum(A[k, j], j) * Sum(A[i, l], i)), k, l) * 2,
        Sum(2 * A[l, k] / (Sum(A[i, k], i) * Sum(A[l, j], j)), k, l),
    ),
    "row softmax sums to its rows": (Sum(exp(A[k, l]) / Sum(exp(A[k, j]), j), k, l), n),
    # Only sizes
    "sum of ones": (Sum(x[k] / x[k], k), n),
    "sizes only": (Sum(Delta(k, l) / n, k, l), 1),
}

@pytest.mark.parametrize("name", TRUE)
def test_true_is_proved(name: str) -> None:
    lhs, rhs, *given = TRUE[name]
    evidence = prove(lhs, rhs, *given)
    assert evidence.verdict is Verdict.PROVED, evidence.detail
    assert evidence.bound is not None and evidence.bound < 1e-20
    if all(isinstance(condition, (Downstream, NonZero)) for condition in given):  # the others are not drawn
        oracle = Oracle({n: 3, m: 2, h: 2, d: 1, t: 1}, given=tuple(given), signed="log" not in name)
        assert oracle.largest(Integer(0) + lhs, Integer(0) + rhs) < NEGLIGIBLE


#: Nearly the same, and false, or true only with what was left out.
FALSE: dict[str, tuple[Any, ...]] = {
    "i = j for i ≠ j": (Partial(p[i], z[j]), p[i] * (1 - p[i]), Different(i, j)),
    "i ≠ j for i = j": (Partial(p[i], z[j]), -p[i] * p[j], Equal(i, j)),
    "layer without its slope": (Partial(loss, W[j, v]), Partial(loss, act[v]) * x[j], above),
    "layer with the wrong unit": (Partial(loss, W[j, v]), Partial(loss, act[u]) * phi(net[u], 1) * x[j], above),
    "layer with the wrong order": (Partial(loss, bias[v]), Partial(loss, act[v]) * phi(net[v], 2), above),
    "nothing downstream": (Partial(loss, bias[v]), 0, above),
    "step of -x at 0": (step(-xs), 1 - step(xs)),
    "relu is x": (relu(xs), xs, NonZero(xs)),
    "relu where x is positive": (relu(y[i]), y[i], Positive(xs)),
    "relu of another sign": (relu(xs), xs, Negative(xs)),
    "relu in a sum": (Sum(relu(x[k]), k), Sum(x[k] * step(y[k]), k)),
    "one-hot product is 0": (hot[i] * hot[j], 0),
    "one-hot vectors are equal": (Sum(hot[k] * hot_too[k], k), 1),
    "binary is 0": (bit * xs, 0),
    "plain squares": (x[i] ** 2, x[i]),
    "plain sum": (Sum(x[k], k), 1),
    "one-hot direction": (Partial(Sum(hot[k] ** 2, k), hot[i]), 0),
    "simplex direction": (Partial(Sum(simplex[k], k), simplex[i]), 0),
    "binary direction": (Partial(bit**2, bit), 1),
    "log of a product": (log(xs * exp(x[i])), log(-xs) + x[i]),
    "row-wise root": (
        Sum(X[r, k] ** 2 / sqrt(Sum(X[r, l] ** 2, l)), r, k),
        sqrt(Sum(X[r, l] ** 2, r, l)),
    ),
    "cut passed": (Partial(-Sum(p[k] * log(p[k]), k), p[i]), -log(p[i])),
    "chain rule with a transposed Jacobian": (
        Sum(Partial(Sum(A[i, k] * z[k], k), z[l]) * y[l], l),
        Sum(A[l, i] * y[l], l),
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_is_not_proved(name: str) -> None:
    lhs, rhs, *given = FALSE[name]
    assert prove(lhs, rhs, *given).verdict is Verdict.UNDECIDED


# What a proof may use


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


def test_second_derivative_downstream_is_refused() -> None:
    evidence = prove(Partial(Partial(loss, bias[v]), bias[u]), 0, above)
    assert evidence.verdict is Verdict.UNDECIDED
    assert "second derivative" in evidence.detail
    twice = prove(Partial(Partial(loss, act[v]) * x[j], x[j]), Partial(loss, act[v]), above)
    assert "second derivative" in twice.detail


def test_kink_without_a_condition_is_named() -> None:
    assert "kink" in prove(relu(xs) + relu(-xs), xs).detail


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
    assert "not visibly" in _at_most(product, Rational(1, 4), Rational(1, 4) - product).detail
    assert "not visibly" in _at_most(-xs, xs, 2 * xs).detail
    assert _at_most(product, Rational(1, 4), xs**2).detail == OTHER_CERTIFICATE
    assert _at_most(product, Rational(1, 5), (xs - Rational(1, 2)) ** 2).detail == OTHER_CERTIFICATE
    assert "not visibly" in _at_most(Integer(0), -(xs**2), -(xs**2)).detail


# What is said


def test_evidence_says_what_it_covers() -> None:
    evidence = prove(Partial(loss, W[j, v]), Partial(loss, act[v]) * phi(net[v], 1) * x[j], above)
    assert evidence.method == "every size"
    assert evidence.scope.startswith("every h, n; every differentiable activation φ; every L that depends on the rest")
    assert "classes" in evidence.detail
    assert prove(sigmoid(-xs), 1 - sigmoid(xs)).scope == "every value of the variables"
    assert "kinks" in prove(relu(xs), xs * step(xs)).scope
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


