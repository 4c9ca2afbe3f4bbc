"""A counterexample made easier to follow: entry after entry gets a simpler number, if it stays one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

import numpy as np

from gradproof.derivations.calculus import Domain
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Counterexample

from .balls import Balls
from .confirm import Trial, confirm

#: What is easiest to compute with by hand.
EASIEST = (Fraction(0), Fraction(1), Fraction(-1), Fraction(2), Fraction(1, 2), Fraction(-2), Fraction(-1, 2))
#: So many numbers are tried in all.
_TRIES = 60
#: And so many in the place of one, besides the easiest.
_KNOWN = 6
#: The numbers of a domain whose entries can be chosen one by one.
_WITHIN: dict[Domain, Callable[[float], bool]] = {
    Domain.REAL: lambda number: True,
    Domain.POSITIVE: lambda number: number > 0,
    Domain.UNIT: lambda number: 0 < number < 1,
}


def simpler(claim: Claim, trial: Trial, found: Counterexample, balls: Balls) -> Counterexample:
    """The counterexample that was found at a point, or one at a point with simpler numbers; both are confirmed."""
    left = _TRIES
    for tensor in sorted(trial.values, key=lambda tensor: str(tensor.name)):
        if tensor.domain not in _WITHIN:
            continue
        for place in np.ndindex(np.shape(trial.values[tensor])):
            others = {float(number) for array in trial.values.values() for number in np.ravel(array)}
            for number in _simpler(float(np.asarray(trial.values[tensor])[place]), others):
                if not _WITHIN[tensor.domain](number):
                    continue
                if not left:
                    return found
                left -= 1
                changed = np.array(trial.values[tensor])
                changed[place] = number
                other = replace(trial, values={**trial.values, tensor: changed})
                again = confirm(claim, other, balls)
                if again is not None:
                    trial, found = other, again
                    break
    return found


def _simpler(number: float, others: set[float]) -> Iterator[float]:
    """Simpler numbers than one, the simplest first; those that occur at the point, and the power of two below it, which
    is of its size, among them."""
    size = float(np.ldexp(0.5, int(np.frexp(number)[1]))) if number else 0.0
    known = sorted({*others, *(-other for other in others), size, -size} - set(map(float, EASIEST)), key=effort)
    for other in (*map(float, EASIEST), *known[:_KNOWN]):
        if effort(other) < effort(number):
            yield other


@lru_cache(1 << 12)
def effort(number: float) -> int:
    """How hard a number is to compute with: large and broken ones are."""
    entry = Fraction(number)
    if entry in EASIEST:
        return EASIEST.index(entry)
    return 4 + abs(entry.numerator).bit_length() + 2 * entry.denominator.bit_length() + (entry < 0)
