"""The rules of differentiation against dual numbers, exactly; and which rules a derivative says that it took."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from sympy import S

from gradproof.derivations.calculus import (
    Activation,
    Applied,
    Dim,
    Entry,
    Matrix,
    Partial,
    Scalar,
    Sum,
    Vector,
    define,
    delta,
    exp,
    log,
    rules,
    sigmoid,
    tanh,
)
from gradproof.derivations.calculus.derivation import Rule
from gradproof.derivations.calculus.differentiation import (
    carried_out,
    depends_on,
    differentiate,
    gradient,
    settle,
)

from . import formulas
from .exact import evaluate, slope
from .formulas import Node as Formula
from .formulas import World, build, places, worlds

n, m = Dim("n"), Dim("m")
i, j, k = n.indices("i j k")
a = m.index("a")
x, w, W = Vector("x", n), Vector("w", n), Matrix("W", n, m)
t = Scalar("t")
phi = Activation("phi")

BY = [Entry(formulas.s), formulas.x[j], formulas.A[j, formulas.a], formulas.B[i, j], formulas.B[j, j]]


@pytest.mark.parametrize("by", BY, ids=str)
@given(formula=formulas.formulas, world=worlds())
@settings(max_examples=120)
def test_the_derivative_is_the_slope(by: Entry, formula: Formula, world: World) -> None:
    """Dual numbers share no rule with the calculus, and both are exact."""
    expression = build(formula)
    assume(not expression.has(S.ComplexInfinity, S.NaN))
    inert = differentiate(expression, by)
    forms = {"inert": inert, "settled": settle(inert), "sifted": gradient(expression, by)}
    for at in places(world.sizes):
        try:
            expected = slope(expression, at, world, (by.tensor, tuple(at[index] for index in by.indices)))
        except ZeroDivisionError:
            assume(False)
        assert {name: evaluate(form, at, world) for name, form in forms.items()} == dict.fromkeys(forms, expected)


def test_the_derivative_by_an_entry_under_a_sum_with_its_own_name_is_not_caught() -> None:
    total = Sum(x[i] ** 2, i)
    assert gradient(total, x[i]) == 2 * x[i]
    assert gradient(x[j] * total, x[i]) == delta(i, j) * total + 2 * x[i] * x[j]


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        (x[i] * w[i], w[i] * delta(i, j)),
        (Sum(x[k] * w[k], k), w[j]),
        (Sum(x[k] * x[k], k), 2 * x[j]),
        (1 / x[i], -(x[i] ** -2) * delta(i, j)),
        (exp(x[i]), exp(x[i]) * delta(i, j)),
        (log(Sum(exp(x[k]), k)), exp(x[j]) / Sum(exp(x[k]), k)),
        (phi(Sum(x[k] * w[k], k)), w[j] * phi(Sum(x[k] * w[k], k), order=1)),
        (sigmoid(x[i]) ** 3, 3 * sigmoid(x[i]) ** 2 * (1 - sigmoid(x[i])) * sigmoid(x[i]) * delta(i, j)),
        (w[i], S.Zero),
        (S(7), S.Zero),
    ],
)
def test_derivatives_as_a_person_writes_them(expression: object, result: object) -> None:
    assert gradient(expression, x[j]) == result


def test_powers_with_a_variable_exponent() -> None:
    assert gradient(exp(w[i]) ** t, t) == exp(w[i]) ** t * log(exp(w[i]))


def test_a_defined_tensor_stays_inert_if_it_depends_on_the_variable() -> None:
    u = define("u", i, x[i] ** 2)
    assert differentiate(u[i], x[j]) == Partial(u[i], x[j])
    assert differentiate(u[i], w[j]) == 0
    assert differentiate(u[i] * w[i], x[j]) == w[i] * Partial(u[i], x[j])
    assert settle(differentiate(u[i], u[j])) == delta(i, j)
    assert depends_on(u, x) and depends_on(u, u) and not depends_on(u, w) and not depends_on(x, u)


def test_carried_out_goes_into_formulas_only() -> None:
    line = Sum(Partial(exp(x[k]), x[i]), k) + Partial(x[j], x[i])
    assert settle(carried_out(line)) == Sum(exp(x[k]) * delta(k, i), k) + delta(i, j)


def _rules_of(expression: object, by: Entry = x[j]) -> set[Rule]:
    used: dict[Rule, None] = {}
    differentiate(expression, by, used)
    return set(used)


@pytest.mark.parametrize(
    ("expression", "taken"),
    [
        (x[i] + w[i], set()),
        (x[i] * x[k], {rules.PRODUCT}),
        (x[i] * w[k], set()),
        (x[i] / Sum(x[k], k), {rules.QUOTIENT}),
        (w[i] / x[i], {rules.RECIPROCAL}),
        (x[i] ** 2, {rules.POWER}),
        ((x[i] + w[i]) ** 2, {rules.POWER, rules.CHAIN}),
        (exp(x[i]), {rules.EXP}),
        (exp(2 * x[i]), {rules.EXP, rules.CHAIN}),
        (log(sigmoid(x[i])), {rules.LOG, rules.SIGMOID, rules.CHAIN}),
        (phi(tanh(x[i])), {rules.ACTIVATION, rules.TANH, rules.CHAIN}),
    ],
)
def test_the_rules_that_were_taken_are_named(expression: object, taken: set[Rule]) -> None:
    assert _rules_of(expression) == taken


def test_what_has_no_rule_is_refused() -> None:
    with pytest.raises(TypeError, match="no rule to differentiate Partial"):
        differentiate(Partial(exp(x[i]), x[k]), x[j])


def test_the_slope_of_any_function_has_a_slope_of_which_nothing_is_known() -> None:
    slope = Partial(Scalar("f"), x[i])
    assert differentiate(slope**2, x[j]) == 2 * slope * Partial(slope, x[j])


def test_every_elementwise_function_has_a_rule_with_its_name() -> None:
    from gradproof.derivations.calculus import DERIVATIVES

    named = [rules.of_function(function(t)) for function in DERIVATIVES]
    assert len(set(named)) == len(named)
    assert rules.of_function(phi(t)) == rules.ACTIVATION
    assert isinstance(phi(t), Applied)
