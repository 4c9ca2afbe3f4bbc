"""The passes of identities: what each makes of a line, and that the line keeps its value in 60 digits."""

from __future__ import annotations

import itertools
from random import Random

import mpmath
import pytest
from sympy import Expr, Rational, S

from gradproof.derivations.calculus import (
    Dim,
    Domain,
    Entry,
    Index,
    Limit,
    Partial,
    Pass,
    Relation,
    Scalar,
    Sum,
    Tensor,
    Text,
    Vector,
    define,
    definitions_in,
    delta,
    estimates,
    exp,
    folding,
    identities,
    identity,
    log,
    passes,
    rules,
    sigmoid,
    softplus,
    sqrt,
    tanh,
    xlogx,
)

from ..catalogue.numbers import DIGITS, Data, value

n = Dim("n")
i, j, k = n.indices("i j k")
z = Vector("z", n)
u, v = Vector("u", n, Domain.POSITIVE), Vector("v", n, Domain.POSITIVE)
y = Vector("y", n, Domain.ONE_HOT)
q = Vector("q", n, Domain.SIMPLEX)
x, s = Scalar("x"), Scalar("s", Domain.POSITIVE)
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k), domain=Domain.SIMPLEX)
o = define("o", 1 / (1 + exp(-x)), domain=Domain.UNIT)
r = define("r", sqrt(Sum(z[k] ** 2, k)))
mean = define("mu", Sum(z[k], k) / n)
TITLE = Text("A title", "标题")
SIZES = {n: 3}

LINES: list[tuple[str, Pass, Expr, Expr]] = [
    ("insert", passes.insert(p), log(p[j]), log(exp(z[j]) / Sum(exp(z[k]), k))),
    ("insert under a derivative", passes.insert(o), Partial(log(o[()]), x), Partial(log(1 / (1 + exp(-x))), x)),
    ("fold", passes.fold(p), exp(z[j]) / Sum(exp(z[k]), k) - z[j], p[j] - z[j]),
    ("exp and log of sigmoid", passes.exp_and_log, sigmoid(x), 1 / (1 + exp(-x))),
    ("exp and log of softplus", passes.exp_and_log, softplus(2 * x), log(1 + exp(2 * x))),
    ("exp rules", passes.exp_rules, exp(x + z[i]), exp(x) * exp(z[i])),
    ("exp of a log", passes.exp_rules, exp(log(u[i])), u[i]),
    ("log of a product", passes.log_rules, log(u[i] * v[j]), log(u[i]) + log(v[j])),
    ("log of a quotient", passes.log_rules, log(u[i] / s), log(u[i]) - log(s)),
    ("log of exp", passes.log_rules, log(exp(z[i]) / Sum(exp(z[k]), k)), z[i] - log(Sum(exp(z[k]), k))),
    ("log of 1", passes.log_one, Sum(u[k] * log(S.One), k) + x, x),
    ("one fraction", passes.one_fraction, 1 + 1 / s, (s + 1) / s),
    ("extend", passes.extend_by(exp(x)), (1 - exp(-x)) / (1 + exp(-x)), (exp(x) - 1) / (exp(x) + 1)),
    ("one-hot", passes.one_hot, Sum(xlogx(y[k]), k) + x, x),
    ("multiply out", passes.multiply_out, s * (x + z[i]), s * x + s * z[i]),
    ("facts", passes.facts, x * Sum(q[k], k), x),
    ("linear", passes.linear, Sum(u[k] + 2 * v[k], k), Sum(u[k], k) + 2 * Sum(v[k], k)),
    ("common factor", passes.common_factor, u[i] * x - u[i] * s, u[i] * (x - s)),
    ("differentiate", passes.differentiate_it, Partial(Sum(z[k] ** 2, k), z[j]), 2 * z[j]),
    ("join powers", identities.join_powers, x * s * s**x + z[i], x * s ** (x + 1) + z[i]),
    (
        "join powers in a sum",
        identities.join_powers,
        x * s**2 * Sum(s ** z[k] * u[k], k),
        x * Sum(s ** (z[k] + 2) * u[k], k),
    ),
    ("complete the square", passes.complete_square(x), x - x**2, Rational(1, 4) - (x - Rational(1, 2)) ** 2),
]  # fmt: skip


