"""Inequalities in one variable: true ones are proved, false and nearly true ones never, and these get a point."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import pytest
from sympy import Abs, Expr, Rational, S

from gradproof.derivations.calculus import (
    Dim,
    Domain,
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
    erf,
    exp,
    expm1,
    log,
    log1p,
    relu,
    sigmoid,
    softplus,
    sqrt,
    step,
    tanh,
    xlogx,
)
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.onevariable import function, proof
from gradproof.verify.onevariable.domain import Range, readable, simplest
from gradproof.verify.onevariable.method import OneVariable, inside
from gradproof.verify.verdict import Budget, Evidence, Verdict

from ...derivations.catalogue.numbers import value as in_60_digits

x, w = Scalar("x"), Scalar("w")
t = Scalar("t", Domain.POSITIVE)
u = Scalar("u", Domain.UNIT)
o = define("o", 1 / (1 + exp(-x)))
AT_MOST, LESS, AT_LEAST, MORE = Relation.AT_MOST, Relation.LESS, Relation.AT_LEAST, Relation.MORE
TINY = Rational(1, 10**9)


def claim(left: Any, relation: Relation, right: Any, *given: Any) -> Claim:
    return Claim("claim", S.Zero + left, relation, S.Zero + right, given)


def run(*sides: Any) -> Evidence:
    return OneVariable().run(claim(*sides), Budget(), 0)


#: Each with what is said of where the sides are equal (≤, ≥ only).
TRUE: list[tuple[Any, ...]] = [
    ("at x = 0", exp(x), AT_LEAST, 1 + x),
    ("", exp(x), MORE, 1 + x, NonZero(x)),
    ("at t = 1", log(t), AT_MOST, t - 1),
    ("", log(t), LESS, t - 1, NonZero(t - 1)),
    ("", log(t), MORE, 1 - 1 / t, NonZero(2 * t - 2)),
    ("at x = 0", sigmoid(x) * (1 - sigmoid(x)), AT_MOST, Rational(1, 4)),
    ("at x = 0", Partial(o[()], x), AT_MOST, Rational(1, 4)),
    ("at x = 0", Partial(tanh(x), x), AT_MOST, 1),
    ("", tanh(x), LESS, 1),
    ("", tanh(x), MORE, -1),
    ("", tanh(x), LESS, x, Positive(x)),
    ("", tanh(x), MORE, x, Negative(x)),
    ("in (0, ∞)", relu(x), AT_MOST, Abs(x)),
    ("", relu(x), LESS, softplus(x)),
    ("at x = 0", softplus(x) - relu(x), AT_MOST, log(S(2))),
    ("", softplus(x), MORE, x),
    ("at u = 1/2", -u * log(u) - (1 - u) * log(1 - u), AT_MOST, log(S(2))),
    ("", -xlogx(u) - xlogx(1 - u), MORE, 0),
    ("never", exp(x), AT_LEAST, x**2, Positive(x)),
    ("at t = 1", sqrt(t), AT_MOST, (1 + t) / 2),
    ("at u = 1/2", 4 * u * (1 - u), AT_MOST, 1),
    ("at x = -1 and at x = 1", x**4 + 1, AT_LEAST, 2 * x**2),
    ("at x = 0", 1 - x**2 / 2, AT_MOST, exp(-(x**2) / 2)),
    ("", exp(x), LESS, exp(x) + TINY**5),
    ("in (−∞, 1)", Abs(x - 1), AT_LEAST, 1 - x),
    ("never", log(1 + exp(x)), AT_LEAST, 0),
    ("at x = 0", (exp(x) + exp(-x)) / 2, AT_MOST, exp(x**2 / 2)),
    ("never", sigmoid(x), AT_MOST, exp(x)),
    ("at t = 1", t + 1 / t, AT_LEAST, 2),
    ("", x * exp(-x), LESS, Rational(37, 100), Positive(x)),
    ("at x = 1/3", (3 * x - 1) ** 2, AT_LEAST, 0),
    ("in (0, ∞)", step(x), AT_MOST, 1),
    ("at x = 0", expm1(x), AT_LEAST, x),
    ("", log1p(t), LESS, t),
    ("never", sqrt(x**2 + 1), AT_LEAST, x),
    ("never", softplus(x) / 2 + softplus(-x) / 2, AT_LEAST, Rational(1, 3)),
]


@pytest.mark.parametrize("case", TRUE, ids=str)
def test_true_is_proved(case: tuple[Any, ...]) -> None:
    equal, *sides = case
    found = run(*sides)
    assert found.verdict is Verdict.PROVED, found.detail
    assert found.scope == "every value of the variables" and "intervals" in found.detail
    assert found.bound is not None and found.bound < 1e-40
    assert equal in found.detail and ("equal" in found.detail) == (not sides[1].strict)
    assert check(claim(*sides)).verdict is Verdict.PROVED
    assert worst(*sides) >= 0


#: False somewhere: by a little, on one side, far out, or at one point. False: no counterexample is asked for.
WRONG: list[tuple[Any, ...]] = [
    (exp(x), MORE, 1 + x),
    (exp(x), AT_LEAST, 1 + x + TINY),
    (exp(x), AT_LEAST, 1 + x * (1 + TINY)),
    (exp(x), AT_LEAST, 1 + x + x**2 / 2),
    (exp(x), AT_MOST, 1 + x),
    (exp(x), MORE, 1 + x * (1 + TINY), NonZero(x)),
    (exp(x), AT_LEAST, x**2),
    (exp(x), AT_LEAST, x**5, Positive(x)),
    (exp(x), AT_LEAST, x**10 / 10**5, Positive(x)),
    (log(t), AT_MOST, t - 1 - TINY),
    (log(t), AT_MOST, (t - 1) * (1 + TINY)),
    (log(t), LESS, t - 1),
    (log(t), AT_LEAST, t - 1),
    (log(t), LESS, t - 1, NonZero(t - 2)),
    (sigmoid(x) * (1 - sigmoid(x)), AT_MOST, Rational(1, 4) - TINY),
    (sigmoid(x) * (1 - sigmoid(x)), LESS, Rational(1, 4)),
    (Partial(o[()], x), AT_MOST, Rational(1, 5)),
    (Partial(tanh(x), x), AT_MOST, 1 - TINY),
    (tanh(x), LESS, 1 - TINY),
    (tanh(x), AT_MOST, x),
    (tanh(x), MORE, x, Positive(x)),
    (tanh(x), AT_MOST, x - x**3 / 3, Positive(x)),
    (relu(x), LESS, Abs(x)),
    (relu(x), AT_LEAST, Abs(x)),
    (softplus(x) - relu(x), AT_MOST, log(S(2)) - TINY),
    (softplus(x) - relu(x), LESS, log(S(2))),
    (softplus(x), AT_MOST, relu(x) + exp(S(-40))),
    (-u * log(u) - (1 - u) * log(1 - u), LESS, log(S(2))),
    (-u * log(u) - (1 - u) * log(1 - u), MORE, TINY),
    (sqrt(t), AT_MOST, (1 + t) / 2 - TINY),
    (4 * u * (1 - u), LESS, 1),
    (x**4 + 1, MORE, 2 * x**2, NonZero(x - 1)),
    (x**2, AT_MOST, 1600),
    (x, AT_LEAST, -40),
    (x**3, AT_LEAST, 0),
    ((x - 1) ** 3, AT_LEAST, 0, Positive(x - Rational(1, 2))),
    (Abs(x), MORE, 0),
    (step(x), AT_MOST, 1 - TINY),
    (step(x), LESS, 1),
    (x, LESS, x),
    (t - 1, MORE, t - 1, NonZero(t - Rational(1, 2))),
    (relu(x), LESS, x + 1, Negative(x)),
    (t + 1 / t, MORE, 2),
    ((3 * x - 1) ** 2, MORE, 0),
    (x * exp(-x), AT_MOST, Rational(36, 100)),
    (exp(-(x**2)), AT_LEAST, 1 - x**2 + TINY),
    (log(1 + exp(-x)), AT_MOST, exp(-x) - exp(-2 * x) / 2),
]


@pytest.mark.parametrize("case", WRONG, ids=str)
def test_false_is_refuted_at_a_point(case: tuple[Any, ...]) -> None:
    found = run(*case)
    assert found.verdict is Verdict.REFUTED, found.detail
    point = found.counterexample
    assert point is not None and len(point.values) == 1
    (at,) = point.values.values()
    assert margin(Fraction(at), *case) < (0 if not case[1].strict else mpmath.mpf(10) ** -50)
    assert check(claim(*case)).verdict is Verdict.REFUTED


def margin(at: Fraction, left: Any, relation: Relation, right: Any, *given: Any) -> Any:
    """The larger side minus the smaller one in 60 digits, by the independent numbers of the catalogue's tests."""
    with mpmath.workdps(60):
        tensors = {entry for side in (left, right) if isinstance(side, Expr) for entry in (x, t, u) if side.has(entry)}
        number = mpmath.mpf(at.numerator) / at.denominator
        data = {(entry.tensor, ()): number for entry in tensors or {x}}
        plain = (S.Zero + part for part in (left, right))
        sides = [in_60_digits(_without_abs(part), {}, data, {}) for part in plain]
        larger, smaller = relation.larger(*sides)
        return larger - smaller


