"""Largest values of balls: whatever numbers lie in them, the answer holds; and where it cannot, it says so."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gradproof.verify.numeric import extrema
from gradproof.verify.numeric.bounded import Bounded, exact

balls = st.lists(
    st.tuples(st.integers(-4, 4), st.sampled_from([0.0, 0.25, 0.5, 1.5]), st.floats(-1, 1)), min_size=1, max_size=6
)


def bounded(parts: list[tuple[int, float, float]]) -> Bounded:
    return Bounded(np.array([[float(value) for value, _, _ in parts]]), np.array([[radius for _, radius, _ in parts]]))


@settings(max_examples=300)
@given(parts=balls, rank=st.integers(1, 7))
def test_every_choice_in_the_balls_is_covered(parts: list[tuple[int, float, float]], rank: int) -> None:
    array, size = bounded(parts), len(parts)
    truth = [value + radius * part for value, radius, part in parts]
    largest, selected = (f(array, 1, size, rank) for f in (extrema.largest, extrema.selected))
    assert largest.value.shape == (1, 1) and selected.value.shape == (1, size)
    if rank > size:
        assert not largest.finite.any() and not selected.finite.any()
        return
    wanted = sorted(truth)[-rank]
    assert abs(largest.value[0, 0] - wanted) <= largest.bound[0, 0] * (1 + 1e-15)
    for place in range(size):
        if selected.finite[0, place]:
            assert selected.bound[0, place] == 0
            assert (selected.value[0, place] == 1) == (truth[place] == wanted)


def test_far_entries_do_not_blur_the_value() -> None:
    array = Bounded(np.array([[10.0, 1.0, -5.0, -100.0]]), np.array([[2.0, 1e-9, 1e-9, 50.0]]))
    second = extrema.largest(array, 1, 4, 2)
    assert (second.value[0, 0], second.bound[0, 0]) == (1.0, 1e-9)
    assert extrema.selected(array, 1, 4, 2).value.tolist() == [[0, 1, 0, 0]]
    assert extrema.largest(array, 1, 4, 1).bound[0, 0] == 2.0


def test_a_tie_is_undefined_where_it_is_exact_and_unknown_where_it_may_be() -> None:
    with np.errstate(all="raise"):
        tie = extrema.selected(exact(np.array([[3.0, 3.0, 1.0]])), 1, 3, 1)
        close = extrema.selected(Bounded(np.array([[3.0, 3.0 + 1e-9, 1.0]]), np.full((1, 3), 1e-8)), 1, 3, 1)
    assert np.isnan(tie.value).tolist() == [[True, True, False]] and tie.finite.tolist() == [[False, False, True]]
    assert not np.isnan(close.value).any() and close.finite.tolist() == [[False, False, True]]
    assert extrema.largest(exact(np.array([[3.0, 3.0, 1.0]])), 1, 3, 2).value[0, 0] == 3.0


def test_what_is_undefined_stays_undefined() -> None:
    array = exact(np.array([[np.nan, 1.0, 2.0]]))
    assert not extrema.largest(array, 1, 3, 1).finite.any()
    assert not extrema.selected(array, 1, 3, 1).finite.any()


def test_one_entry_that_stands_for_many_ties_with_itself() -> None:
    one = exact(np.array([[2.5]]))
    assert extrema.largest(one, 1, 4, 3).value.tolist() == [[2.5]]
    assert not extrema.selected(one, 1, 4, 1).finite.any()
    assert extrema.selected(one, 1, 1, 1).value.tolist() == [[1.0]]


def test_other_axes_stay() -> None:
    array = exact(np.arange(24.0).reshape(2, 3, 4) % 7)
    found = extrema.largest(array, 1, 3, 2)
    assert found.value.shape == (2, 1, 4)
    assert (found.value == np.sort(array.value, axis=1)[:, 1:2]).all()
