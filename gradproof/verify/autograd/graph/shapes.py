"""The sizes at which Torch's graph is compared: pairwise distinct, so that nothing transposed can pass."""

from __future__ import annotations

from collections.abc import Sequence

from gradproof.derivations.calculus import Dim

#: The sizes of a claim with one size.
_OF_ONE = (1, 2, 3, 5)
#: So many assignments where there are several sizes.
_OF_SEVERAL = 3


def shapes(dims: Sequence[Dim]) -> tuple[dict[Dim, int], ...]:
    """Assignments of sizes, the smallest first; each size is 1 in one of them and larger in others.

    Where there are several, 1, 2, 3, … are handed round: (1, 2, 3), (2, 3, 1), (3, 1, 2).
    """
    if not dims:
        return ({},)
    if len(dims) == 1:
        return tuple({dims[0]: size} for size in _OF_ONE)
    count = len(dims)
    found = [tuple(1 + (place + turn) % count for place in range(count)) for turn in range(min(count, _OF_SEVERAL))]
    if count == 2:
        found.append((2, 3))
    return tuple(dict(zip(dims, sizes, strict=True)) for sizes in found)


def described(dims: Sequence[Dim], tried: Sequence[dict[Dim, int]]) -> str:
    """The sizes as a reader sees them: "n = 1, 2, 3, 5" or "(N, m) = (1, 2), (2, 1), (2, 3)"; empty without sizes."""
    if not dims:
        return ""
    if len(dims) == 1:
        return f"{dims[0].name} = {', '.join(str(sizes[dims[0]]) for sizes in tried)}"
    rows = (", ".join(str(sizes[dim]) for dim in dims) for sizes in tried)
    return f"({', '.join(str(dim.name) for dim in dims)}) = {', '.join(f'({row})' for row in rows)}"
