"""Values of which only derivatives are known: first and second ones, through several tensors, in chains.

Every true statement is also looked at by the oracle, in which the value is a cubic function of what it depends on.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Integer

from gradproof.derivations.calculus import (
    Activation,
    Delta,
    Different,
    Downstream,
    Partial,
    Relation,
    Sum,
    Tensor,
    Vector,
    define,
    exp,
)
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Verdict

from .oracle import NEGLIGIBLE, Oracle
from .proving import W, above, act, bias, loss, net, phi, prove
from .statements import d, h, i, j, k, l, m, n, t, u, v, x, xs, y, z

psi = Activation("ψ")
s = xs.tensor
line = define("line", i, y[i] + xs * z[i])
first, second = define("first", phi(xs)), define("second", psi(xs) ** 2)
tripled = define("tripled", 3 * loss)
curve = Vector("curve", n)
along_line = Downstream(loss, (line,))
in_plane = Downstream(loss, (first, second))
on_curve = (Downstream(loss, (curve,)), Downstream(curve[k], (s,)))
beside = Downstream(loss, (act, x))


def twice(by: Any, again: Any) -> Any:
    return Partial(Partial(loss, by), again)


TRUE: dict[str, tuple[Any, ...]] = {
    "curvature along a line": (twice(xs, xs), Sum(z[k] * z[l] * twice(line[k], line[l]), k, l), along_line),
    "a second derivative is symmetric": (twice(line[i], line[j]), twice(line[j], line[i]), along_line),
    "the slope of a gradient": (
        Partial(Partial(loss, line[j]), xs),
        Sum(z[k] * twice(line[k], line[j]), k),
        along_line,
    ),
    "a gradient of a slope": (twice(xs, line[j]), Sum(z[k] * twice(line[k], line[j]), k), along_line),
    "Laplacian": (
        Sum(twice(z[k], z[k]), k),
        xs**2 * Sum(twice(line[k], line[k]), k),
        along_line,
    ),
    "curvature in the plane": (
        twice(xs, xs),
        twice(first[()], first[()]) * Partial(first[()], xs) ** 2
        + 2 * twice(second[()], first[()]) * Partial(first[()], xs) * Partial(second[()], xs)
        + twice(second[()], second[()]) * Partial(second[()], xs) ** 2
        + Partial(loss, first[()]) * phi(xs, 2)
        + Partial(loss, second[()]) * Partial(Partial(second[()], xs), xs),
        in_plane,
    ),
    "mixed second derivatives": (twice(first[()], second[()]), twice(second[()], first[()]), in_plane),
    "second derivative by a bias": (
        twice(bias[u], bias[v]),
        twice(act[u], act[v]) * phi(net[u], 1) * phi(net[v], 1) + Delta(u, v) * Partial(loss, act[u]) * phi(net[u], 2),
        above,
    ),
    "second derivative by inputs": (
        twice(x[i], x[j]),
        Sum(twice(act[u], act[v]) * phi(net[u], 1) * phi(net[v], 1) * W[i, u] * W[j, v], u, v)
        + Sum(Partial(loss, act[u]) * phi(net[u], 2) * W[i, u] * W[j, u], u),
        above,
    ),
    "also past the layer": (
        twice(bias[v], x[j]),
        Sum(twice(act[v], act[u]) * phi(net[v], 1) * phi(net[u], 1) * W[j, u], u)
        + Partial(loss, act[v]) * phi(net[v], 2) * W[j, v]
        + Partial(Partial(loss, act[v]), x[j]) * phi(net[v], 1)
        - Sum(twice(act[v], act[u]) * phi(net[v], 1) * phi(net[u], 1) * W[j, u], u),
        beside,
    ),
    "a product with a slope": (
        Partial(Partial(loss, xs) * xs * x[i], xs),
        x[i] * Partial(loss, xs) + xs * x[i] * twice(xs, xs),
        along_line,
    ),
    "half the square of a loss": (
        Partial(Partial(loss**2, xs), xs) / 2,
        loss * twice(xs, xs) + Partial(loss, xs) ** 2,
        along_line,
    ),
    "exponential of a loss": (Partial(exp(loss), bias[v]), exp(loss) * Partial(loss, bias[v]), above),
    "a function of a named multiple": (
        Partial(Partial(tripled[()] ** 2, tripled[()]), xs),
        6 * Partial(loss, xs),
        along_line,
    ),
    "along any curve": (Partial(loss, xs), Sum(Partial(loss, curve[k]) * Partial(curve[k], xs), k), *on_curve),
    "along any curve, said the other way round": (
        Partial(loss, xs),
        Sum(Partial(loss, curve[k]) * Partial(curve[k], xs), k),
        *reversed(on_curve),
    ),
    "curvature along any curve": (
        twice(xs, xs),
        Sum(twice(curve[k], curve[l]) * Partial(curve[k], xs) * Partial(curve[l], xs), k, l)
        + Sum(Partial(loss, curve[k]) * Partial(Partial(curve[k], xs), xs), k),
        *on_curve,
    ),
    "a place of a curve": (
        Partial(curve[k] ** 2 * xs, xs),
        curve[k] ** 2 + 2 * xs * curve[k] * Partial(curve[k], xs),
        *on_curve,
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_is_proved(name: str) -> None:
    lhs, rhs, *given = TRUE[name]
    evidence = prove(lhs, rhs, *given)
    assert evidence.verdict is Verdict.PROVED, evidence.detail
    oracle = Oracle({n: 3, m: 2, h: 2, d: 1, t: 1}, given=tuple(given), signed=True)
    assert oracle.largest(Integer(0) + lhs, Integer(0) + rhs) < NEGLIGIBLE


FALSE: dict[str, tuple[Any, ...]] = {
    "half of the curvature": (twice(xs, xs), Sum(z[k] * z[l] * twice(line[k], line[l]), k, l) / 2, along_line),
    "only the diagonal": (twice(xs, xs), Sum(z[k] ** 2 * twice(line[k], line[k]), k), along_line),
    "no mixed terms": (twice(line[i], line[j]), 0, along_line, Different(i, j)),
    "a line is straight, a curve is not": (
        twice(xs, xs),
        Sum(twice(curve[k], curve[l]) * Partial(curve[k], xs) * Partial(curve[l], xs), k, l),
        *on_curve,
    ),
    "no change along a curve": (Partial(loss, xs), 0, *on_curve),
    "a named multiple does not change": (Partial(Partial(tripled[()] ** 2, tripled[()]), xs), 0, along_line),
    "the first slope only": (
        twice(bias[v], bias[v]),
        twice(act[v], act[v]) * phi(net[v], 1) ** 2,
        above,
    ),
    "the gradient does not change": (Partial(Partial(loss, act[v]), bias[v]), 0, above),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_is_refuted(name: str) -> None:
    lhs, rhs, *given = FALSE[name]
    assert prove(lhs, rhs, *given).verdict is Verdict.UNDECIDED
    claim = Claim(name, lhs, Relation.EQUAL, Integer(0) + rhs, tuple(given))
    assert check(claim).verdict is Verdict.REFUTED


def test_a_counterexample_shows_the_whole_hessian() -> None:
    claim = Claim("straight", twice(line[i], line[j]), Relation.EQUAL, Integer(0), (along_line,))
    found = check(claim).counterexample
    assert found is not None
    hessian = found.values["∂²L/∂line²"]
    assert hessian[0][1] == hessian[1][0]
    assert Fraction(hessian[found.indices["i"] - 1][found.indices["j"] - 1]) == Fraction(found.lhs.replace("−", "-"))


def test_third_derivatives_are_refused() -> None:
    evidence = prove(Partial(twice(xs, xs), xs), 0, along_line)
    assert evidence.verdict is Verdict.UNDECIDED
    assert evidence.detail == "a third derivative of L, of which only the first two are described"
    claim = Claim("third", Partial(twice(xs, xs), xs), Relation.EQUAL, Integer(0), (along_line,))
    assert check(claim).verdict is Verdict.UNDECIDED


def test_two_tensors_of_one_name_are_refused() -> None:
    """Their gradients would have one name: what holds of equal gradients would be said of any."""
    other = define("line", i, z[i] * xs**2)
    wrong = Sum(Partial(loss, line[k]) * (z[k] + 2 * xs * z[k]), k)
    evidence = prove(Partial(loss, xs), wrong, Downstream(loss, (line, other)))
    assert evidence.verdict is Verdict.UNDECIDED
    assert "one name" in evidence.detail


def test_what_is_said_twice_is_said_once() -> None:
    slope = Sum(Partial(loss, line[k]) * z[k], k)
    assert prove(Partial(loss, xs), slope, along_line, along_line).verdict is Verdict.PROVED
    both_ways = prove(Partial(loss, xs), slope, along_line, in_plane)
    assert both_ways.verdict is Verdict.UNDECIDED and "one name" in both_ways.detail


def test_a_circle_is_refused() -> None:
    evidence = prove(Partial(loss, xs), 0, Downstream(loss, (curve,)), Downstream(curve[k], (Tensor("L"), s)))
    assert evidence.detail == "L depends on itself"
