"""Identities by region, and the passes that lead to forms to compute with: what each makes of a line, in 60 digits."""

from __future__ import annotations

import itertools
from random import Random

import mpmath
import pytest
from sympy import Abs, Expr, Integer

from gradproof.derivations.calculus import (
    Dim,
    Domain,
    Largest,
    Negative,
    NonZero,
    Partial,
    Pass,
    Positive,
    Scalar,
    Sum,
    Text,
    Vector,
    define,
    exp,
    expm1,
    identity,
    log,
    log1p,
    relu,
    rules,
    sigmoid,
    sqrt,
    step,
)
from gradproof.derivations.calculus.passes import extend_by, log_rules
from gradproof.derivations.calculus.regions import by_region, settled
from gradproof.derivations.calculus.stable import (
    exp_powers,
    mirror,
    shift_exp,
    take_out_of_log,
    where_positive,
    write_expm1,
    write_log1p,
    write_with,
)

from ..catalogue.numbers import DIGITS, Data, value

n = Dim("n")
i, k = n.indices("i k")
x, y, s = Scalar("x"), Scalar("y"), Scalar("s", Domain.POSITIVE)
z = Vector("z", n)
c = define("c", Largest(z[k], k))
d = define("d", k, z[k] - c[()])
TITLE = Text("A title", "标题")
SIZES = {n: 3}

LINES: list[tuple[str, Pass, Expr, Expr]] = [
    ("take out of a log", take_out_of_log(exp(x)), y + log(1 + exp(x)), y + log(exp(x) * (1 + exp(-x)))),
    ("take a number out", take_out_of_log(s), log(s + s * exp(x)), log(s * (1 + exp(x)))),
    ("shift", shift_exp(c[()]), Sum(exp(z[k]), k), exp(c[()]) * Sum(exp(z[k] - c[()]), k)),
    ("shift both", shift_exp(x), exp(z[i]) / Sum(exp(z[k]), k), exp(z[i] - x) / Sum(exp(z[k] - x), k)),
    ("write with", write_with(d, z, c[()] + d[k]), Sum(z[k] ** 2, k), Sum((c[()] + d[k]) ** 2, k)),
    ("where positive", where_positive(Positive(s)), y * Abs(x) + s, y * Abs(x) + s),
    ("log1p", write_log1p, y * log(1 + exp(x)), y * log1p(exp(x))),
    ("log1p of three", write_log1p, log(1 + s + exp(x)), log1p(s + exp(x))),
    ("expm1", write_expm1, y / (exp(2 * x) - 1), y / expm1(2 * x)),
    ("minus expm1", write_expm1, 1 - exp(x), -expm1(x)),
    ("powers", exp_powers, 1 + exp(x) ** 2, 1 + exp(2 * x)),
    ("mirror", mirror, sigmoid(x) * (1 - sigmoid(x)), sigmoid(x) * sigmoid(-x)),
]


@pytest.mark.parametrize(("way", "before", "after"), [line[1:] for line in LINES], ids=[line[0] for line in LINES])
def test_each_pass_keeps_the_value_of_a_line(way: Pass, before: Expr, after: Expr) -> None:
    assert way.apply(before) == after
    random = Random(3)
    data: Data = {}
    for tensor in (z, x.tensor, y.tensor, s.tensor):
        for place in itertools.product(*[range(SIZES[dim]) for dim in tensor.dims]):
            data[tensor, place] = mpmath.mpf(random.randint(1, 9)) / random.randint(2, 7)
    with mpmath.workdps(DIGITS):
        for at in range(SIZES[n]):
            first, second = (value(line, {i: at}, data, SIZES) for line in (before, after))
            assert abs(first - second) < mpmath.mpf(10) ** (5 - DIGITS)


def test_what_a_pass_does_not_know_stays_as_it_is() -> None:
    for way, line in (
        (write_log1p, log(2 + exp(x)) + log(x)),
        (write_expm1, exp(x) - 2 + (exp(x) - exp(y))),
        (write_expm1, exp(x) + 1),
        (exp_powers, sqrt(exp(x)) + x**2),
        (mirror, 1 + sigmoid(x) + (2 - sigmoid(y))),
        (shift_exp(x), exp(x + z[i])),
        (take_out_of_log(exp(x)), log(exp(x))),
        (where_positive(Positive(s - x)), Abs(x)),
    ):
        assert way.apply(line) == line


