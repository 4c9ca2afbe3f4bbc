"""Bounded numerical evidence for a comparison whose code could not be read, or not wholly decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Dim, Domain
from gradproof.verify.autograd.graph.shapes import described
from gradproof.verify.numeric.agreement import FEWEST, VISIBLE
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Evidence, Sharpness, Verdict

from .checked import Difference
from .comparison import Comparison
from .differences import first_derivative, rounding_of, second_derivative
from .settings import Setting, settings, sizes_of

Array = NDArray[Any]
METHODS = ("comparison of numbers", "finite differences", "finite differences of second order")
#: Points for each choice of sizes and labels, and choices of labels that are tried at one choice of sizes.
POINTS, CHOICES = 6, 3
#: How often new points are drawn where too few of them say something.
_ROUNDS = 6
#: With so many places that say something, one more point for each choice is enough.
_PLENTY = 2 * FEWEST
#: Functions of libraries that stand in code which cannot be read are taken to be right, slopes included, to this part
#: of the largest number that comes out: of Torch's J₀ and J₁ one is the slope of the other up to 1e-9 only.
LIBRARY = 2.0**-27
#: How far away the neighbours lie at which a disagreement must be seen again: a kink disagrees at one point only.
_NEARBY = 2.0**-9
#: Real arguments are drawn with so many digits after the point.
_DIGITS = 3


@dataclass(slots=True)
class Sampled:
    """What was seen: places looked at, those that say something, the worst of them, and where both sides differ."""

    comparison: Comparison
    seed: int
    drawn: int = 0
    worst: float = 0.0
    slips: list[float] = field(default_factory=list)
    sizes: list[dict[Dim, int]] = field(default_factory=list)
    points: int = 0
    problem: str = ""
    disagreeing: list[Difference] = field(default_factory=list)

    @property
    def different(self) -> int:
        """At how many points both sides differ."""
        return len({str(one.arguments) for one in self.disagreeing})

    @property
    def difference(self) -> Difference | None:
        return self.disagreeing[0] if self.disagreeing else None

    def evidence(self) -> Evidence:
        """AGREES, VACUOUS with too few places, or UNDECIDED with a worst error above 1 where numbers disagree."""
        dims = tuple(self.sizes[0]) if self.sizes else ()
        scope = "; ".join(filter(None, (described(dims, self.sizes), f"{self.points} points, float64")))
        verdict, detail = Verdict.AGREES, ""
        if self.disagreeing:
            verdict, detail = Verdict.UNDECIDED, f"a candidate for a counterexample: {self.disagreeing[0].place}"
        elif len(self.slips) < FEWEST:
            verdict = Verdict.VACUOUS
            detail = self.problem or f"{len(self.slips)} places of {self.drawn} say something, fewer than {FEWEST}"
        return Evidence(
            METHODS[self.comparison.order],
            verdict,
            scope,
            detail,
            drawn=self.drawn,
            effective=len(self.slips),
            worst=self.worst,
            sharpness=Sharpness(*np.quantile(self.slips, (0.5, 0.9)).tolist()) if self.slips else None,
            seed=self.seed,
            device="cpu",
            versions={"numpy": np.__version__},
        )


def sample(comparison: Comparison, seed: int) -> Sampled:
    """Compares at drawn points, the smallest sizes first, until enough of them say something.

    Stops once a disagreement is seen at two points.
    """
    found = Sampled(comparison, seed)
    for turn in range(_ROUNDS):
        for sizes in sizes_of(comparison.descriptions):
            _at_sizes(found, sizes, turn)
            if found.different > 1:
                return found
        if len(found.slips) >= FEWEST or not found.points:
            break
    if found.different:
        found.disagreeing.clear()  # one point may be an accident of rounding
        found.worst = min(found.worst, 1.0)
    return found


def _at_sizes(found: Sampled, sizes: dict[Dim, int], turn: int) -> None:
    """Some points at these sizes, for some choices of labels; other ones in each turn."""
    for number, setting in enumerate(settings(found.comparison.descriptions, sizes)[:CHOICES]):
        for point in range(1 if len(found.slips) >= _PLENTY else POINTS):
            rng = np.random.default_rng([found.seed, *sizes.values(), number, turn * POINTS + point])
            try:
                _at_point(found, setting, rng)
            except (ArithmeticError, ValueError, IndexError, TypeError) as problem:
                found.problem = f"the code raises {type(problem).__name__}: {problem}"
                return
            found.points += 1
            if sizes not in found.sizes:
                found.sizes.append(sizes)
            if found.different > 1:
                return


def _at_point(found: Sampled, setting: Setting, rng: np.random.Generator) -> None:
    comparison = found.comparison
    arguments = {name: _readable(array, setting, name) for name, array in setting.drawn(rng, Mode.NORMAL).items()}
    for name, at, claimed, value, error in _compared(comparison, setting, arguments):
        found.drawn += 1
        if not (np.isfinite(claimed) and np.isfinite(value) and np.isfinite(error)):
            continue
        excess = abs(claimed - value) / error if error else 0.0 if claimed == value else np.inf
        if excess > 1 and not _persists(comparison, setting, arguments, name, at, rng):
            continue
        found.worst = max(found.worst, float(excess))
        size = min(abs(claimed), abs(value))
        if excess > 1:
            where = {str(dim.name): size for dim, size in setting.sizes.items()}
            texts = (f"{claimed:.12g}", f"{value:.12g} ± {error:.1g}")
            found.disagreeing.append(Difference(comparison.place(name, at), where, arguments, *texts))
        elif size and 2 * error / size <= VISIBLE:
            found.slips.append(float(2 * error / size))


def _readable(array: Array, setting: Setting, name: str) -> Array:
    """Real numbers with few digits, so that a person can follow; others keep their domain as they are."""
    return np.round(array, _DIGITS) if setting.descriptions[name].domain is Domain.REAL else array


def _compared(
    comparison: Comparison, setting: Setting, arguments: Mapping[str, Array]
) -> Iterator[tuple[str, tuple[int, ...], float, float, float]]:
    """Every place: the argument by which, the index, what is claimed, what it should be, and the error of both."""
    function = comparison.values(arguments, setting)
    for name, array in comparison.claims(arguments, setting, function.shape).items():
        for code, returned in ((comparison.function, function), (comparison.claimed, array)):
            if returned.dtype != np.float64:
                raise TypeError(f"{code.name} returns {returned.dtype} for arguments of float64, which is too rough")
        values, errors = _expected(comparison, setting, arguments, name, function)
        moved = rounding_of(partial(_claimed, comparison, setting, name, function.shape), dict(arguments))
        moved = moved + LIBRARY * np.max(np.abs([*array.flat, *values.flat]), initial=0.0)
        for at in np.ndindex(array.shape):
            yield name, at, float(array[at]), float(values[at]), float(errors[at] + moved[at])


def _claimed(
    comparison: Comparison, setting: Setting, by: str, shape: tuple[int, ...], /, **arguments: Array
) -> Array:
    return comparison.claims(arguments, setting, shape)[by]


def _function(comparison: Comparison, setting: Setting, /, **arguments: Array) -> Array:
    return comparison.values(arguments, setting)


def _expected(
    comparison: Comparison, setting: Setting, arguments: Mapping[str, Array], name: str, function: Array
) -> tuple[Array, Array]:
    """What should be claimed, and its error."""
    if not comparison.order:
        return function, rounding_of(partial(_function, comparison, setting), dict(arguments))

    def value(moved: Array) -> Array:
        return comparison.values({**arguments, name: moved}, setting)

    at = np.asarray(arguments[name], dtype=np.float64)
    values = np.empty(function.shape + at.shape * comparison.order)
    errors = np.empty(values.shape)
    for outer in np.ndindex(at.shape * comparison.order):
        steps = tuple(comparison.steps(outer))
        place = (..., *outer)
        if comparison.order == 1:
            values[place], errors[place] = first_derivative(value, at, steps[0])
        else:
            values[place], errors[place] = second_derivative(value, at, steps[0], steps[1])
    return values, errors


def _persists(
    comparison: Comparison,
    setting: Setting,
    arguments: Mapping[str, Array],
    name: str,
    at: tuple[int, ...],
    rng: np.random.Generator,
) -> bool:
    """Whether a place disagrees at neighbours of a point as well."""
    for _ in range(2):
        near = {
            other: array * (1 + _NEARBY * rng.uniform(-1, 1, np.shape(array))) if other in setting.symbols else array
            for other, array in arguments.items()
        }
        for here, place, claimed, value, error in _compared(comparison, setting, near):
            if (here, place) == (name, at) and not abs(claimed - value) > error:
                return False
    return True