def _without_abs(part: Expr) -> Expr:
    """|a| as relu(a) + relu(−a), expm1 and log1p by exp and log: the numbers of the tests do not know them."""
    part = part.replace(lambda p: isinstance(p, Abs), lambda p: relu(p.args[0]) + relu(-p.args[0]))
    part = part.replace(lambda p: isinstance(p, expm1), lambda p: exp(p.argument) - 1)
    return part.replace(lambda p: isinstance(p, log1p), lambda p: log(1 + p.argument))


def worst(left: Any, relation: Relation, right: Any, *given: Any) -> Any:
    """The least margin at points of the range, in 60 digits: an oracle that knows nothing of covers."""
    where, _ = function.pieces(claim(left, relation, right, *given))
    points = [Fraction(sign * 2**power) + shift for power in range(-3, 6) for sign in (1, -1) for shift in (0, 1)]
    points += [Fraction(place, 16) for place in range(1, 16)]
    inside_range = [at for at in points if at in where]
    assert len(inside_range) > 10
    return min(margin(at, left, relation, right) for at in inside_range) + mpmath.mpf(10) ** -50


k = Dim("n").index("k")
SQUARES = Sum(Vector("z", k.dim)[k] ** 2, k)
UNDECIDED: list[tuple[str, Any, Relation, Any, tuple[Any, ...]]] = [
    ("too close", xlogx(t), AT_LEAST, -exp(S(-1)), ()),  # equal at 1/e, which is no fraction
    ("more than one variable|2 variables", exp(x), AT_LEAST, w, ()),
    ("0 variables", S.One, AT_MOST, S(2), ()),
    ("not a multiple", Abs(exp(x) - 2), AT_LEAST, S.Zero, ()),
    ("not a multiple", x, AT_LEAST, S.Zero, (Positive(exp(x)),)),
    ("no interval", Scalar("b", Domain.BINARY), AT_MOST, S.One, ()),
    ("no number", x, LESS, S.One, (Positive(x), Negative(x))),
    ("grows", erf(x), LESS, S.One, ()),
    ("more than one variable", SQUARES, AT_LEAST, x, ()),
    ("only inequalities", x, Relation.EQUAL, x, ()),
    ("no value at a point", Limit(exp(-x), x, S.Infinity), AT_MOST, S.One, ()),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "left", "relation", "right", "given"), UNDECIDED, ids=str)
