"""What the preparation of an expression depends on."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr

from gradproof.derivations.calculus import Downstream, Entry, Index, Tensor

from .positivity import Known


class NeedRegion(Exception):  # noqa: N818 - a question, not a mishap
    """A kink: whether `argument` is positive or negative must be decided first."""

    def __init__(self, argument: Expr) -> None:
        super().__init__(f"the kink at {argument} = 0")
        self.argument = argument


@dataclass(frozen=True, slots=True)
class Context:
    """What the preparation of an expression depends on.

    free         the free indices of the claim; two different ones are at different places
    uses         the tensors to unfold; None: all
    known        prepared expressions that are positive
    downstream   conditions on what lies downstream
    places       hidden places of one-hot vectors: y_k becomes δ_kc
    carried_out  whether every derivative is carried out here, none left to dual numbers
    regions      whether kinks of terms without bound indices are decided by region (`NeedRegion` where one is not)
    fixed        values of binary numbers
    cuts         tensors that a derivative treats as data, and what they were replaced by
    signs        whether |·| and largest values stay, and signs and roots of products are split (`laws`)
    """

    free: frozenset[Index] = frozenset()
    uses: tuple[Tensor, ...] | None = None
    known: Known = frozenset()
    downstream: tuple[Downstream, ...] = ()
    places: tuple[tuple[Tensor, Index], ...] = ()
    carried_out: bool = False
    regions: bool = False
    fixed: tuple[tuple[Entry, Expr], ...] = ()
    cuts: tuple[tuple[Tensor, Tensor], ...] = ()
    signs: bool = False

    def unfolds(self, tensor: Tensor) -> bool:
        return tensor.definition is not None and (self.uses is None or tensor in self.uses)
