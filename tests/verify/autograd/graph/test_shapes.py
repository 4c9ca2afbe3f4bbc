"""Sizes are pairwise distinct, so that a transposed result cannot pass, and each is 1 once and larger elsewhere."""

from __future__ import annotations

import pytest

from gradproof.derivations.calculus import Dim
from gradproof.verify.autograd.graph.shapes import described, shapes

DIMS = tuple(Dim(name) for name in "abcdef")


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6])
def test_sizes_are_distinct_and_several(count: int) -> None:
    found = shapes(DIMS[:count])
    assert len(found) >= 3
    for sizes in found:
        assert set(sizes) == set(DIMS[:count]) and len(set(sizes.values())) == count
    for dim in DIMS[:count]:
        assert len({sizes[dim] for sizes in found}) > 1


def test_a_claim_without_sizes_has_one_shape() -> None:
    assert shapes(()) == ({},) and described((), [{}]) == ""


def test_sizes_are_described() -> None:
    n, m = Dim("n"), Dim("m")
    assert described((n,), shapes((n,))) == "n = 1, 2, 3, 5"
    assert described((m, n), shapes((m, n))) == "(m, n) = (1, 2), (2, 1), (2, 3)"
