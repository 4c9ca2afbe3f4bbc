"""The parts of a proof that goes through all signs: choices, signs, roots, tables, trials."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from sympy import Integer, Rational

from gradproof.derivations.calculus import Domain, Scalar, erf, exp, log
from gradproof.verify.arithmetic.field import Numbers
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.exact.chances import PRIMES, moduli
from gradproof.verify.exact.choices import Choices
from gradproof.verify.exact.regions import MoreRoots, RegionField
from gradproof.verify.exact.trials import Batch, Impossible, Nowhere

from .statements import xs

ys, pos = Scalar("ys"), Scalar("pos", Domain.POSITIVE)
square = xs**2 + 2 * xs * ys + ys**2


def field_with(roots: int = 0, at_kinks: bool = False, choices: Choices | None = None) -> RegionField:
    primes = moduli((xs,), roots, 0, "test")
    return RegionField(Batch(primes, roots, "key", at_kinks), choices or Choices(), 10**9)


def minus(field: RegionField, value: Numbers) -> Numbers:
    return field.multiply(value, field.constant(Integer(-1), 1))


# Choices


def test_every_leaf_is_visited_also_where_branches_differ() -> None:
    choices: Choices[str] = Choices()
    seen = []

    def choice(about: str, options: int) -> int:
        return next((chosen for known, chosen in choices.made() if known == about), None) or (
            0 if any(known == about for known, _ in choices.made()) else choices.choose(about, options)
        )

    while True:
        first = choice("first", 2)
        seen.append((first, choice("second", 3) if first else choice("third", 2)))
        if not choices.advance():
            break
    assert seen == [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)]


def test_lucky_choices_differ_from_draw_to_draw() -> None:
    leaves = set()
    for seed in range(40):
        lucky: Choices[int] = Choices(np.random.default_rng(seed))
        leaves.add(tuple(lucky.choose(about, 2) for about in range(3)))
    assert leaves == set(itertools.product((0, 1), repeat=3))


# Signs


def test_signs_are_consistent() -> None:
    field = field_with()
    first, second = (field.random((), name) for name in "ab")
    chosen = field.signs.sign(first)
    assert field.signs.sign(first) == chosen == -field.signs.sign(minus(field, first))
    assert field.signs.sign(second) == chosen == 1  # the first option
    total = field.add(first, second)
    assert field.signs.sign(total) == 1
    assert field.signs.sign(field.add(total, field.constant(Integer(3), 1))) == 1
    assert field.signs.sign(field.multiply(first, field.constant(Integer(-5), 1))) == -1
    assert field.signs.sign(field.multiply(first, second)) == 1
    assert field.signs.sign(field.zero) == 0
    assert field.signs.sign(field.constant(Integer(7), 1) * field.one) == 1
    assert len(field.signs.choices.made()) == 2  # everything else followed


def test_a_difference_follows_from_nothing() -> None:
    field = field_with()
    first, second = (field.random((), name) for name in "ab")
    field.signs.sign(first), field.signs.sign(second)
    field.signs.sign(field.add(first, minus(field, second)))
    assert len(field.signs.choices.made()) == 3


def test_on_the_kink_is_a_third_sign_where_the_claim_is_said_there() -> None:
    found = set()
    choices: Choices = Choices()
    while True:
        field = field_with(at_kinks=True, choices=choices)
        first, second = (field.random((), name) for name in "ab")
        field.signs.assume(second, positive=False)
        found.add((field.signs.sign(first), field.signs.sign(second)))
        if not choices.advance():
            break
    assert found == set(itertools.product((1, -1, 0), (1, -1)))


def test_what_is_0_on_the_kink_leaves_the_rest() -> None:
    """x − w = 0 and w > 0 give x > 0."""
    choices: Choices = Choices()
    for _ in range(3):
        field = field_with(at_kinks=True, choices=choices)
        first, width = (field.random((), name) for name in "ab")
        field.signs.assume(width, positive=True)
        excess = field.signs.sign(field.add(first, minus(field, width)))
        if excess == 0:
            assert field.signs.sign(first) == 1
            return
        choices.advance()
    raise AssertionError("the third sign was not met")


def test_conditions_that_contradict_each_other() -> None:
    field = field_with()
    value = field.random((), "a")
    field.signs.assume(value, positive=True)
    with pytest.raises(Impossible):
        field.signs.assume(minus(field, value), positive=True)
    with pytest.raises(Impossible):
        field.signs.assume(field.zero, positive=False)
    with pytest.raises(Impossible):
        field.signs.assume(field.constant(Integer(-2), 1) * field.one, positive=True)


# Roots


def test_every_choice_of_signs_at_the_same_points() -> None:
    with pytest.raises(MoreRoots):
        field_with().power(field_with().random((), "a"), Rational(1, 2))
    field = field_with(roots=2)
    first, second = (field.random((), name) for name in "ab")
    roots = [field.power(value, Rational(1, 2)) for value in (first, second)]
    for value, root in zip((first, second), roots, strict=True):
        assert field.equal(field.multiply(root, root), value)
    trials = field.batch.trials
    assert first.reshape(4, trials).std(axis=0).max() == 0  # the same points
    at = int(np.flatnonzero(field.usable)[0])
    signs = {tuple(int(root[part * trials + at]) for root in roots) for part in range(4)}
    assert len(signs) == 4
    assert field.equal(field.power(first, Rational(1, 2)), roots[0])  # one root wherever it occurs


def test_a_hidden_square_is_not_its_root() -> None:
    field = field_with(roots=1)
    value = field.random((), "a")
    root = field.power(field.multiply(value, value), Rational(1, 2))
    assert field.usable.all()
    assert not field.vanishes(field.add(root, minus(field, value)))
    assert not field.vanishes(field.add(root, value))
    product = field.multiply(field.add(root, value), field.add(root, minus(field, value)))
    assert field.vanishes(product)


def test_roots_of_numbers_multiply() -> None:
    field = field_with(roots=2)
    numbers = {number: field.constant(Integer(number), 1) for number in (2, 3, 6, 12, 49)}
    roots = {number: field.power(value, Rational(1, 2)) for number, value in numbers.items()}
    assert field.equal(roots[6], field.multiply(roots[2], roots[3]))
    assert field.equal(roots[12], field.multiply(roots[3], field.constant(Integer(2), 1)))
    assert field.equal(roots[49], field.one * np.uint64(7))


def test_odd_roots_are_unique() -> None:
    root = moduli((xs ** Rational(1, 3) * ys ** Rational(1, 5),), 0, 0, "odd")
    assert len(root) == PRIMES and all(prime % 3 != 1 and prime % 5 != 1 for prime in root)
    field = RegionField(Batch(root, 0, "key", False), Choices(), 10**9)
    value = field.random((), "a")
    assert field.equal(field.power(field.power(value, Rational(1, 3)), Rational(3)), value)
    with pytest.raises(Unsupported, match="not foreseen"):
        unlucky = next(prime for prime in moduli((xs,), 3, 0, "other") if prime % 7 == 1)
        RegionField(Batch((unlucky,) * 8, 0, "key", False), Choices(), 10**9).power(value[:8], Rational(1, 7))
    with pytest.raises(Unsupported, match="order 4"):
        field.power(value, Rational(1, 4))


# Functions


def test_laws_by_value() -> None:
    field = field_with()
    first, second = (field.random((), name) for name in "ab")
    power = field.apply(exp, first)
    assert field.equal(field.multiply(power, field.apply(exp, minus(field, first))), field.one)
    assert field.equal(field.apply(exp, field.zero), field.one)
    assert field.equal(field.apply(erf, minus(field, first)), minus(field, field.apply(erf, first)))
    assert field.equal(field.apply(log, field.multiply(second, power)), field.apply(log, field.multiply(second, power)))
    logarithm = field.apply(log, second)
    moved = field.apply(log, field.multiply(second, field.apply(exp, minus(field, first))))
    assert field.equal(field.add(moved, first), logarithm)
    assert not field.equal(field.apply(exp, first), field.apply(exp, second))
    assert not field.equal(field.apply(exp, minus(field, first)), minus(field, field.apply(exp, first)))


def test_where_nothing_is_defined() -> None:
    field = field_with()
    with pytest.raises(Nowhere):
        field.power(field.zero, Rational(-1))
    with pytest.raises(Nowhere):
        field.apply(log, field.zero)
    with pytest.raises(Nowhere):  # a tie
        field.selected(field.one[:, None], 1, 2, 1)
    with pytest.raises(Nowhere):  # a rank beyond the size
        field.largest(field.random((2,), "a"), 1, 2, 3)


def test_too_few_trials_are_no_proof() -> None:
    field = field_with()
    half = field.random((), "a")
    half[: PRIMES // 2 + 1] = 0
    with pytest.raises(Unsupported, match="too few trials"):
        field.power(half, Rational(-1))


def test_orders_are_all_met() -> None:
    choices: Choices = Choices()
    found = set()
    while True:
        field = field_with(choices=choices)
        values = field.random((3,), "a")
        selected = [field.selected(values, 1, 3, rank) for rank in (1, 2, 3)]
        found.add(tuple(int(place[0].argmax()) for place in selected))
        for rank, place in zip((1, 2, 3), selected, strict=True):
            total = field.total(field.multiply(values, place), 1, 3)
            assert field.vanishes(field.add(total, field.negated_array(field.largest(values, 1, 3, rank))))
        if not choices.advance():
            break
    assert found == set(itertools.permutations(range(3)))
