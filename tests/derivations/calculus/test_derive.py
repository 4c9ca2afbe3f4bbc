"""`derive`: its steps, its cases, lemmas and paths, and what it refuses."""

from __future__ import annotations

import pytest
from sympy import S

from gradproof.derivations.calculus import (
    Derivation,
    Different,
    Dim,
    Domain,
    Entry,
    Equal,
    Partial,
    Rule,
    Scalar,
    ShapeError,
    Sum,
    Text,
    Vector,
    define,
    delta,
    derive,
    exp,
    log,
    rules,
    sigmoid,
)
from gradproof.derivations.calculus.lines import Lines, expand_definitions

n, m = Dim("n"), Dim("m")
i, j, k = n.indices("i j k")
a = m.index("a")
z, y, x = Vector("z", n), Vector("y", n, Domain.SIMPLEX), Vector("x", n)
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k), domain=Domain.SIMPLEX)
t = Scalar("t")
TITLE = Text("A title", "标题")


def _rules(derivation: Derivation) -> list[Rule]:
    return [rule for step in derivation.steps for rule in step.rules]


def test_the_steps_lead_from_the_statement_to_the_result() -> None:
    found = derive(p[i], z[j], name="jacobian", title=TITLE, fold=[p])
    assert found.statement == Partial(p[i], z[j])
    assert found.steps[0].before == found.statement
    assert all(one.after == two.before for one, two in zip(found.steps, found.steps[1:], strict=False))
    assert found.result == p[i] * (delta(i, j) - p[j])
    assert [step.id for step in found.steps] == [f"A{number}" for number in range(1, len(found.steps) + 1)]
    assert found.steps[0].rules == (rules.DEFINITION,)
    assert {rules.QUOTIENT, rules.EXP} <= set(found.steps[1].rules)
    assert {rules.INDEPENDENT, rules.SIFT, rules.FOLD, rules.FACTOR} <= set(_rules(found))
    assert found.indices == (i, j)
    assert found.by == z[j]


def test_a_step_names_the_definitions_that_it_uses() -> None:
    found = derive(p[i], z[j], name="jacobian", title=TITLE, fold=[p])
    assert found.steps[0].uses == (p,)
    assert all(step.uses == (p,) for step in found.steps if rules.FOLD in step.rules)


def test_cases_are_branches_with_their_own_statements() -> None:
    cases = {"diagonal": Equal(i, j), "off_diagonal": Different(i, j)}
    found = derive(p[i], z[j], name="jacobian", title=TITLE, fold=[p], cases=cases)
    diagonal, off_diagonal = found.branches
    assert (diagonal.name, off_diagonal.name) == ("jacobian.diagonal", "jacobian.off_diagonal")
    assert diagonal.statement == Partial(p[i], z[i])
    assert diagonal.result == p[i] * (1 - p[i])
    assert diagonal.given == ()
    assert off_diagonal.statement == found.statement
    assert off_diagonal.result == -p[i] * p[j]
    assert off_diagonal.given == (Different(i, j),)
    assert rules.CASE in _rules(off_diagonal)
    assert {step.id[0] for step in diagonal.steps} == {"B"}
    assert {step.id[0] for step in off_diagonal.steps} == {"C"}
    assert "i = j" in diagonal.title.en and "i ≠ j" in off_diagonal.title.zh
    assert list(found.walk()) == [found, diagonal, off_diagonal]
    whole = found.result
    assert whole.xreplace({j: i}) == diagonal.result


def test_indices_are_in_the_order_of_the_axes() -> None:
    assert derive(x[j] * z[i], z[k], title=TITLE).indices == (i, j, k)
    assert derive(p[j], z[i], title=TITLE).indices == (j, i)
    assert derive(Sum(x[k] ** 2, k), x[i], title=TITLE).indices == (i,)
    assert derive(t**2, t, title=TITLE).indices == ()


def test_the_chain_rule_goes_through_what_it_is_told_to() -> None:
    loss = define("L", -Sum(y[k] * log(p[k]), k))
    jacobian = derive(p[i], z[j], name="jacobian", title=TITLE, fold=[p])
    found = derive(loss[()], z[j], name="gradient", title=TITLE, through=[p], lemmas=[jacobian])
    assert found.steps[0].after == Sum(Partial(Entry(loss), p[k]) * Partial(p[k], z[j]), k)
    assert found.steps[0].rules == (rules.CHAIN_SUM,)
    inserted = [step for step in found.steps if rules.LEMMA in step.rules]
    assert [step.lemmas for step in inserted] == [("jacobian",)]
    assert found.result == p[j] - y[j]


