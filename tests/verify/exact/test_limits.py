"""Limits are computed exactly, as SymPy's Gruntz does; where the strongest terms cancel they are left undecided."""

import math
import re

import pytest
import sympy
from sympy import Abs, Rational, S

from gradproof.derivations.calculus import (
    Activation,
    Limit,
    Partial,
    Relation,
    Scalar,
    define,
    exp,
    log,
    relu,
    sigmoid,
    softplus,
    sqrt,
    step,
    tanh,
)
from gradproof.derivations.notation import latex, text
from gradproof.verify.claim import Claim
from gradproof.verify.exact.limits import LimitValue, value
from gradproof.verify.verdict import Budget, Verdict

x = Scalar("x")
z = define("z", Scalar("w"))
s = define("sigma", 1 / (1 + exp(-x)))
PLUS, MINUS = S.Infinity, S.NegativeInfinity


def _verdict(lhs, rhs):
    method = LimitValue()
    claim = Claim("limit", lhs, Relation.EQUAL, rhs)
    assert method.supports(claim) == ""
    return method.run(claim, Budget(), seed=0)


CASES = [
    (sigmoid(x), PLUS, 1, lambda v: 1 / (1 + math.exp(-v))),
    (sigmoid(x), MINUS, 0, lambda v: 1 / (1 + math.exp(-v))),
    (s[()] * (1 - s[()]), PLUS, 0, lambda v: math.exp(-v) / (1 + math.exp(-v)) ** 2),
    (tanh(x), PLUS, 1, math.tanh),
    (tanh(x), MINUS, -1, math.tanh),
    ((3 + 2 / exp(x)) / (5 - 1 / exp(x)), PLUS, Rational(3, 5), lambda v: (3 + 2 * math.exp(-v)) / (5 - math.exp(-v))),
]


@pytest.mark.parametrize(("function", "target", "expected", "plain"), CASES)
def test_limits_are_exact_and_functions_come_close_to_them(function, target, expected, plain):
    assert _verdict(Limit(function, x, target), S(expected)).verdict is Verdict.PROVED
    far = 30.0 if target is PLUS else -30.0
    # e^-30 < 1e-13 is what is left of the exponentials there, at most five times as much of their quotients
    assert abs(plain(far) - float(expected)) < 5 * math.exp(-30)


@pytest.mark.parametrize(("function", "target", "expected", "plain"), CASES)
def test_a_wrong_limit_is_refuted_with_both_values(function, target, expected, plain):
    evidence = _verdict(Limit(function, x, target), S(expected) + 1)
    assert evidence.verdict is Verdict.REFUTED
    assert evidence.counterexample is not None
    assert evidence.counterexample.lhs == str(S(expected))
    assert "∞" in str(evidence.counterexample)


def test_sums_and_products_of_limits_are_computed():
    half = Limit(sigmoid(x), x, PLUS) / 2
    assert _verdict(half + Limit(tanh(x), x, MINUS), Rational(-1, 2)).verdict is Verdict.PROVED
    assert _verdict(half + Limit(tanh(x), x, MINUS), Rational(1, 2)).verdict is Verdict.REFUTED
    assert _verdict(Limit(exp(x), x, PLUS) - Limit(exp(x), x, PLUS) * 2, S.Zero).verdict is Verdict.UNDECIDED


def test_an_improper_limit_is_infinite():
    assert value(Limit(exp(x), x, PLUS)) is S.Infinity
    assert value(Limit(-exp(-x), x, MINUS)) is S.NegativeInfinity


#: Functions, targets, sides and what SymPy's own limits (Gruntz) say of them: an oracle that shares nothing with us.
HARDER = [
    (x * exp(-x), PLUS, 0),
    (x**5 * exp(-x / 2), PLUS, 0),
    (exp(x) / x**10, PLUS, 0),
    (log(x) / x, PLUS, 0),
    (log(x) ** 3 / sqrt(x), PLUS, 0),
    (x * log(x), S.Zero, 1),
    (log(x), S.Zero, 1),
    (softplus(x) / x, PLUS, 0),
    (softplus(x) - x, PLUS, 0),
    (softplus(x), MINUS, 0),
    (softplus(x) * exp(-x), MINUS, 0),
    ((exp(x) - 1) / x, S.Zero, 0),
    ((exp(x) - 1) / x, S.Zero, -1),
    (log(1 + x) / x, S.Zero, 0),
    ((x**2 - 1) / (x - 1), S.One, 0),
    (1 / (1 + exp(1 / x)), S.Zero, 1),
    (1 / (1 + exp(1 / x)), S.Zero, -1),
    (sqrt(x**2 + 1) - x, PLUS, 0),
    (sqrt(x**2 + 1) / x, MINUS, 0),
    (log(2 + exp(-x)), PLUS, 0),
    (exp(1 + 1 / x), PLUS, 0),
    (exp(x**2 - x) / exp(x**2), PLUS, 0),
    (x * sigmoid(-x), PLUS, 0),
    (x * (log(x + 1) - log(x)), PLUS, 0),
    (exp(log(x) / 2 + 1 / x) / x, PLUS, 0),
    (1 / x, S.Zero, -1),
    (tanh(x) / x, S.Zero, 0),
    (x, Rational(3, 2), 0),
]
PLAIN = {exp: sympy.exp, log: sympy.log}
PLAIN |= {tanh: sympy.tanh, sigmoid: lambda u: 1 / (1 + sympy.exp(-u)), softplus: lambda u: sympy.log(1 + sympy.exp(u))}


