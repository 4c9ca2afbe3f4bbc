"""Values by domain: the domains hold exactly, and the cases that matter are drawn."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from gradproof.derivations.calculus import Dim, Domain, Matrix, Tensor, Vector
from gradproof.verify import strategies
from gradproof.verify.strategies import Mode, assignments, batch

m, n, q = Dim("m"), Dim("n"), Dim("q")


def within(domain: Domain, rows: np.ndarray) -> bool:
    """The domain's own words, checked with exact fractions; rows of shape (…, entries)."""
    flat = [[Fraction(float(entry)) for entry in row] for row in rows.reshape(-1, rows.shape[-1])]
    entries = [entry for row in flat for entry in row]
    sums = all(sum(row) == 1 for row in flat)
    return {
        Domain.REAL: True,
        Domain.POSITIVE: all(entry > 0 for entry in entries),
        Domain.UNIT: all(0 < entry < 1 for entry in entries),
        Domain.SUMS_TO_ONE: sums,
        Domain.SIMPLEX: sums and all(entry > 0 for entry in entries),
        Domain.ONE_HOT: sums and all(entry in (0, 1) for entry in entries),
        Domain.BINARY: all(entry in (0, 1) for entry in entries),
    }[domain]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("domain", Domain)
def test_batches_are_in_the_domain(domain: Domain, mode: Mode) -> None:
    rng = np.random.default_rng(7)
    for size in (1, 2, 8):
        matrix = Matrix("A", m, n, domain)
        drawn = batch([matrix], {m: 3, n: size}, 50, mode, rng)[matrix]
        assert drawn.shape == (50, 3, size)
        assert np.isfinite(drawn).all()
        assert within(domain, drawn)


def test_the_check_of_domains_has_teeth() -> None:
    assert not within(Domain.SIMPLEX, np.array([[0.1, 0.2, 0.7]]))  # in decimals it sums to one; in binary it does not
    assert not within(Domain.POSITIVE, np.array([[0.0]]))
    assert not within(Domain.ONE_HOT, np.array([[1.0, 1.0]]))


def test_partial_sums_are_exact_in_every_order() -> None:
    rng = np.random.default_rng(1)
    for domain in (Domain.SIMPLEX, Domain.SUMS_TO_ONE):
        drawn = strategies.values(domain, (200, 8), Mode.BOUNDED, rng)
        for _ in range(5):
            assert (drawn[:, rng.permutation(8)].cumsum(axis=1)[:, -1] == 1).all()


def test_modes_reach_their_cases() -> None:
    rng = np.random.default_rng(3)
    drawn = {mode: strategies.values(Domain.REAL, (400, 4), mode, rng) for mode in Mode}
    ties = drawn[Mode.TIES]
    exact = (ties == ties[:, :1]).all(axis=1)
    assert 0.2 < exact.mean() < 0.9
    assert (np.abs(ties - ties[:, :1]) <= 6 * np.spacing(np.abs(ties).max(axis=1, keepdims=True))).all()
    assert (drawn[Mode.ZEROS] == 0).all(axis=1).any() and (drawn[Mode.ZEROS] != 0).any()
    assert (np.abs(drawn[Mode.SUBNORMAL]) < 2.0**-1022).any() and (drawn[Mode.SUBNORMAL] != 0).all()
    assert np.abs(drawn[Mode.POWERS]).max() > 1e290 and np.abs(drawn[Mode.POWERS]).min() < 1e-290
    assert np.abs(drawn[Mode.BOUNDED]).max() <= 40 and (np.abs(drawn[Mode.BOUNDED]) < 1).any()
    assert np.abs(drawn[Mode.WIDE]).max() > 900


def test_sizes_are_distinct_and_reach_one() -> None:
    rng = np.random.default_rng(5)
    for dims in ([], [n], [m, n], [m, n, q], [Dim(f"d{k}") for k in range(11)]):
        drawn = assignments(dims, 4, rng)
        for sizes in drawn:
            assert list(sizes) == dims
            assert len(set(sizes.values())) == len(dims)
            assert all(1 <= size <= max(8, len(dims)) for size in sizes.values())
        for dim in dims:
            assert any(sizes[dim] == 1 for sizes in drawn)
            assert any(sizes[dim] > 1 for sizes in drawn)


def test_the_same_seed_gives_the_same_points() -> None:
    z = Vector("z", n)
    first, second, other = (batch([z], {n: 4}, 9, Mode.NORMAL, np.random.default_rng(seed))[z] for seed in (1, 1, 2))
    assert (first == second).all() and (first != other).all()


@settings(max_examples=25)
@given(st.data(), st.sampled_from(list(Domain)))
def test_hypothesis_arrays_are_in_the_domain(data: st.DataObject, domain: Domain) -> None:
    sizes = data.draw(strategies.sizes([m, n]))
    assert sizes[m] != sizes[n] and max(sizes.values()) <= 8
    drawn = data.draw(strategies.arrays(Tensor("A", m, n, domain=domain), sizes))
    assert drawn.shape == (sizes[m], sizes[n])
    assert np.abs(drawn).max() <= (40 * 8 if domain is Domain.SUMS_TO_ONE else 40)
    assert within(domain, drawn)


def test_hypothesis_strategies_shrink_to_points_a_person_can_read() -> None:
    assert find(strategies.logits(2), lambda z: z[0] < z[1]).tolist() in ([0.0, 1.0], [-1.0, 0.0])
    assert find(strategies.probabilities(2), lambda p: True).tolist() == [0.5, 0.5]
    assert find(strategies.one_hot(3), lambda y: True).tolist() == [1.0, 0.0, 0.0]
    with pytest.raises(ValueError, match="pairwise distinct"):
        strategies.sizes([m, n], largest=1)