def world(seed: int) -> Data:
    random = Random(seed)
    data: Data = {}
    for tensor in (z, u, v, y, q, x.tensor, s.tensor):
        places = list(itertools.product(*[range(SIZES[dim]) for dim in tensor.dims]))
        numbers = [mpmath.mpf(random.randint(1, 9)) / random.randint(2, 7) for _ in places]
        if tensor.domain is Domain.SIMPLEX:
            numbers = [number / mpmath.fsum(numbers) for number in numbers]
        if tensor.domain is Domain.ONE_HOT:
            numbers = [mpmath.mpf(place == (1,)) for place in places]
        data |= {(tensor, place): number for place, number in zip(places, numbers, strict=True)}
    return data


def assert_equal(first: Expr, second: Expr) -> None:
    indices = sorted(_free(first) | _free(second), key=lambda index: str(index.name))
    with mpmath.workdps(DIGITS):
        for seed in (1, 2):
            for place in itertools.product(range(3), repeat=len(indices)):
                at = dict(zip(indices, place, strict=True))
                one, other = (value(side, at, world(seed), SIZES) for side in (first, second))
                assert abs(one - other) <= mpmath.mpf(10) ** -30 * max(abs(one), abs(other), 1)


def _free(expression: Expr) -> set[Index]:
    return {part for part in expression.free_symbols if isinstance(part, Index) and not str(part.name).startswith("_")}


@pytest.mark.parametrize(("item", "before", "after"), [line[1:] for line in LINES], ids=[line[0] for line in LINES])
def test_a_pass_makes_of_a_line(item: Pass, before: Expr, after: Expr) -> None:
    assert item.apply(before) == after
    assert_equal(before, after)
    assert item.relation is Relation.EQUAL


def test_what_may_be_negative_is_not_taken_apart_under_a_log() -> None:
    assert passes.log_rules.apply(log(x * s)) == log(x * s)
    assert passes.log_rules.apply(log(z[i] / z[j])) == log(z[i] / z[j])


def test_a_fact_holds_of_the_whole_last_axis_only() -> None:
    assert passes.facts.apply(Sum(q[k] ** 2, k)) == Sum(q[k] ** 2, k)
    assert passes.facts.apply(Sum(u[k], k)) == Sum(u[k], k)
    rows = Tensor("Q", n, n, domain=Domain.SIMPLEX)
    assert passes.facts.apply(Sum(rows[i, k], k)) == 1
    assert passes.facts.apply(Sum(rows[k, i], k)) == Sum(rows[k, i], k)


def test_dropping_squares_is_an_estimate() -> None:
    assert estimates.drop_squares.relation is Relation.AT_MOST
    assert estimates.drop_squares.apply(1 - (x - 1) ** 2) == 1
    assert estimates.drop_squares.apply(1 + (x - 1) ** 2) == 1 + (x - 1) ** 2
    assert estimates.drop_squares.apply(1 - x**3) == 1 - x**3


@pytest.mark.parametrize(("target", "limit"), [(S.Infinity, 1), (S.NegativeInfinity, 0)])
def test_limits_follow_from_vanishing_exponentials(target: Expr, limit: int) -> None:
    line = Limit(1 / (1 + exp(-x)) if target is S.Infinity else exp(x) / (1 + exp(x)), x, target)
    assert passes.take_limit.apply(line) == limit
    with pytest.raises(ValueError, match="does not follow from"):
        passes.take_limit.apply(Limit(exp(x) / (1 + exp(-x)), x, S.Infinity))
    with pytest.raises(ValueError, match="does not follow from"):
        passes.take_limit.apply(Limit(1 / exp(-x), x, S.Infinity))