def _plain(part, variable):
    """The same function as plain SymPy, which computes limits by Gruntz' algorithm."""
    if part == x:
        return variable
    make = PLAIN.get(type(part), part.func)
    return make(*[_plain(inner, variable) for inner in part.args]) if part.args else part


@pytest.mark.parametrize(("function", "target", "side"), HARDER, ids=str)
def test_limits_are_those_of_sympy(function, target, side):
    variable = sympy.Symbol("v", real=True)
    directions = {1: "+", -1: "-", 0: "+-" if target.is_finite else "+"}
    expected = sympy.limit(_plain(function, variable), variable, target, directions[side])
    found = value(Limit(function, x, target, side))
    assert _plain(found, variable) == expected
    wrong = Limit(function, x, target, side) if expected.is_finite else Limit(1 / function, x, target, side)
    right = found if expected.is_finite else S.Zero
    assert _verdict(wrong, right).verdict is Verdict.PROVED
    off = _verdict(wrong, right + Rational(1, 10**9))
    assert off.verdict is Verdict.REFUTED and off.counterexample is not None


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (log(log(x)), "log of log|logarithm of log"),
        (exp(exp(x)), "exponential of"),
        (exp(x * log(x)), "exponential of"),
        (log(-exp(x)), "not positive"),
        ((log(1 + 1 / x) - 1 / x) * x**2, "cancel"),
        (Activation("φ")(x), "grows"),
        (exp(x) * z[()], "grows"),
        (Partial(exp(x), x), "under a limit"),
    ],
    ids=str,
)
def test_what_is_not_known_to_be_a_limit_is_undecided(function, reason):
    evidence = _verdict(Limit(function, x, PLUS), S.Zero)
    assert evidence.verdict is Verdict.UNDECIDED
    assert re.search(reason, evidence.detail)


def test_sides_that_differ_have_no_limit_in_common():
    for function in (step(x), Abs(x) / x, 1 / x):
        evidence = _verdict(Limit(function, x, 0), S.Zero)
        assert evidence.verdict is Verdict.UNDECIDED and "from the right" in evidence.detail
    assert _verdict(Limit(Abs(x) / x, x, 0, -1), S.NegativeOne).verdict is Verdict.PROVED
    refuted = _verdict(Limit(relu(x) / x, x, 0, 1), S.Zero)
    assert str(refuted.counterexample) == "x = → 0 from the right: left 1, right 0"


def test_claims_without_a_limit_are_left_to_others():
    assert LimitValue().supports(Claim("plain", exp(x), Relation.EQUAL, exp(x)))
    assert LimitValue().supports(Claim("bound", Limit(exp(-x), x, PLUS), Relation.AT_MOST, S.One))


@pytest.mark.parametrize("target", [S.Zero, Rational(-1, 2), PLUS])
def test_a_limit_is_printed_with_its_side(target):
    for side in (1, -1) if target.is_finite else (0,):
        limit = Limit(exp(x), x, target, side)
        assert limit.func(*limit.args) == limit and limit.of(x).side == side
        mark = {1: "+", -1: "−", 0: "∞"}[side]
        assert mark in text(limit).partition("}")[0]
        assert mark.replace("−", "-").replace("∞", r"\infty") in latex(limit).partition(" e^")[0]


def test_what_is_no_target_is_refused():
    with pytest.raises(TypeError, match="oo, -oo or a rational number"):
        Limit(exp(x), x, sympy.pi)
    for target, side in ((PLUS, 1), (S.Zero, 2)):
        with pytest.raises(ValueError, match="side of a limit"):
            Limit(exp(x), x, target, side)
