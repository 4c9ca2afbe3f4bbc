"""Descriptions of arguments: what they give to Hypothesis, and what they refuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from gradproof import ShapeError, strategies
from gradproof.derivations.calculus import Dim
from gradproof.regression.settings import MOST_CHOICES, settings, sizes_of
from gradproof.regression.strategies import described

from . import layers


@given(strategies.inputs(z=strategies.logits("n"), y=strategies.one_hot("n")))
def test_a_name_is_one_size(arguments: dict[str, Any]) -> None:
    z, y = arguments["z"], arguments["y"]
    assert z.shape == y.shape and z.ndim == 1 and z.dtype == y.dtype == np.float64
    assert sorted(y)[-1] == y.sum() == 1
    assert layers.cross_entropy(z, y) >= 0


@given(strategies.inputs(W=strategies.weights("m", "n"), t=strategies.labels("m", classes="n"), sizes={"m": 3}))
def test_sizes_can_be_given_and_are_distinct(arguments: dict[str, Any]) -> None:
    W, t = arguments["W"], arguments["t"]
    assert W.shape[0] == 3 != W.shape[1] or W.shape == (3, 3)
    assert t.shape == (3,) and t.dtype.kind == "i" and t.min() >= 0 and t.max() < W.shape[1]


@given(strategies.probabilities("n").strategy())
def test_probabilities(p: Any) -> None:
    assert (p > 0).all() and p.sum() == 1


@given(strategies.between_0_and_1(2, 3).strategy())
def test_a_shape_of_numbers(p: Any) -> None:
    assert p.shape == (2, 3) and (p > 0).all() and (p < 1).all()


@given(strategies.positive("n").strategy(n=4))
def test_positive(x: Any) -> None:
    assert x.shape == (4,) and (x > 0).all()


@given(strategies.binary(5).strategy())
def test_binary(x: Any) -> None:
    assert set(x) <= {0.0, 1.0}


NINE = {f"x{number}": strategies.real(f"n{number}") for number in range(9)}


@given(strategies.inputs(**NINE))
def test_there_are_as_many_sizes_as_are_named(arguments: dict[str, Any]) -> None:
    assert {array.shape[0] for array in arguments.values()} == set(range(1, 10))


@pytest.mark.parametrize("size", [0, -1, "", 1.5, True, None])
def test_what_is_no_size(size: Any) -> None:
    with pytest.raises(ShapeError, match='write a name such as "n"'):
        strategies.real(size)


def test_one_hot_needs_an_axis() -> None:
    with pytest.raises(ShapeError, match="at least one axis"):
        strategies.one_hot()


def test_an_example_is_a_shape_of_variables() -> None:
    assert described("x", np.zeros((2, 3, 1))) == strategies.real("n2", "n3", 1)
    assert described("x", 0.5) == strategies.real()


def test_the_settings_go_through_every_choice() -> None:
    t = {"t": strategies.labels("n", classes=3), "y": strategies.one_hot(2)}
    found = settings(t, {Dim("n"): 1})
    assert {(one.fixed["t"][0], one.fixed["y"].argmax()) for one in found} == {(a, b) for a in range(3) for b in (0, 1)}
    assert found[0].of_all == (6, 6)


@pytest.mark.parametrize(("n", "classes"), [(3, 3), (4, 4), (5, 2), (2, 9)])
def test_of_too_many_choices_every_place_has_every_label(n: int, classes: int) -> None:
    found = settings({"t": strategies.labels("n", classes=classes)}, {Dim("n"): n})
    assert len(found) == MOST_CHOICES and found[0].of_all == (MOST_CHOICES, classes**n)
    rows = np.array([one.fixed["t"] for one in found])
    assert len({tuple(row) for row in rows}) == MOST_CHOICES
    assert all(len(set(rows[:, place])) == classes for place in range(n))


def test_sizes_are_distinct_and_go_beyond_1() -> None:
    found = sizes_of({"X": strategies.real("m", "n"), "u": strategies.real("n")})
    assert all(len(set(sizes.values())) == 2 for sizes in found)
    assert {tuple(sizes.values()) for sizes in found} >= {(1, 2), (2, 1), (2, 3)}
