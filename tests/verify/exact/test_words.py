"""Proofs with log1p, expm1, erf, sign, symbolic powers and largest values, each beside near misses that are false."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Abs, Integer, pi

from gradproof.derivations.calculus import (
    Delta,
    Different,
    Domain,
    Largest,
    NonZero,
    Partial,
    Positive,
    Scalar,
    Selected,
    Sum,
    Vector,
    erf,
    exp,
    expm1,
    log,
    log1p,
    relu,
    sign,
    softplus,
    sqrt,
    step,
)
from gradproof.verify.verdict import Verdict

from .oracle import NEGLIGIBLE, Oracle
from .proving import p, prove
from .statements import A, X, d, h, i, j, k, l, m, n, r, r2, t, tt, x, xs, y, z

a, c = Scalar("a", Domain.POSITIVE), Scalar("c")
u, v = Scalar("u", Domain.POSITIVE), Scalar("v", Domain.POSITIVE)
q = Vector("q", n, Domain.POSITIVE)
norm = Sum(q[k] ** a, k) ** (1 / a)
bell = 2 / sqrt(pi) * exp(-(xs**2))

TRUE: dict[str, tuple[Any, ...]] = {
    # Functions
    "softplus by log1p": (softplus(xs), log1p(exp(xs))),
    "stable softplus": (softplus(xs), relu(xs) + log1p(exp(-Abs(xs))), NonZero(xs)),
    "log1p of a product": (log1p(u * v - 1), log(u) + log(v)),
    "derivative of log1p": (Partial(log1p(exp(xs)), xs), exp(xs) / (1 + exp(xs))),
    "expm1 of a sum": (expm1(xs + c), expm1(xs) * expm1(c) + expm1(xs) + expm1(c)),
    "derivative of expm1": (Partial(expm1(xs) ** 2, xs), 2 * expm1(xs) * (expm1(xs) + 1)),
    "expm1 undoes log1p": (expm1(log1p(u)), u),
    "erf is odd": (erf(xs - c) + erf(c - xs), 0),
    "erf is odd in a sum": (Sum(erf(x[k] - x[i]) * y[k], k), -Sum(erf(x[i] - x[l]) * y[l], l)),
    "erf of 0": (erf(xs - xs) + xs, xs),
    "derivative of erf": (Partial(erf(xs), xs), bell),
    "derivative of erf of a sum": (Partial(erf(xs + c), c), bell * exp(-2 * xs * c - c**2)),
    "second derivative of erf": (Partial(Partial(erf(xs), xs), xs), -2 * xs * bell),
    "derivative of a sum of erf": (
        Partial(Sum(erf(x[k] ** 2) * y[k], k), x[i]),
        4 / sqrt(pi) * x[i] * y[i] * exp(-(x[i] ** 4)),
    ),
    "Gaussian error unit": (
        Partial(xs * (1 + erf(xs / sqrt(2))) / 2, xs),
        (1 + erf(xs / sqrt(2))) / 2 + xs * exp(-(xs**2) / 2) / sqrt(2 * pi),
    ),
    # Kinks
    "sign by steps": (sign(xs), step(xs) - step(-xs)),
    "derivative of the absolute value": (Partial(Abs(xs), xs), sign(xs), NonZero(xs)),
    "absolute value by sign": (Abs(xs), xs * sign(xs), NonZero(xs)),
    "gradient of the 1-norm": (Partial(Sum(Abs(x[k]), k), x[i]), sign(x[i]), NonZero(x[i])),
    "sign where positive": (sign(xs), 1, Positive(xs)),
    # Powers
    "powers of one base": (u**a * u**c, u ** (a + c)),
    "power of a power": ((u**a) ** c, u ** (a * c)),
    "power of a product": ((u * v) ** a, u**a * v**a),
    "exponential as a power": (exp(xs) ** a, exp(a * xs)),
    "derivative by the base": (Partial(u**a, u), a * u ** (a - 1)),
    "derivative by the exponent": (Partial(u**a, a), u**a * log(u)),
    "gradient of the p-norm": (Partial(norm, q[i]), (q[i] / norm) ** (a - 1)),
    "p-norm of a multiple": (Sum((u * q[k]) ** a, k) ** (1 / a), u * norm),
    "power where positive": (Partial(xs**c, xs), c * xs**c / xs, Positive(xs)),
    # Largest values
    "gradient of the maximum": (Partial(Largest(z[k], k), z[i]), Selected(z[k], k, i)),
    "gradient of the second largest": (Partial(Largest(z[k], k, 2), z[i]), Selected(z[k], k, i, 2)),
    "gradient of the smallest": (Partial(-Largest(-z[k], k), z[i]), Selected(-z[k], k, i)),
    "largest as a sum": (Largest(z[k], k), Sum(Selected(z[k], k, l) * z[l], l)),
    "one place is selected": (Sum(Selected(z[k], k, i), i), 1),
    "gradient of largest rows": (
        Partial(Sum(Largest(X[r, k], k) * tt[r], r), X[r2, j]),
        Selected(X[r2, k], k, j) * tt[r2],
    ),
    "maximum of maxima": (
        Partial(Largest(Largest(X[r, k], k), r), X[r2, j]),
        Selected(Largest(X[r, k], k), r, r2) * Selected(X[r2, k], k, j),
    ),
    "Euler's rule for a maximum": (Sum(z[l] * Partial(Largest(z[k], k), z[l]), l), Largest(z[k], k)),
    "largest of a scaled family": (Partial(Largest(xs * z[k], k), xs) * xs, Largest(xs * z[k], k)),
    "largest of shifted values": (Partial(Largest(z[k] + xs, k), xs), 1),
    "gradient of the maximum norm": (
        Partial(Largest(Abs(x[k]), k), x[i]),
        sign(x[i]) * Selected(Abs(x[k]), k, i),
        NonZero(x[i]),
    ),
    "largest probability": (
        Partial(Largest(p[k], k), z[j]),
        Sum(Selected(p[k], k, l) * p[l] * (Delta(l, j) - p[j]), l),
    ),
    "the maximum at a cut": (Partial(Largest(p[k] ** 2, k), p[i]), 2 * p[i] * Selected(p[k] ** 2, k, i)),
    "shift by the maximum": (
        log(Sum(exp(z[k] - Largest(z[l], l)), k)) + Largest(z[k], k),
        log(Sum(exp(z[k]), k)),
    ),
    "gradient of a shifted log-sum-exp": (
        Partial(log(Sum(exp(z[k] - Largest(z[l], l)), k)) + Largest(z[k], k), z[i]),
        exp(z[i]) / Sum(exp(z[k]), k),
    ),
    "second derivative of a maximum": (Partial(Partial(Largest(z[k], k), z[i]), z[j]), 0),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_true_is_proved(name: str) -> None:
    lhs, rhs, *given = TRUE[name]
    evidence = prove(lhs, rhs, *given)
    assert evidence.verdict is Verdict.PROVED, evidence.detail
    assert evidence.bound is not None and evidence.bound < 1e-20
    oracle = Oracle({n: 3, m: 2, h: 2, d: 1, t: 1}, given=tuple(given))  # of distinct, positive numbers
    assert oracle.largest(Integer(0) + lhs, Integer(0) + rhs) < NEGLIGIBLE


#: Nearly the same, and false, or true only with what was left out.
FALSE: dict[str, tuple[Any, ...]] = {
    "log1p of a product": (log1p(u * v), log1p(u) + log1p(v)),
    "expm1 is exp": (expm1(xs), exp(xs)),
    "erf is even": (erf(xs), erf(-xs)),
    "erf is additive": (erf(xs + c), erf(xs) + erf(c)),
    "erf is linear": (erf(2 * xs), 2 * erf(xs)),
    "slope of erf": (Partial(erf(xs), xs), bell / 2),
    "slope of erf at another point": (Partial(erf(xs), xs), bell.xreplace({xs: c})),
    "pi is a number": (pi, Integer(3)),
    "derivative of |x| at 0": (Partial(Abs(xs), xs), sign(xs)),
    "sign is a step": (sign(xs), step(xs), NonZero(xs)),
    "sign by one step": (sign(xs), 2 * step(xs) - 1),
    "1-norm at another entry": (Partial(Sum(Abs(x[k]), k), x[i]), sign(x[i]), NonZero(x[j])),
    "power of what may be negative": (Partial(xs**c, xs), c * xs ** (c - 1)),
    "exponent of a product": (u ** (a * c), u**a * u**c),
    "power of a sum": ((u + v) ** a, u**a + v**a),
    "derivative by the exponent": (Partial(u**a, a), a * u ** (a - 1)),
    "gradient of the p-norm": (Partial(norm, q[i]), (q[i] / norm) ** a),
    "another rank": (Partial(Largest(z[k], k), z[i]), Selected(z[k], k, i, 2)),
    "the ranks are alike": (Largest(z[k], k), Largest(z[k], k, 2)),
    "the smallest is the largest": (Largest(-z[k], k), -Largest(z[k], k)),
    "other data": (Selected(z[k], k, i), Selected(x[k], k, i)),
    "another place": (Selected(z[k], k, i), Selected(z[k], k, j)),
    "everybody's share": (Selected(z[k], k, i), 1 / n),
    "rows and columns": (Selected(A[i, k], k, j), Selected(A[k, i], k, j)),
    "largest of a sum": (Largest(z[k] + x[k], k), Largest(z[k], k) + Largest(x[k], k)),
    "largest of a product": (Largest(xs * z[k], k), xs * Largest(z[k], k)),
    "two places": (Selected(z[k], k, i) * Selected(z[k], k, j), Selected(z[k], k, i)),
    "chain rule forgotten": (Partial(Largest(z[k] ** 2, k), z[i]), Selected(z[k] ** 2, k, i)),
    "the rows forgotten": (Partial(Largest(X[r, k], k), X[r2, j]), Selected(X[r, k], k, j)),
    "the square's place is the number's": (Partial(Largest(z[k] ** 2, k), z[i]), 2 * z[i] * Selected(z[k], k, i)),
    "largest is a mean": (Largest(z[k], k), Sum(z[k], k) / n),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_is_not_proved(name: str) -> None:
    lhs, rhs, *given = FALSE[name]
    assert prove(lhs, rhs, *given).verdict is Verdict.UNDECIDED


def test_what_is_true_of_every_number_is_not_taken_for_proved() -> None:
    """Selected at two places is 0: true of the one-hot it is, but a proof takes it for any numbers that sum to 1."""
    product = Selected(z[k], k, i) * Selected(z[k], k, j)
    assert prove(product, 0, Different(i, j)).verdict is Verdict.UNDECIDED


def test_tensors_of_one_name_are_told_apart() -> None:
    other = Vector("z", n, Domain.POSITIVE)
    assert prove(Selected(z[k], k, i), Selected(other[k], k, i)).verdict is Verdict.UNDECIDED
    assert prove(Selected(other[k], k, i), Selected(other[l], l, i)).verdict is Verdict.PROVED


def test_the_scope_names_ties() -> None:
    assert prove(*TRUE["gradient of the maximum"]).scope == "every n; away from ties"
    assert prove(*TRUE["gradient of the 1-norm"]).scope == "every n; away from the kinks"
    assert prove(*TRUE["gradient of the p-norm"]).scope == "every n"


def test_a_power_says_why_it_is_not_decided() -> None:
    assert "not known to be positive" in prove(*FALSE["power of what may be negative"]).detail
