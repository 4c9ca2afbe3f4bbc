"""The largest of a family, for every size: a number that one place attains.

Where no two values tie, the place that attains the largest stays the same nearby. There Largest(f, k) = Σ_k s_k f_k
with numbers s_k that are constant and sum to 1, and Selected at i is s_i. A proof takes s for arbitrary data that sums
to 1. What it proves holds at ties, too, where both sides have a value: the value of the largest is Σ_k s_k f_k for each
s that is 1 at one of the tied places, and its derivative, where there is one, is a mean of theirs.
"""

from __future__ import annotations

from sympy import Expr, Mul

from gradproof.derivations.calculus import Domain, Entry, Index, Largest, Selected, Tensor, free_indices

from ..structure import tensors_in
from .derivatives import carried_out, summed
from .positivity import positive


def extremum(expression: Largest | Selected, values: Expr, index: Index) -> Expr:
    """A largest value, or which place attains it, of what is `values` at the index once it is prepared."""
    if isinstance(expression, Selected):
        return attained(values, index, expression.rank, expression.at)
    return summed(attained(values, index, expression.rank, index) * values, (index,))


def attained(body: Expr, bound: Index, rank: int, at: Index) -> Entry:
    """s at the place `at`, for a prepared body; of one body and rank it is the same data wherever they occur.

    Positive factors that are the same at every place do not count: the largest sum and the largest mean have one place.
    """
    counted = [f for f in Mul.make_args(carried_out(body)) if bound in free_indices(f) or not positive(f)]
    whole = Mul(*counted)
    free = sorted(free_indices(whole) - {bound}, key=lambda index: (str(index.dim.name), str(index.name)))
    places = {index: Index(f"place {number}", index.dim) for number, index in enumerate((bound, *free))}
    same = whole.xreplace(places)
    # Tensors of one name can differ in their domain.
    kinds = sorted(f"{t.name}: {t.domain.value}, {[dim.name for dim in t.dims]}" for t in tensors_in(same))
    name = f"which {same} over {bound.dim} has rank {rank}; {'; '.join(kinds)}"
    dims = (*(index.dim for index in free), bound.dim)
    return Entry(Tensor(name, *dims, domain=Domain.SUMS_TO_ONE), *free, at)
