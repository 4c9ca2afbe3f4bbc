"""A largest value is taken as any number where that is enough: the proof is then said to be one for any shift."""

from __future__ import annotations

from sympy import Expr, Integer

from gradproof.derivations.calculus import Largest, NonZero, Partial, Positive, Sum, define, exp, log, relu, sqrt
from gradproof.verify.claim import Claim, Relation
from gradproof.verify.exact.opaque import left_open, used, without_extrema
from gradproof.verify.verdict import Verdict

from .proving import prove
from .statements import i, k, l, x, xs, z

c = define("c", Largest(z[k], k))
m = define("m", Largest(x[k] ** 2, k))
u = define("u", i, z[i] - c[()])
v = define("v", i, x[i] / m[()])
LSE = log(Sum(exp(z[k]), k))


def claim(lhs: Expr, rhs: Expr, *given: object, **more: object) -> Claim:
    return Claim("claim", lhs, Relation.EQUAL, Integer(0) + rhs, given, **more)  # type: ignore[arg-type]


def test_a_shift_by_the_largest_is_a_shift_by_any_number() -> None:
    evidence = prove(LSE, c[()] + log(Sum(exp(u[k]), k)))
    assert (evidence.verdict, evidence.scope) == (Verdict.PROVED, "every n")
    assert evidence.detail.endswith("c is any number")
    assert "any number" not in prove(LSE, xs + log(Sum(exp(z[k] - xs), k))).detail


def test_an_inner_slip_is_not_proved_for_any_shift() -> None:
    for wrong in (c[()] + log(Sum(exp(u[k] - c[()]), k)), -c[()] + log(Sum(exp(u[k]), k)), log(Sum(exp(u[k]), k))):
        assert prove(LSE, wrong).verdict is not Verdict.PROVED


def test_what_needs_the_definition_is_not_said_of_any_number() -> None:
    """No z_k lies above the largest; of an arbitrary c this is false."""
    evidence = prove(Sum(relu(z[k] - c[()]), k), Integer(0))
    assert "any number" not in evidence.detail
    assert prove(c[()], Largest(z[l], l)).detail.endswith("any number") is False


def test_conditions_on_the_largest_are_conditions_on_any_number() -> None:
    scaled = m[()] * sqrt(Sum(v[k] ** 2, k))
    evidence = prove(sqrt(Sum(x[k] ** 2, k)), scaled, Positive(m[()]))
    assert evidence.verdict is Verdict.PROVED and evidence.detail.endswith("m is any number")
    assert prove(sqrt(Sum(x[k] ** 2, k)), scaled).verdict is not Verdict.PROVED, "for a negative m it is false"


def test_a_derivative_that_reaches_the_variable_through_the_largest_is_not_cut_off() -> None:
    """With c as mere data the derivative of z_i − c would lack a term."""
    evidence = prove(Partial(Sum(u[k], k), z[i]), Integer(1))
    assert evidence.verdict is not Verdict.PROVED


def test_the_stronger_claim_keeps_every_other_definition() -> None:
    plain = claim(LSE, c[()] + log(Sum(exp(u[k]), k)), NonZero(m[()]))
    assert set(used(plain)) == {c, u, m}
    assert set(used(without_extrema(plain))) == {u}
    assert set(left_open(plain, without_extrema(plain))) == {c, m}
    narrow = claim(u[i], z[i] - c[()], uses=(u,))
    assert without_extrema(narrow) is narrow and left_open(narrow, narrow) == ()
