"""Two forms of one function at points: what each gives in a dtype, against the exact value."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from sympy import Expr

from gradproof.derivations.calculus import Condition, Dim, Index, Relation, Tensor
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Point
from gradproof.verify.intervals.balls import Balls, best_balls
from gradproof.verify.numeric.points import dims_of, expressions_of

from .arithmetic import computed
from .errors import Outcome, judged
from .exact import SHARPNESS, evaluated, reader, selected
from .formats import Format
from .points import Values, draw

#: At so many points of a sample it is tried whether the two forms are proved different.
COMPARED = 50


class DifferentFormsError(ValueError):
    """The two forms are proved different at a point: a table of their errors would say nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one form gave: the error in ulps at each point, and what became of each result."""

    errors: NDArray[np.float64]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two forms of one function, where they are said to be equal, and the size at which they are measured."""

    naive: Expr
    stable: Expr
    given: tuple[Condition, ...] = ()
    size: int = 4
    balls: Balls = field(default_factory=best_balls)

    @property
    def claim(self) -> Claim:
        return Claim("stability", self.naive, Relation.EQUAL, self.stable, self.given)

    @property
    def axes(self) -> tuple[Index, ...]:
        return self.claim.indices

    @property
    def sizes(self) -> dict[Dim, int]:
        return dict.fromkeys(dims_of(self.claim), self.size)

    @property
    def data(self) -> tuple[Tensor, ...]:
        """The tensors that are given, by name; the others have a definition."""
        found = {tensor for side in expressions_of(self.claim) for tensor in side.atoms(Tensor)}
        return tuple(sorted((t for t in found if t.definition is None), key=lambda t: str(t.name)))

    def drawn(self, count: int, dtype: Format, seed: int) -> Values:
        """Of `count` points those at which the conditions hold. Raises ValueError if there are none."""
        values = {tensor: draw(tensor, self.sizes, count, dtype, seed) for tensor in self.data}
        if not values:
            raise ValueError("both forms are constants; there is nothing to vary")
        mask = selected(self.given, self.sizes, values, self.balls)
        if not mask.any():
            raise ValueError(f"none of {count} points of {dtype.name} satisfies the conditions")
        return picked(values, np.flatnonzero(mask))

    def exact(self, values: Values, dtype: Format, naive: bool = False) -> NDArray[np.object_]:
        """The exact results, shape (points, components); None where no precision was enough."""
        form = self.naive if naive else self.stable
        found = evaluated(form, self.axes, self.sizes, values, self.balls, reader(self.balls, dtype))
        return found.reshape(len(found), -1)

    def seen(self, form: Expr, values: Values, exact: NDArray[np.object_], dtype: Format) -> Seen:
        """What a form gives where the exact results are known."""
        point = Point(self.sizes, lambda tensor: values[tensor])
        shape = (len(exact), *(self.sizes[axis.dim] for axis in self.axes))
        results = np.broadcast_to(computed(form, self.axes, point, dtype), shape).reshape(exact.shape)
        judgements = [judged(one.tolist(), right.tolist(), dtype) for one, right in zip(results, exact, strict=True)]
        return Seen(np.array([error for error, _ in judgements]), tuple(outcome for _, outcome in judgements))

    def require_equal(self, values: Values, exact: NDArray[np.object_], dtype: Format) -> None:
        """Raises DifferentFormsError if the forms are proved different at one of the first points."""
        few = np.arange(min(COMPARED, len(exact)))
        others = self.exact(picked(values, few), dtype, naive=True)
        for number in few:
            for one, other in zip(exact[number], others[number], strict=True):
                if one is not None and other is not None and _apart(one, other, dtype):
                    where = shown(picked(values, few), int(number))
                    raise DifferentFormsError(
                        f"at {where} the naive form is {float(other):.6g} and the stable one {float(one):.6g}"
                    )


def _apart(first: Fraction, second: Fraction, dtype: Format) -> bool:
    """Whether two numbers are further apart than both readings can be off."""
    return abs(first - second) > SHARPNESS * (dtype.ulp(first) + dtype.ulp(second))


def picked(values: Values, which: NDArray[np.intp]) -> Values:
    """Some points of a sample."""
    return {tensor: array[which] for tensor, array in values.items()}


def shown(values: Values, place: int) -> str:
    """A point in words, with six digits of each entry: "x = 709.783, y = 1", "z = (0, 1.5)"."""
    return ", ".join(f"{tensor.name} = {_entries(array[place])}" for tensor, array in values.items())


def _entries(array: NDArray[np.float64]) -> str:
    return f"({', '.join(map(_entries, array))})" if array.ndim else f"{float(array):.6g}".replace("-", "−")
