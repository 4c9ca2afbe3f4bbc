"""A worked numeric example: the formula, a central finite difference and Torch's autograd at one point.

The formula is enclosed in balls, so that every decimal that is shown is certain. The finite difference and Torch are
given the forward expression only.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Applied, Condition, Derivation, Dim, Downstream, Partial, Tensor, Untied
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Point, Unsupported
from gradproof.verify.intervals.balls import PRECISIONS, best_balls
from gradproof.verify.intervals.enclose import enclose
from gradproof.verify.intervals.refute import readable
from gradproof.verify.numeric import bounded
from gradproof.verify.numeric.agreement import pointless, right_side
from gradproof.verify.numeric.bounded import Bounded
from gradproof.verify.numeric.points import Sample, dims_of, expressions_of
from gradproof.verify.strategies import Mode

from .differences import central

#: Decimals that are shown: fewer than those to which central differences in float64 are right where values are about
#: one, of a first derivative and of a second one.
DECIMALS, DECIMALS_OF_SECOND = 8, 6
#: Points that are drawn to choose a readable one from, and how many of these are tried.
_DRAWN, _TRIED = 200, 40
#: At most so many values are shown.
_MOST_PLACES = 9


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the result: where (indices from 1), and its value as each way finds it; empty where one does not."""

    at: tuple[int, ...]
    formula: str
    difference: str
    torch: str


