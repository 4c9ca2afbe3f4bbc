"""A quick look at whether two formulas differ: balls in float64 at a few points, before a proof is tried.

Where many formulas are compared with one, most of them differ everywhere, and a look costs a hundredth of a search for
a proof. What is told apart differs as surely as the library computes exp and log to its last digits; it is no
refutation that is shown to anybody, since no point of it is exact. Formulas that are compared under the same conditions
share what they have in common.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from gradproof.derivations.calculus import Condition, Dim
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Evaluator
from gradproof.verify.numeric.agreement import evaluator_at, pointless, sides_in
from gradproof.verify.numeric.bounded import Bounded
from gradproof.verify.numeric.floats import BoundedFloats
from gradproof.verify.numeric.points import Sample, dims_of, functions_in
from gradproof.verify.relations import gap
from gradproof.verify.strategies import Mode

from .decide import SLACK
from .standins import WAVE

#: Points that are looked at, and the smallest size: of few sizes, others say less.
POINTS, SMALLEST, FEW = 8, 3, 3
#: How many looks are kept, and after how many claims the values of one are forgotten.
LOOKS, CLAIMS = 16, 100


@dataclass(slots=True)
class Look:
    """Claims under the same conditions, looked at in the same few points.

    claim    one of them; it says which sizes and which opaque functions there are
    """

    claim: Claim
    seed: int = 0
    _evaluator: Evaluator[Bounded] | None = field(default=None, init=False)

    def apart(self, claim: Claim) -> bool:
        """Whether a claim is seen to fail at one of the points; False where nothing can be seen.

        Raises ValueError for a claim under other conditions.
        """
        if claim.given != self.claim.given:
            raise ValueError("a look is under one set of conditions")
        if pointless(claim):
            return False
        try:
            left, right, selected = sides_in(claim, self._at(self.claim.given))
        except Exception:  # it has no value in float64, say; what fails here is left to the methods, which say why
            return False
        with np.errstate(all="ignore"):
            beyond = np.abs(left.value - right.value) > (left.bound + right.bound) * SLACK
            fails = gap(claim.relation, left.value, right.value) > 0
            return bool((selected & left.finite & right.finite & beyond & fails).any())

    def _at(self, given: tuple[Condition, ...]) -> Evaluator[Bounded]:
        if self._evaluator is None:
            dims = dims_of(self.claim)
            first = SMALLEST if len(dims) <= FEW else SMALLEST - 1
            sizes = {dim: first + place for place, dim in enumerate(dims)}
            sample = Sample(sizes, Mode.NORMAL, POINTS, (self.seed, len(dims)))
            self._evaluator = evaluator_at(sample, given, BoundedFloats(WAVE.among(functions_in(self.claim)).floats))
        return self._evaluator


def apart(claim: Claim, seed: int = 0) -> bool:
    """Whether a claim is seen to fail at one of a few points."""
    return _shared(dims_of(claim), functions_in(claim), claim.given, seed).at(claim).apart(claim)


@lru_cache(LOOKS)
def _shared(dims: tuple[Dim, ...], functions: tuple[str, ...], given: tuple[Condition, ...], seed: int) -> Shared:
    """The look at all claims about these sizes and functions: the definitions that they share are evaluated once."""
    return Shared(seed)


@dataclass(slots=True)
class Shared:
    """A look that is begun anew after so many claims, so that it does not grow."""

    seed: int
    look: Look | None = None
    left: int = 0

    def at(self, claim: Claim) -> Look:
        if self.look is None or not self.left:
            self.look, self.left = Look(claim, self.seed), CLAIMS
        self.left -= 1
        return self.look
