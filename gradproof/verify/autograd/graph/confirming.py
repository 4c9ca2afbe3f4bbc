"""A formula of Torch that differs from what is claimed, confirmed at a point in ball arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sympy import Expr, Rational

from gradproof.derivations.calculus import Domain, Downstream, Entry, Positive, Relation, Tensor
from gradproof.verify.claim import Claim
from gradproof.verify.counterexample import Counterexample
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.intervals.balls import best_balls
from gradproof.verify.intervals.refute import search
from gradproof.verify.verdict import Budget

from .comparison import Comparison, Place
from .decision import NotProved
from .scalars import Array, entrywise, in_domain


def counterexample(
    comparison: Comparison, place: Place, refusal: NotProved, budget: Budget, seed: int
) -> Counterexample | None:
    """A point at which both sides provably differ, on the sizes and at the place where they do; None if none is found.

    Arbitrary numbers must not stand in the sides any more.
    """
    regions = refusal.region.known | {guard.positive for guard in comparison.reading.guards}
    given = tuple(Positive(region) for region in sorted(regions, key=str) if not region.is_Number)
    scalar = Claim(comparison.claim.name, refusal.left, Relation.EQUAL, refusal.right, given)
    try:
        found, _ = search(scalar, budget, seed, best_balls())
    except Unsupported:  # no value in balls
        return None
    if found is None:
        return None
    sizes = {str(dim.name): size for dim, size in comparison.sizes.items()}
    indices = {str(index.name): at + 1 for index, at in place.at.items()}
    numbers = {name: Rational(value) for name, value in found.values.items()}
    for entry, value in refusal.region.solved:
        numbers[str(entry.tensor.name)] = value.xreplace({part: _number(part, numbers) for part in value.atoms(Entry)})
    shown = comparison.data.keys() - {c.value.tensor for c in comparison.claim.given if isinstance(c, Downstream)}
    values = {str(tensor.name): _values(tensor, comparison.data[tensor], numbers) for tensor in sorted(shown, key=str)}
    return replace(found, sizes=sizes, indices=indices, values=values)


def _number(scalar: Expr, numbers: Mapping[str, Expr]) -> Expr:
    """The value of a scalar at a point; one that does not matter there gets a simple one of its domain."""
    if not isinstance(scalar, Entry):
        return scalar  # of a one-hot row
    domain = scalar.tensor.domain
    simple = Rational(1, 2) if domain is Domain.UNIT else Rational(int(domain.positive))
    return numbers.get(str(scalar.tensor.name), simple)


def _values(tensor: Tensor, data: Array, numbers: Mapping[str, Expr]) -> Any:
    """The entries of a tensor at a point, as nested lists of exact text."""
    return entrywise(str, in_domain(tensor, entrywise(lambda scalar: _number(scalar, numbers), data))).tolist()