@dataclass(frozen=True, slots=True)
class Example:
    """A point (sizes, values of tensors as nested lists of exact numbers) with every entry of the result there.

    indices    the names of the free indices, in the order of `Place.at`
    value      what is differentiated, where it is a number; else empty
    """

    sizes: dict[str, int]
    values: dict[str, Any]
    indices: tuple[str, ...]
    value: str
    places: tuple[Place, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Example:
        """The example that `to_json` wrote; raises KeyError or TypeError for anything else."""
        places = tuple(Place(tuple(p["at"]), p["formula"], p["difference"], p["torch"]) for p in data["places"])
        return cls(dict(data["sizes"]), dict(data["values"]), tuple(data["indices"]), data["value"], places)


def worked_example(derivation: Derivation, seed: int = 0) -> Example | None:
    """An example for a derivative that can be evaluated at a point; None for others, as where the loss is any loss."""
    statement = derivation.statement
    if not isinstance(statement, Partial) or not all(map(_concrete, derivation.given)):
        return None
    given = tuple(condition for condition in derivation.given if not isinstance(condition, Downstream))
    claim = Claim(f"{derivation.name}:example", statement, derivation.relation, derivation.result, given)
    if pointless(claim) or any(part.has(Applied) for part in expressions_of(claim)):
        return None
    try:
        return _at_a_point(claim, _sizes(claim), seed)
    except Unsupported:  # nothing is shown of what cannot be evaluated
        return None


def _concrete(condition: Condition) -> bool:
    """Whether a condition can be met by choosing numbers: a loss that may be any loss has none."""
    if isinstance(condition, Downstream):
        return condition.value.tensor.definition is not None
    return not isinstance(condition, Untied)


def _sizes(claim: Claim) -> dict[Dim, int]:
    """3 for a vector alone, else sizes that leave the result small and are different from each other."""
    dims = dims_of(claim)
    axes = [index.dim for index in claim.indices]
    if len(dims) == 1:
        return {dims[0]: 3 if 3 ** len(axes) <= _MOST_PLACES else 2}
    sizes = {dim: (2, 3)[place % 2] for place, dim in enumerate(dims)}
    while math.prod(sizes[dim] for dim in axes) > _MOST_PLACES:
        sizes[max(axes, key=lambda dim: sizes[dim])] = 2
        if set(sizes.values()) == {2}:
            break
    return sizes


def _at_a_point(claim: Claim, sizes: dict[Dim, int], seed: int) -> Example | None:
    sample = Sample(sizes, Mode.SMALL, _DRAWN, (seed, 0))
    point: Point[Bounded] = Point(sizes, lambda tensor: bounded.exact(sample.values(tensor)))
    value, selected = right_side(claim, point)
    shape = (_DRAWN, *(sizes[index.dim] for index in claim.indices))
    usable = np.broadcast_to(selected & value.finite, shape).reshape(_DRAWN, -1).all(axis=1)
    telling = np.broadcast_to(value.value != 0, shape).reshape(_DRAWN, -1).any(axis=1)
    for tensor in sorted(_given(claim), key=lambda tensor: str(tensor.name)):
        telling &= (sample.values(tensor) != 0).reshape(_DRAWN, -1).any(axis=1)  # at 0 much is true that is wrong
    zeros = np.broadcast_to(value.value == 0, shape).reshape(_DRAWN, -1).sum(axis=1)
    readable_points = readable(sample, np.flatnonzero(usable & telling))[:_TRIED]
    for place in sorted(readable_points, key=lambda point: int(zeros[point])):
        values = {tensor: np.asarray(array[place]) for tensor, array in sample.drawn.items()}
        found = _example(claim, sizes, values)
        if found is not None:
            return found
    return None


def _given(claim: Claim) -> set[Tensor]:
    """The tensors that have to have values."""
    return {t for part in expressions_of(claim) for t in part.atoms(Tensor) if t.definition is None}


def _example(claim: Claim, sizes: dict[Dim, int], values: dict[Tensor, NDArray[np.float64]]) -> Example | None:
    decimals = DECIMALS_OF_SECOND if claim.lhs.expression.has(Partial) else DECIMALS
    formula = _certain(claim, sizes, values, decimals)
    if formula is None:
        return None
    differences = central(claim.lhs, claim.indices, sizes, values)
    on_torch = _torch(claim, sizes, values)
    places = tuple(
        Place(
            tuple(place + 1 for place in at),
            str(formula[at]),
            rounded(float(differences[at]), decimals) if differences is not None else "",
            rounded(float(on_torch[at]), decimals) if on_torch is not None else "",
        )
        for at in np.ndindex(formula.shape)
    )
    shown = {str(tensor.name): _as_text(array) for tensor, array in values.items()}
    return Example(
        {str(dim.name): size for dim, size in sizes.items()},
        dict(sorted(shown.items())),
        tuple(str(index.name) for index in claim.indices),
        _value(claim, sizes, values),
        places,
    )


def _certain(
    claim: Claim, sizes: dict[Dim, int], values: dict[Tensor, NDArray[np.float64]], decimals: int
) -> NDArray[np.object_] | None:
    """The right side at every place, rounded to so many decimals; None where more bits do not make them certain."""
    balls = best_balls()
    for bits in PRECISIONS[1:3]:
        with balls.precision(bits):
            both = enclose(claim, sizes, lambda tensor: values[tensor][None], 1, None, balls)
            found = np.empty(both.right.shape[1:], dtype=object)
            for place in np.ndindex(found.shape):
                ends = balls.ends(both.right[(0, *place)])
                texts = {decimal(end, decimals) for end in ends} if ends is not None else set()
                found[place] = texts.pop() if len(texts) == 1 else None
        if all(text is not None for text in found.flat):
            return found
    return None


def _value(claim: Claim, sizes: dict[Dim, int], values: dict[Tensor, NDArray[np.float64]]) -> str:
    """What is differentiated, if it is one number."""
    inside = claim.lhs.expression
    about = Claim(claim.name, inside, claim.relation, inside)
    found = None if about.indices or inside.atoms(Partial) else _certain(about, sizes, values, DECIMALS)
    return str(found[()]) if found is not None else ""


def _torch(
    claim: Claim, sizes: dict[Dim, int], values: dict[Tensor, NDArray[np.float64]]
) -> NDArray[np.float64] | None:
    """What Torch's autograd finds in float64; None where Torch is missing or has no value for the expression."""
    from gradproof.verify.autograd.oracle import unavailable

    if unavailable("cpu"):
        return None
    import torch

    from gradproof.verify.autograd.computations import inputs_of, statement

    try:
        inputs = {str(t.name): torch.from_numpy(np.ascontiguousarray(values[t][None])) for t in inputs_of(claim)}
        found = statement(claim, sizes, 1, "cpu", torch.float64)(inputs).detach().numpy()
    except (Unsupported, KeyError):
        return None
    return np.array(np.broadcast_to(found, (1, *(sizes[index.dim] for index in claim.indices)))[0])


def decimal(number: Fraction, decimals: int) -> str:
    """A number rounded to so many places."""
    whole = round(number * 10**decimals)
    digits = f"{abs(whole):0{decimals + 1}d}"
    sign = "−" if whole < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def rounded(number: float, decimals: int) -> str:
    """A float as `decimal` writes it; what is no number as a dash."""
    return decimal(Fraction(float(number)), decimals) if math.isfinite(number) else "–"


def _as_text(array: NDArray[np.float64]) -> Any:
    """Nested lists of exact fractions as text; a scalar is the text alone."""
    return str(Fraction(float(array))) if array.ndim == 0 else [_as_text(part) for part in array]