def test_the_absolute_value_of_what_is_given_as_positive() -> None:
    assert where_positive(Positive(x)).apply(y * Abs(x)) == y * x


@pytest.mark.parametrize(
    ("line", "right", "left"),
    [
        (relu(x), x, Integer(0)),
        (relu(-2 * x), Integer(0), -2 * x),
        (Abs(x) / 3, x / 3, -x / 3),
        (step(x) - step(-x), Integer(1), Integer(-1)),
        (exp(-relu(-x)), Integer(1), exp(x)),
        (expm1(-2 * relu(x)), expm1(-2 * x), Integer(0)),
        (relu(y) + Abs(x + y), relu(y) + Abs(x + y), relu(y) + Abs(x + y)),
    ],
)
def test_kinks_are_settled_by_the_side(line: Expr, right: Expr, left: Expr) -> None:
    assert settled(line, Positive(x)) == right
    assert settled(line, Negative(x)) == left


SOFTPLUS = log(1 + exp(x)), relu(x) + log1p(exp(-Abs(x)))
RIGHT = (Positive(x), [take_out_of_log(exp(x)), log_rules, write_log1p])
LEFT = (Negative(x), [write_log1p])


def test_an_identity_by_region_is_a_line_with_a_case_for_each_side() -> None:
    cases = {"right": RIGHT, "left": LEFT}
    found = by_region(*SOFTPLUS, cases, name="d", title=TITLE, given=(NonZero(y),), stable=True)
    assert (found.statement, found.result, found.stable, found.indices) == (*SOFTPLUS, True, ())
    assert [(line.id, line.rules) for line in found.steps] == [("A1", (rules.BY_REGION,))]
    right, left = found.branches
    assert (right.name, left.name) == ("d.right", "d.left")
    assert (right.given, left.given) == ((NonZero(y), Positive(x)), (NonZero(y), Negative(x)))
    assert [line.id for line in right.steps] == ["B1", "B2", "B3", "B4"]
    assert [line.id for line in left.steps] == ["C1", "C2"]
    for branch in found.branches:
        assert (branch.statement, branch.result, branch.stable) == (*SOFTPLUS, False)
        assert branch.steps[-1].rules == (rules.SETTLE,)
    assert right.title == Text("A title: the case x > 0", "标题：x > 0 的情形")
    assert left.title.en == "A title: the case x < 0"


def test_a_case_that_leads_elsewhere_is_refused() -> None:
    with pytest.raises(ValueError, match=r"d\.left: the passes lead to log\(exp\(x\) \+ 1\), the result is"):
        by_region(*SOFTPLUS, {"left": (Negative(x), [])}, name="d", title=TITLE)
    with pytest.raises(ValueError, match=r"d\.right: the passes lead to log1p"):
        by_region(*SOFTPLUS, {"right": (Positive(x), LEFT[1])}, name="d", title=TITLE)
    with pytest.raises(ValueError, match=r"d\.left: pass 1 \(extend\) leaves"):
        by_region(Abs(x), -x, {"left": (Negative(x), [extend_by(Integer(1))])}, name="d", title=TITLE)


def test_defined_parts_of_the_result_are_written_out_in_the_cases() -> None:
    part = define("m", relu(x) - x * y)
    found = by_region(x - x * y, part[()], {"right": (Positive(x), [])}, name="d", title=TITLE, fold=(part,))
    (branch,) = found.branches
    assert [line.uses for line in branch.steps] == [(part,)]
    with pytest.raises(ValueError, match=r"d\.right: the passes lead to"):
        by_region(x - x * y, part[()], {"right": (Positive(x), [])}, name="d", title=TITLE)


def test_an_identity_can_lead_to_a_stable_form() -> None:
    plain = identity(exp(x) - 1, [write_expm1], name="e", title=TITLE)
    assert not plain.stable
    assert identity(exp(x) - 1, [write_expm1], name="e", title=TITLE, stable=True).stable


def test_derivatives_are_not_rewritten_inside() -> None:
    inert = Partial(log(1 + exp(x)), x)
    assert write_log1p.apply(inert) == inert
