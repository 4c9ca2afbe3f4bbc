"""The letters of bound indices: the same size takes the same letters in all lines, another size takes others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sympy import Expr

from gradproof.derivations.calculus import Binder, Dim, Index, Tensor, free_indices

from .names import letter_of

_SPARE = "klrsmpqvuabcdhjiotw"


def letters_in_use(expressions: Iterable[Expr]) -> frozenset[str]:
    """What no sum may take: the letters of tensors, sizes and free indices, and e."""
    taken = {"e"}
    for expression in expressions:
        taken |= {letter_of(tensor.name) for tensor in expression.atoms(Tensor)}
        taken |= {index.name for index in free_indices(expression)}
        taken |= {size.name for size in expression.atoms(Dim) | {index.dim for index in expression.atoms(Index)}}
    return frozenset(taken)


def letters_by_size(expressions: Iterable[Expr], avoid: Iterable[str] = ()) -> Mapping[Dim, tuple[str, ...]]:
    """For each size as many letters as its sums are nested anywhere in the expressions.

    A size gets its own letters first; no letter goes to two sizes, or is one in use.
    """
    lines = tuple(expressions)
    depths: dict[Dim, int] = {}
    for line in lines:
        for size, depth in _depths(line).items():
            depths[size] = max(depth, depths.get(size, 0))
    taken = set(letters_in_use(lines)) | set(avoid)
    result: dict[Dim, tuple[str, ...]] = {}
    for size, depth in depths.items():
        free = [letter for letter in dict.fromkeys((*size.letters, *_SPARE)) if letter not in taken]
        free += [f"k_{number}" for number in range(1, depth + len(taken) + 1) if f"k_{number}" not in taken]
        result[size] = tuple(free[:depth])
        taken |= set(result[size])
    return MappingProxyType(result)


def _depths(expression: Expr) -> dict[Dim, int]:
    """How deep the sums (and maxima) over each size are nested."""
    bound = expression.bound if isinstance(expression, Binder) else ()
    found = {index.dim: 0 for index in bound}  # the outer size comes first
    for part in expression.args:
        for size, depth in _depths(part).items():
            found[size] = max(depth, found.get(size, 0))
    for index in bound:
        found[index.dim] += 1
    return found