def test_what_is_no_case_for_a_cover_is_left_undecided(
    reason: str, left: Expr, relation: Relation, right: Expr, given: tuple[Any, ...]
) -> None:
    tried = claim(left, relation, right, *given)
    found = OneVariable().run(tried, Budget(), 0) if not OneVariable().supports(tried) else None
    text = found.detail if found is not None else OneVariable().supports(tried)
    assert found is None or found.verdict is Verdict.UNDECIDED
    assert any(word in text for word in reason.split("|")), text


def test_a_definition_that_may_not_be_used_is_no_number() -> None:
    hidden = Claim("hidden", o[()], AT_MOST, S.One, uses=())
    assert "arbitrary data" in OneVariable().supports(hidden)


def test_a_fault_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*anything: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(proof, "best_balls", broken)
    proof.cover_of.cache_clear()
    assert run(exp(x), AT_LEAST, 1 + x).verdict is Verdict.ERROR


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("-1/2", "3", "0"),
        ("1/3", "1/2", "1/2"),
        ("333/1000", "334/1000", "1/3"),
        ("2", "5/2", "2"),
        ("-7/2", "-5/2", "-3"),
        ("5/7", "5/7", "5/7"),
        ("314/100", "315/100", "22/7"),
    ],
)
def test_the_simplest_number_of_an_interval(low: str, high: str, expected: str) -> None:
    assert simplest(Fraction(low), Fraction(high)) == Fraction(expected)


def test_ranges() -> None:
    half_line = Range(low=Fraction(0), without=frozenset({Fraction(1)}))
    assert Fraction(1, 2) in half_line and Fraction(0) not in half_line and Fraction(1) not in half_line
    assert str(half_line) == "(0, ∞) without 1"
    holed = Range(Fraction(0), None, frozenset({Fraction(1, 2)}))
    assert inside(holed) == Fraction(1, 3) and readable(holed, Fraction(1, 2), Fraction(1, 2)) is None
    assert inside(half_line) in half_line and inside(Range(high=Fraction(-3))) < -3
    assert function.pieces(claim(relu(x - 1), AT_LEAST, 0))[1][0].high == 1
