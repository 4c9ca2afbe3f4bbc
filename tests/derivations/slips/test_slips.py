"""Each slip makes the mistake that it is named after, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from sympy import Expr, Integer, Rational, S

from gradproof.derivations.calculus import (
    Activation,
    Dim,
    Domain,
    Entry,
    Largest,
    Limit,
    Matrix,
    Partial,
    Scalar,
    Selected,
    Sum,
    Tensor,
    Vector,
    define,
    delta,
    exp,
    log,
    relu,
    sigmoid,
    sqrt,
    tanh,
    xlogx,
)
from gradproof.derivations.catalogue import derivations, find
from gradproof.derivations.slips import SLIPS, Slip, mutants
from gradproof.derivations.slips.hints import HINTS

n, m = Dim("n"), Dim("m")
i, j, k = n.indices("i j k")
a = m.index("a")
p, y, x = Vector("p", n), Vector("y", n), Vector("x", n)
A, W = Matrix("A", n, n), Matrix("W", n, m)
s, t = Scalar("s"), Scalar("t")
phi = Activation("phi")
E, z = Tensor("E"), Vector("z", n)
loss = Entry(E)
adjoint = Tensor("delta", n, definition=((i,), Partial(Entry(E), z[i])))
o = define("o", i, sigmoid(z[i]))
w, B = Vector("w", n), Matrix("B", n, n)
q, r = Vector("q", n, Domain.SIMPLEX), Vector("r", n, Domain.SIMPLEX)
new = n.index(n.letters[0])
BY_NAME = {slip.name: slip for slip in SLIPS}

#: One line for each slip: what is right, and all that the slip makes of it, in any order.
EXAMPLES: dict[str, tuple[Expr, set[Expr]]] = {
    "sign": (p[i] - y[i], {y[i] - p[i]}),
    "sign of a term": (p[i] - y[i], {p[i] + y[i], -p[i] - y[i]}),
    "swapped indices": (p[i] * y[j], {p[j] * y[i]}),
    "transposed": (Sum(A[i, k] * x[k], k), {Sum(A[k, i] * x[k], k)}),
    "wrong index": (p[i] * y[j], {p[j] * y[j], p[i] * y[i]}),
    "wrong variable": (Partial(s * p[i] * y[j], p[i]), {Partial(s * p[i] * y[j], by) for by in (s, y[i], y[j])}),
    "∂ missing": (Partial(loss, o[i]) * Partial(o[i], z[j]), {
        loss / o[i] * Partial(o[i], z[j]), Partial(loss, o[i]) * o[i] / z[j], loss / z[j],
    }),
    "sign of the update": (x[i] - s * Partial(loss, x[i]), {x[i] + s * Partial(loss, x[i])}),
    "delta dropped": (p[i] * (delta(i, j) - p[j]), {p[i] * (1 - p[j])}),
    "delta zero": (p[i] * (delta(i, j) - p[j]), {-p[i] * p[j]}),
    "sum dropped": (p[i] * Sum(x[k] * y[k], k), {p[i] * x[i] * y[i]}),
    "mean": (p[i] * Sum(x[k] * y[k], k), {p[i] * Sum(x[k] * y[k], k) / n}),
    "size dropped": ((p[i] - y[i]) / n, {p[i] - y[i]}),
    "off by one": ((p[i] - y[i]) / n, {(p[i] - y[i]) / (n + 1)}),
    "power dropped": (1 - t**2, {1 - t}),
    "number dropped": (2 * s * t, {s * t}),
    "upside down": (p[i] / y[i], {p[i] * y[i]}),
    "prime dropped": (s * phi(t, order=1), {s * phi(t)}),
    "adjoint dropped": (adjoint[i] * x[j], {x[j]}),
    "log dropped": (log(s) + xlogx(t), {s + xlogx(t), log(s) + t}),
    "exp dropped": (exp(-s), {-s}),
    "factor dropped": (2 * s * p[i] * y[i] / n, {2 * p[i] * y[i] / n, 2 * s * y[i] / n, 2 * s * p[i] / n}),
    "wrong extremum": (
        Largest(x[k], k) - Selected(y[k], k, i, 2),
        {
            Largest(x[k], k, 2) - Selected(y[k], k, i, 2),
            -Largest(-x[k], k) - Selected(y[k], k, i, 2),
            Largest(x[k], k) - Selected(y[k], k, i, 3),
            Largest(x[k], k) - Selected(-y[k], k, i, 2),
        },
    ),
    "term dropped": (s - t, {s, -t}),
    "wrong function": (sigmoid(s), {tanh(s)}),
    "argument sign": (sigmoid(s) + log(t), {sigmoid(-s) + log(t)}),
    "sign of the slope": (2 * s * o[i] * (1 - o[i]), {-2 * s * o[i] * (1 - o[i])}),
    "slope as difference": (s * o[i] * (1 - o[i]), {s * (o[i] - (1 - o[i]))}),
    "slope at argument": (
        sigmoid(s) * (1 - sigmoid(s)) + o[i] * (1 - o[i]) + phi(t, order=1),
        {
            s * (1 - s) + o[i] * (1 - o[i]) + phi(t, order=1),
            sigmoid(s) * (1 - sigmoid(s)) + z[i] * (1 - z[i]) + phi(t, order=1),
            sigmoid(s) * (1 - sigmoid(s)) + o[i] * (1 - o[i]) + phi(phi(t), order=1),
        },
    ),
    "one dropped": (s * (1 - tanh(t) ** 2), {-s * tanh(t) ** 2}),
    "square of tanh dropped": (s * (1 - tanh(t) ** 2), {s * (1 - tanh(t))}),
    "exponent": ((1 - exp(-2 * s)) / (1 + exp(-t)), {(1 - exp(-s)) / (1 + exp(-t))}),
    "divergence reversed": (
        Sum(p[k] * log(p[k] / y[k]), k),
        {Sum(y[k] * log(y[k] / p[k]), k), Sum(p[k] * log(y[k] / p[k]), k)},
    ),
    "minus of the log": (s - Sum(y[k] * log(p[k]), k), {s + Sum(y[k] * log(p[k]), k)}),
    "sign of entropy": (s - Sum(p[k] * log(p[k]), k), {s + Sum(p[k] * log(p[k]), k)}),
    "quotient order": ((x[i] * t - s * y[i]) / t**2, {(s * y[i] - x[i] * t) / t**2}),
    "sign off the diagonal": (p[i] * (delta(i, j) - p[j]), {p[i] * (delta(i, j) + p[j])}),
    "difference turned": (x[i] * (p[i] - y[i]) * (1 - s), {x[i] * (y[i] - p[i]) * (1 - s)}),
    "commuted": (Sum(A[i, k] * B[k, j], k), {Sum(B[i, k] * A[k, j], k)}),
    "numerator index": (
        exp(z[i]) * y[j] / Sum(exp(z[k]), k),
        {exp(z[j]) * y[j] / Sum(exp(z[k]), k), exp(z[i]) * y[i] / Sum(exp(z[k]), k)},
    ),
    "equal case only": (p[i] * (delta(i, j) - p[j]), {p[i] * (1 - p[i]), p[j] * (1 - p[j])}),
    "one-hot assumed": (p[i] * Sum(y[k], k) - y[i], {p[i] - y[i]}),
    "sum added": (p[i] - y[i], {Sum(p[i] - y[i], i)}),
    "norm for its square": (
        Sum(x[k] ** 2, k) / n + sqrt(Sum(y[k] ** 2, k)),
        {sqrt(Sum(x[k] ** 2, k)) / n + sqrt(Sum(y[k] ** 2, k))},
    ),
    "fraction inverted": (2 * p[i] / (n * y[i]), {2 * y[i] / (n * p[i])}),
    "slope dropped": (
        s * phi(t, order=1) + t * o[i] * (1 - o[i]),
        {s + t * o[i] * (1 - o[i]), s * phi(t, order=1) + t},
    ),
    "penalty without weight": (x[i] + 2 * s * A[i, j], {x[i] + 2 * s}),
    "log split": (log(s + t), {log(s) + log(t)}),
    "index dropped": (s * x[j], {s * Scalar("x")}),
    "bias given input": (
        sigmoid(Sum(w[k] * x[k], k) + s) - t,
        {
            (sigmoid(Sum(w[k] * x[k], k) + s) - t) * w[new],
            (sigmoid(Sum(w[k] * x[k], k) + s) - t) * x[new],
        },
    ),
    "distributions mixed": (-q[i] / r[i] + s, {-1 + s}),
    "wrong vector": (s * o[i] + x[i], {s * z[i] + x[i], s * x[i] + x[i]}),
    "minus inside dropped": (1 / (1 + exp(-s)) + relu(-t), {1 / (1 + exp(s)) + relu(-t)}),
    "twice": (s, {2 * s}),
    "half": (s, {s / 2}),
    "constant": (s, {s + 1}),
    "slightly off": (s, {s * Rational(1000001, 1000000)}),
}


def test_the_table_names_each_slip_once_and_in_two_languages() -> None:
    assert len(BY_NAME) == len(SLIPS) >= 50
    for language in ("en", "zh"):
        texts = [slip.text.in_language(language) for slip in SLIPS]
        assert all(texts) and len(set(texts)) == len(texts)
    chinese = re.compile("[\u4e00-\u9fff]")
    assert not any(chinese.search(hint.en) for slip in SLIPS for hint in slip.hints)
    assert all(chinese.search(hint.zh) for slip in SLIPS for hint in slip.hints)


def test_hints_say_more_and_more() -> None:
    """A nudge tells few slips apart, the place more, the text all; no hint is given for a slip that is not there."""
    assert set(HINTS) == set(BY_NAME)
    kinds = [len({slip.hints[level].en for slip in SLIPS}) for level in range(3)]
    assert kinds[0] < 15 < kinds[1] <= kinds[2] == len(SLIPS)
    assert all(len(set(slip.hints)) == 3 and slip.hints[2] is slip.text for slip in SLIPS)


def test_every_slip_has_an_example() -> None:
    assert set(EXAMPLES) == set(BY_NAME)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_slip_makes_its_mistake(name: str) -> None:
    right, wrong = EXAMPLES[name]
    made = list(BY_NAME[name].mistakes(right))
    assert set(made) == wrong
    assert len(set(made)) == len(made)


def test_a_sum_that_is_dropped_takes_a_free_index_or_a_new_letter() -> None:
    sums = BY_NAME["sum dropped"]
    total = Sum(W[k, a] * x[k], k)
    assert set(sums.mistakes(total)) == {W[k, a] * x[k]}
    assert set(sums.mistakes(total, (i,))) == {W[i, a] * x[i]}
    assert set(sums.mistakes(Sum(p[k], k), (i, j))) == {p[i], p[j]}
    assert set(sums.mistakes(Sum(p[i], i))) == {p[n.index("k")]}  # the first letter of n


def test_bound_indices_are_in_scope_where_they_are_bound() -> None:
    wrong = set(BY_NAME["wrong index"].mistakes(Sum(A[i, k] * x[k], k)))
    assert wrong == {Sum(A[i, i] * x[k], k), Sum(A[k, k] * x[k], k), x[i] * Sum(A[i, k], k)}


def test_a_place_that_is_selected_can_be_taken_for_another() -> None:
    wrong = set(BY_NAME["wrong index"].mistakes(Selected(x[k], k, i) * y[j]))
    assert wrong == {Selected(x[k], k, j) * y[j], Selected(x[k], k, i) * y[i]}  # no largest of x_i over k


def test_mistakes_are_made_under_derivatives_and_limits_too() -> None:
    assert set(BY_NAME["exp dropped"].mistakes(Partial(exp(x[i]), x[j]))) == {Partial(x[i], x[j])}
    assert set(BY_NAME["term dropped"].mistakes(Limit(exp(-s) + 1, s, S.Infinity))) == {
        Limit(exp(-s), s, S.Infinity),
        Limit(S.One, s, S.Infinity),
    }


def test_roots_and_powers() -> None:
    powers = BY_NAME["power dropped"]
    assert list(powers.mistakes(x[i] / sqrt(s))) == [x[i] / s]
    assert list(powers.mistakes(t**-2)) == [1 / t]
    assert list(powers.mistakes(1 / t)) == []


def test_no_mutant_divides_by_zero() -> None:
    """Dropping the factor σ of 1 − σ under the bar would make 1/0."""
    right = (1 - t) / (1 - s)
    assert not any(mutant.expression.has(S.ComplexInfinity, S.NaN) for mutant in mutants(right))
    assert 1 / (1 + s) in {mutant.expression for mutant in mutants(1 / (1 - s))}


def test_every_mutant_of_the_catalogue_differs_and_is_made_once() -> None:
    for entry in derivations():
        for part in entry.walk():
            found = list(mutants(part.result, part.indices))
            expressions = [mutant.expression for mutant in found]
            assert len(set(expressions)) == len(expressions)
            assert part.result not in expressions
            assert found, f"no slip can be made in {part.name}"


def test_zero_has_a_mutant() -> None:
    assert [mutant.expression for mutant in mutants(Integer(0))] == [1]


def test_a_mutant_names_the_first_slip_that_leads_to_it() -> None:
    """−p_i y_i for p_i y_i is a wrong sign, though a product with −2 and a half would lead there as well."""
    made = {mutant.expression: mutant.slip for mutant in mutants(2 * s)}
    assert isinstance(made[-2 * s], Slip)
    assert made[-2 * s].name == "sign"
    assert made[s].name == "number dropped"


def test_the_order_does_not_depend_on_the_hash_seed_or_on_what_was_computed_before() -> None:
    """Mutants are chosen by their place in the list, so that a run can be repeated."""
    code = (
        "from gradproof.derivations.catalogue import find\n"
        "from gradproof.derivations.slips import mutants\n"
        "for name in ('reverse_kl_gradient_by_logits', 'batch_weights', 'linear_regression_matrix'):\n"
        "    part = find(name)\n"
        "    for mutant in mutants(part.result, part.indices): print(mutant.slip.name, mutant.expression)\n"
    )
    here = [
        f"{mutant.slip.name} {mutant.expression}"
        for name in ("reverse_kl_gradient_by_logits", "batch_weights", "linear_regression_matrix")
        for mutant in mutants(find(name).result, find(name).indices)
    ]
    assert len(here) > 30
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        assert run.stdout.splitlines() == here


def test_slips_do_not_reach_into_definitions() -> None:
    u = define("u", i, exp(x[i]))
    assert set(BY_NAME["exp dropped"].mistakes(u[i] * s)) == set()