def test_a_pass_under_a_limit() -> None:
    line = Limit(sigmoid(x), x, S.Infinity)
    assert passes.in_limit(passes.exp_and_log).apply(line) == Limit(1 / (1 + exp(-x)), x, S.Infinity)


def test_the_chain_rule_is_for_functions_of_which_nothing_is_known() -> None:
    f = Scalar("f")
    through_z = identities.chain_rule(z)
    assert through_z.apply(2 * Partial(f, x)) == 2 * Sum(Partial(f, z[k]) * Partial(z[k], x), k)
    for line in (Partial(f, z[j]), Partial(o[()], x), Partial(x**2, x)):  # at the cut itself, and where f is known
        assert through_z.apply(line) == line


def test_an_identity_is_the_chain_of_its_passes() -> None:
    found = identity(log(p[i]), [passes.insert(p), passes.log_rules], name="log_softmax", title=TITLE)
    assert [step.id for step in found.steps] == ["A1", "A2"]
    assert found.result == z[i] - log(Sum(exp(z[k]), k))
    assert found.steps[0].uses == (p,) == found.steps[0].uses
    assert found.steps[1].uses == ()
    assert found.indices == (i,)
    assert definitions_in(found.statement) == (p,)
    estimate = identity(x - x**2, [passes.complete_square(x), estimates.drop_squares], name="bound", title=TITLE)
    assert [step.relation for step in estimate.steps] == [Relation.EQUAL, Relation.AT_MOST]


def test_a_pass_that_does_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match=r"silly: pass 2 \(facts?\) leaves .* as it is; remove it"):
        identity(log(p[i]), [passes.insert(p), passes.facts], name="silly", title=TITLE)


FOLDED: list[tuple[str, Expr, tuple[Tensor, ...], Expr]] = [
    ("softmax", exp(z[j]) / Sum(exp(z[k]), k), (p,), p[j]),
    ("its products", exp(z[i]) * exp(z[j]) / Sum(exp(z[k]), k) ** 2, (p,), p[i] * p[j]),
    ("its delta", delta(i, j) * exp(z[i]) / Sum(exp(z[k]), k), (p,), delta(i, j) * p[i]),
    ("under a sum", Sum(v[k] * exp(z[k]) / Sum(exp(z[j]), j), k), (p,), Sum(v[k] * p[k], k)),
    ("sigmoid", 1 / (1 + exp(-x)), (o,), o[()]),
    ("slope of sigmoid", exp(-x) / (1 + exp(-x)) ** 2, (o,), o[()] * (1 - o[()])),
    ("norm", z[i] / sqrt(Sum(z[k] ** 2, k)), (r,), z[i] / r[()]),
    ("square of the norm", x / Sum(z[k] ** 2, k), (r,), x / r[()] ** 2),
    ("mean", z[i] - Sum(z[k], k) / n, (mean,), z[i] - mean[()]),
    ("nothing to fold", Sum(exp(u[k]), k), (p,), Sum(exp(u[k]), k)),
]


@pytest.mark.parametrize(("line", "tensors", "folded"), [row[1:] for row in FOLDED], ids=[row[0] for row in FOLDED])
def test_folding(line: Expr, tensors: tuple[Tensor, ...], folded: Expr) -> None:
    found = folding.fold(line, tensors)
    assert_equal(found, line)
    assert_equal(found, folded)
    assert found == folded or found.atoms(Entry) == folded.atoms(Entry)


def test_one_minus_tanh_squared_is_found() -> None:
    t = define("tau", tanh(x))
    assert folding.fold(1 - tanh(x) ** 2, (t,)) == 1 - t[()] ** 2


def test_rules_have_names_and_texts_of_their_own() -> None:
    known = [item for item in vars(rules).values() if isinstance(item, rules.Rule)]
    assert len(known) > 30
    assert len({rule.name for rule in known}) == len(known)
    assert all(rule.text.en.isprintable() and rule.text.zh for rule in known)