def test_a_lemma_is_inserted_at_the_indices_where_it_is_needed() -> None:
    jacobian = derive(p[i], z[j], name="jacobian", title=TITLE, fold=[p])
    swapped = derive(p[j], z[i], name="swapped", title=TITLE, lemmas=[jacobian])
    assert swapped.result == p[j] * (delta(i, j) - p[i])
    assert len(swapped.steps) == 1


def test_a_second_derivative_builds_on_the_first() -> None:
    first = derive(Sum(exp(z[k]), k), z[i], name="first", title=TITLE)
    second = derive(Partial(Sum(exp(z[k]), k), z[i]), z[j], name="second", title=TITLE, lemmas=[first])
    assert second.steps[0].lemmas == ("first",)
    assert second.result == delta(i, j) * exp(z[i])
    with pytest.raises(ValueError, match="a second derivative needs the derivation of"):
        derive(Partial(Sum(exp(z[k]), k), z[j]), z[i], title=TITLE, lemmas=[first])


def test_the_point_is_inserted_at_the_end() -> None:
    zero = define("s", S.Zero)
    found = derive(exp(2 * zero[()]) * t, zero[()], title=TITLE, at=[zero])
    assert found.result == 2 * t * exp(0)
    assert found.steps[-1].rules == (rules.SUBSTITUTE,)


def test_definitions_are_inserted_only_on_the_way() -> None:
    u, v = define("u", i, x[i] ** 2), define("v", i, exp(z[i]))
    line = Sum(u[k] * v[k], k)
    assert expand_definitions(line, z) == Sum(u[k] * exp(z[k]), k)
    assert expand_definitions(line, x) == Sum(x[k] ** 2 * v[k], k)
    assert expand_definitions(line, z, keep=(v,)) == line


def test_facts_of_a_domain_are_used_once_they_show() -> None:
    found = derive(-Sum(y[k] * (z[k] - log(Sum(exp(z[i]), i))), k), z[j], title=TITLE, fold=[p])
    assert found.result == p[j] - y[j]
    assert rules.FACT in _rules(found)
    free = Vector("y", n)
    found = derive(-Sum(free[k] * (z[k] - log(Sum(exp(z[i]), i))), k), z[j], title=TITLE, fold=[p])
    assert found.result == p[j] * Sum(free[k], k) - free[j]


def test_what_cannot_be_derived_is_refused() -> None:
    with pytest.raises(ValueError, match="the chain rule is to go through p, but the function does not depend on it"):
        derive(Sum(x[k], k), x[j], title=TITLE, through=[p])
    with pytest.raises(ValueError, match="z has no definition to fold back; make it with define"):
        derive(exp(z[i]), z[j], title=TITLE, fold=[z])
    with pytest.raises(ShapeError, match="a runs over m"):
        derive(p[i], z[a], title=TITLE)
    with pytest.raises(TypeError, match="by an entry"):
        derive(p[i], z, title=TITLE)


def test_a_line_that_says_nothing_new_is_no_step() -> None:
    lines = Lines(x[i])
    lines.add(x[i], rules.SIFT)
    assert lines.steps == []
    lines.add(x[i] ** 2, rules.SIFT)
    assert [step.id for step in lines.steps] == ["A1"]


def test_nothing_to_differentiate_is_zero() -> None:
    assert derive(Sum(x[k], k), z[j], title=TITLE).result == 0
    assert derive(sigmoid(t), z[j], title=TITLE).result == 0


@pytest.mark.parametrize("bound", ["i", "j", "k", "l"])
def test_the_names_of_bound_indices_make_no_difference(bound: str) -> None:
    index = n.index(bound)
    other = define("p", i, exp(z[i]) / Sum(exp(z[index]), index), domain=Domain.SIMPLEX) if bound != "i" else p
    assert other == p
    assert derive(other[i], z[j], title=TITLE, fold=[other]).result == p[i] * (delta(i, j) - p[j])
