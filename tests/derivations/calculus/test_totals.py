"""What tensors sum to, and normalised quantities written back."""

from __future__ import annotations

from gradproof.derivations.calculus import (
    Dim,
    Domain,
    Program,
    Rule,
    Scalar,
    Sum,
    Text,
    Vector,
    define,
    exp,
    rules,
    sqrt,
)
from gradproof.derivations.calculus.scaling import fold_scaled
from gradproof.derivations.calculus.totals import behind_totals, total, use_facts

n = Dim("n")
i, j, k = n.indices("i j k")
x, g = Vector("x", n), Vector("g", n)
mean = define("mu", Sum(x[k], k) / n)
centred = define("c", i, x[i] - mean[()])
scale = define("s", sqrt(Sum(centred[k] ** 2, k) / n + Scalar("epsilon", Domain.POSITIVE)))
normalised = define("xhat", i, centred[i] / scale[()])
directly = define("xhat", i, (x[i] - mean[()]) / scale[()])
scaled_up = define("y", i, scale[()] * x[i])


def test_deviations_from_the_mean_sum_to_zero_through_definitions() -> None:
    assert [total(tensor) for tensor in (centred, normalised, directly)] == [0, 0, 0]


def test_softmax_sums_to_one_by_its_definition() -> None:
    assert total(define("q", i, exp(x[i]) / Sum(exp(x[k]), k))) == 1


def test_other_sums_are_not_known() -> None:
    shifted = define("d", i, x[i] - 2 * mean[()])
    assert [total(tensor) for tensor in (x, mean, shifted, scaled_up)] == [None] * 4


def test_a_definition_tells_a_sum_only_where_it_is_allowed_to() -> None:
    line = Sum(centred[k], k) * g[j] + x[j]
    used: dict[Rule, None] = {}
    assert use_facts(line, used) == line
    assert used == {}
    assert use_facts(line, used, defined=(centred,)) == x[j]
    assert list(used) == [rules.CENTRED]


def test_a_weighted_sum_is_no_sum_of_the_entries() -> None:
    line = Sum(centred[k] * g[k], k)
    assert use_facts(line, defined=(centred,)) == line


def test_a_fact_needs_the_definitions_behind_it() -> None:
    assert set(behind_totals(Sum(normalised[k], k) + x[j])) >= {mean, centred, scale, normalised}
    assert behind_totals(x[j] * g[j]) == ()


def test_the_numerator_is_written_back_where_the_scale_cancels() -> None:
    line = centred[j] * Sum(centred[k] * g[k], k) / scale[()] ** 3
    assert fold_scaled(line, normalised) == normalised[j] * Sum(normalised[k] * g[k], k) / scale[()]


def test_a_numerator_is_recognised_with_a_number_before_it() -> None:
    line = (2 * mean[()] - 2 * x[j]) / scale[()]
    assert fold_scaled(line, directly) == -2 * directly[j]


def test_nothing_is_written_back_where_the_scale_would_come_in() -> None:
    assert fold_scaled(centred[j] * g[j], normalised) == centred[j] * g[j]
    assert fold_scaled(x[j] / mean[()], scaled_up) == x[j] / mean[()]


def test_a_program_names_the_definitions_that_a_fact_needs() -> None:
    loss = define("L", Sum(g[i] * normalised[i], i))
    derivation = Program(loss, fold=(scale, normalised)).derive(mean[()], title=Text("mean", "均值"))
    assert derivation.result == -Sum(g[k], k) / scale[()]
    (step,) = [step for step in derivation.steps if rules.CENTRED in step.rules]
    assert {mean, centred, normalised} <= set(step.uses)
