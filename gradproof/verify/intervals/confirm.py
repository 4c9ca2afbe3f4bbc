"""One point, evaluated in enclosures: is a side provably different from the other there?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import S

from gradproof.derivations.calculus import (
    Different,
    Dim,
    Downstream,
    Equal,
    Negative,
    NonZero,
    Partial,
    Positive,
    Tensor,
    Untied,
    free_indices,
    fresh,
)
from gradproof.verify.claim import Claim
from gradproof.verify.downstream import as_read, described
from gradproof.verify.evaluation import Evaluator
from gradproof.verify.relations import holds
from gradproof.verify.verdict import Counterexample

from .arithmetic import Objects
from .balls import PRECISIONS, Balls, Ends
from .decimals import decimals
from .enclose import Sides, enclose
from .standins import StandIn

Values = dict[Tensor, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Trial:
    """A point: sizes, the free tensors (arrays of exact binary fractions, without batch axis), what stands for φ."""

    sizes: dict[Dim, int]
    values: Values
    standin: StandIn | None = None


def confirm(
    claim: Claim, trial: Trial, balls: Balls, precisions: tuple[int, ...] = PRECISIONS
) -> Counterexample | None:
    """The first place of the free indices at which the claim is provably false, with more bits until it is decided.

    None where both sides agree, where one is undefined, or where the last precision does not tell them apart.
    """
    for bits in precisions:
        with balls.precision(bits):
            found, undecided = _at_precision(claim, trial, balls)
        if found is not None or not undecided:
            return found
    return None


def _at_precision(claim: Claim, trial: Trial, balls: Balls) -> tuple[Counterexample | None, bool]:
    both = enclose(claim, trial.sizes, lambda tensor: trial.values[tensor][None], 1, trial.standin, balls)
    undecided = False
    for place in np.ndindex(both.left.shape[1:]):
        first, second = (balls.ends(side[(0, *place)]) for side in (both.left, both.right))
        if first is None or second is None:
            undecided = True  # undefined, or not sharp enough yet: more bits tell
            continue
        held = holds(claim.relation, first, second)
        if held:
            continue
        if held is None:
            undecided = True
        elif _selected(claim, both.evaluator, place, balls):
            return _counterexample(claim, trial, both, place, first, second), False
    return None, undecided


def _selected(claim: Claim, evaluator: Evaluator[Objects], place: tuple[int, ...], balls: Balls) -> bool:
    """Whether all conditions provably hold at this place; a condition on other indices must hold at all of theirs."""
    at = dict(zip(claim.indices, place, strict=True))
    for condition in claim.given:
        match condition:
            case Equal(first, second) | Different(first, second):
                if first in at and second in at and (at[first] == at[second]) is not isinstance(condition, Equal):
                    return False
            case Positive(expression) | Negative(expression) | NonZero(expression):
                others = tuple(free_indices(expression) - set(at))
                region = evaluator.value(expression, (*claim.indices, *others))
                sizes = [evaluator.point.sizes[index.dim] for index in (*claim.indices, *others)]
                everywhere = np.broadcast_to(region, (1, *sizes)).reshape(*sizes[: len(place)], -1)
                if not all(_in_region(condition, balls.ends(value)) for value in everywhere[place]):
                    return False
            case Untied(largest):
                at_any = fresh(largest.bound[0])
                others = tuple(free_indices(largest) - set(at))
                selected = evaluator.value(largest.selected(at_any), (*claim.indices, *others, at_any))
                sizes = [evaluator.point.sizes[index.dim] for index in (*claim.indices, *others, at_any)]
                everywhere = np.broadcast_to(selected, (1, *sizes)).reshape(*sizes[: len(place)], -1)
                if any(balls.ends(value) is None for value in everywhere[place]):
                    return False
    return True


def _in_region(condition: Positive | Negative | NonZero, ends: Ends | None) -> bool:
    if ends is None:
        return False
    match condition:
        case Positive():
            return ends[0] > 0
        case Negative():
            return ends[1] < 0
        case NonZero():
            return ends[0] > 0 or ends[1] < 0


def _counterexample(
    claim: Claim, trial: Trial, both: Sides, place: tuple[int, ...], left: Ends, right: Ends
) -> Counterexample:
    shown = sorted(set(both.asked) - _only_differentiated(claim), key=lambda tensor: str(tensor.name))
    known = described(claim.given)
    read = (as_read(tensor, both.asked[tensor][0], known) for tensor in shown)
    values: dict[str, Any] = {name: _as_text(array) for name, array in read}
    if trial.standin is not None:
        values |= {f"{name}(x)": trial.standin.said(name) for name in trial.standin.names}
    sizes = {str(dim.name): size for dim, size in trial.sizes.items()}
    indices = {str(index.name): at + 1 for index, at in zip(claim.indices, place, strict=True)}
    return Counterexample(sizes, indices, values, *decimals(left, right))


def _only_differentiated(claim: Claim) -> set[Tensor]:
    """Tensors downstream of which only the derivatives matter, such as a loss: their values say nothing to a reader."""
    entries = [condition.value for condition in claim.given if isinstance(condition, Downstream)]
    found = set()
    for entry in entries:
        partials = claim.lhs.atoms(Partial) | claim.rhs.atoms(Partial)
        alone = {part: S.Zero for part in partials if part.expression == entry}
        if not any(side.xreplace(alone).has(entry.tensor) for side in (claim.lhs, claim.rhs)):
            found.add(entry.tensor)
    return found


def _as_text(array: NDArray[np.float64]) -> Any:
    """Nested lists of exact fractions as text; a scalar is the text alone."""
    if array.ndim == 0:
        return str(Fraction(float(array)))
    return [_as_text(part) for part in array]
