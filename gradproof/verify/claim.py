"""Claims: what is to be decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Expr

from gradproof.derivations.calculus import Condition, Index, Relation, Tensor, free_indices
from gradproof.derivations.calculus.formula import formula


@dataclass(frozen=True, slots=True)
class Claim:
    """Two sides, a relation, and the conditions under which it is said.

    name         what it is called in reports
    lhs, relation, rhs   the two sides, and how they are related
    given        the conditions
    uses         the defined tensors whose definitions may be used; every other tensor is arbitrary data, so that a
                 claim that uses fewer definitions is the stronger one. None: every definition may be used.
    certificate  for an inequality: a sum of squares and of what is positive that rhs − lhs equals; a proof needs one
    operation    Torch's own operation for what lhs differentiates (see `Derivation`): the claim is then that what Torch
                 computes of it, backward where lhs is a derivative, is rhs
    """

    name: str
    lhs: Expr
    relation: Relation
    rhs: Expr
    given: tuple[Condition, ...] = ()
    uses: tuple[Tensor, ...] | None = None
    certificate: Expr | None = None
    operation: Callable[..., Any] | None = None

    def __post_init__(self) -> None:
        """Numbers become expressions; anything that is no formula raises TypeError."""
        object.__setattr__(self, "lhs", formula(self.lhs))
        object.__setattr__(self, "rhs", formula(self.rhs))

    @property
    def indices(self) -> tuple[Index, ...]:
        """The free indices of both sides, by name."""
        return tuple(sorted(free_indices(self.lhs) | free_indices(self.rhs), key=lambda i: (i.name, i.dim.name)))
