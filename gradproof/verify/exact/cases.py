"""The ways in which free indices can coincide, as far as the conditions of a claim allow."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from gradproof.derivations.calculus import Condition, Different, Dim, Equal, Index


def coincidences(indices: tuple[Index, ...], given: tuple[Condition, ...]) -> Iterator[dict[Index, Index]]:
    """Every way, as a map from each index to the one that stands for its place; different images are different places.

    A claim with i and j over one size is two: one for i = j and one for i ≠ j.
    """
    by_size: dict[Dim, list[Index]] = {}
    for index in sorted(indices, key=lambda i: (i.dim.name, i.name)):
        by_size.setdefault(index.dim, []).append(index)
    for choice in itertools.product(*[list(_partitions(group)) for group in by_size.values()]):
        same = {index: block[0] for blocks in choice for block in blocks for index in block}
        if all(_allows(condition, same) for condition in given):
            yield same


def _allows(condition: Condition, same: dict[Index, Index]) -> bool:
    if isinstance(condition, Equal):
        return same.get(condition.first, condition.first) == same.get(condition.second, condition.second)
    if isinstance(condition, Different):
        return same.get(condition.first, condition.first) != same.get(condition.second, condition.second)
    return True


def _partitions(items: list[Index]) -> Iterator[list[list[Index]]]:
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for partition in _partitions(rest):
        for place in range(len(partition)):
            yield [*partition[:place], [first, *partition[place]], *partition[place + 1 :]]
        yield [[first], *partition]
