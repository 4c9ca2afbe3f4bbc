"""A claim made stronger: a tensor that is defined as a largest value may have any value."""

from __future__ import annotations

from dataclasses import replace

from gradproof.derivations.calculus import Largest, Negative, NonZero, Positive, Selected, Tensor, definitions_in

from ..claim import Claim


def used(claim: Claim) -> tuple[Tensor, ...]:
    """The defined tensors that a proof may unfold."""
    regions = [c.expression for c in claim.given if isinstance(c, (Positive, Negative, NonZero))]
    sides = [claim.lhs, claim.rhs, *regions, *([] if claim.certificate is None else [claim.certificate])]
    found = dict.fromkeys(tensor for side in sides for tensor in definitions_in(side))
    return tuple(tensor for tensor in found if claim.uses is None or tensor in claim.uses)


def without_extrema(claim: Claim) -> Claim:
    """The claim without the definitions that name a largest value; the claim itself if it uses none of this kind."""
    kept = tuple(tensor for tensor in used(claim) if not tensor.definition[1].has(Largest, Selected))
    return replace(claim, uses=kept) if len(kept) < len(used(claim)) else claim


def left_open(claim: Claim, stronger: Claim) -> tuple[Tensor, ...]:
    """The tensors that may have any value in the stronger of two claims."""
    return tuple(tensor for tensor in used(claim) if tensor not in used(stronger))
