"""A second opinion on raw claims at given sizes: plain recursion in 50 digits, derivatives by central differences.

It shares nothing with the prover: no preparation, no arrays, no dual numbers, no rule of differentiation.
"""

from __future__ import annotations

import itertools
import random
from typing import Any

import mpmath
from sympy import Abs, Add, Expr, Mul, Pow

from gradproof.derivations.calculus import (
    Applied,
    Condition,
    Delta,
    Dim,
    Domain,
    Downstream,
    Elementwise,
    Entry,
    Index,
    Largest,
    Partial,
    Selected,
    Sum,
    Tensor,
    free_indices,
)

mpmath.mp.dps = 50
STEP = mpmath.mpf(10) ** -12
#: Differences below are rounding (about 1e-26 in second derivatives), above they are real: slips start at 1e-6.
NEGLIGIBLE = mpmath.mpf(10) ** -15

FUNCTIONS = {
    "exp": mpmath.exp,
    "log": mpmath.log,
    "sigmoid": lambda v: 1 / (1 + mpmath.exp(-v)),
    "tanh": mpmath.tanh,
    "softplus": lambda v: mpmath.log(1 + mpmath.exp(v)),
    "xlogx": lambda v: v * mpmath.log(v) if v else mpmath.mpf(0),
    "relu": lambda v: max(v, mpmath.mpf(0)),
    "step": lambda v: mpmath.mpf(int(v > 0)),
    "sign": mpmath.sign,
    "log1p": lambda v: mpmath.log(1 + v),
    "expm1": mpmath.expm1,
    "erf": mpmath.erf,
}


class Oracle:
    """Values at one random point of the given sizes."""

    def __init__(
        self, sizes: dict[Dim, int], seed: int = 0, given: tuple[Condition, ...] = (), signed: bool = False
    ) -> None:
        self.sizes = sizes
        self.seed = seed
        self.signed = signed
        self.downstream = {c.value.tensor: c.through for c in given if isinstance(c, Downstream)}
        self._memo: dict[Any, Any] = {}
        self._data: dict[Tensor, dict[tuple[int, ...], Any]] = {}

    def largest(self, lhs: Expr, rhs: Expr) -> Any:
        """The largest |lhs − rhs| over all places of the free indices."""
        indices = sorted(free_indices(lhs) | free_indices(rhs), key=str)
        places = itertools.product(*[range(self.sizes[index.dim]) for index in indices])
        worst = mpmath.mpf(0)
        for choice in places:
            at = dict(zip(indices, choice, strict=True))
            worst = max(worst, abs(self.value(lhs, at) - self.value(rhs, at)))
        return worst

    def value(self, e: Expr, at: dict[Index, int], shifts: tuple[Any, ...] = ()) -> Any:
        key = (e, tuple((index, at[index]) for index in sorted(free_indices(e), key=str)), shifts)
        if key not in self._memo:
            self._memo[key] = self._value(e, at, shifts)
        return self._memo[key]

    def _value(self, e: Expr, at: dict[Index, int], shifts: tuple[Any, ...]) -> Any:
        if isinstance(e, Entry):
            return self._entry(e.tensor, tuple(at[index] for index in e.indices), shifts)
        if isinstance(e, Sum):
            ranges = [range(self.sizes[index.dim]) for index in e.bound]
            terms = (dict(zip(e.bound, choice, strict=True)) for choice in itertools.product(*ranges))
            return mpmath.fsum(self.value(e.body, at | term, shifts) for term in terms)
        if isinstance(e, (Largest, Selected)):
            index = e.bound[0]
            found = [self.value(e.body, at | {index: place}, shifts) for place in range(self.sizes[index.dim])]
            wanted = sorted(found, reverse=True)[e.rank - 1]
            if isinstance(e, Largest):
                return wanted
            if found.count(wanted) > 1:
                raise ValueError("a tie, at which no place is selected")
            return mpmath.mpf(found[at[e.at]] == wanted)
        if isinstance(e, Delta):
            return mpmath.mpf(int(at[e.args[0]] == at[e.args[1]]))
        if isinstance(e, Dim):
            return mpmath.mpf(self.sizes[e])
        if isinstance(e, Partial):
            place = (e.by.tensor, tuple(at[index] for index in e.by.indices))
            up, down = ((*shifts, (place, sign * STEP)) for sign in (1, -1))
            return (self.value(e.expression, at, up) - self.value(e.expression, at, down)) / (2 * STEP)
        if isinstance(e, Add):
            return mpmath.fsum(self.value(part, at, shifts) for part in e.args)
        if isinstance(e, Mul):
            return mpmath.fprod(self.value(part, at, shifts) for part in e.args)
        if isinstance(e, Pow):
            return self.value(e.base, at, shifts) ** self.value(e.exp, at, shifts)
        if isinstance(e, Applied):
            # One activation for all: sin(1.3 x + 0.2) and its derivatives.
            rate = mpmath.mpf("1.3")
            inner = rate * self.value(e.argument, at, shifts) + mpmath.mpf("0.2")
            return rate**e.order * mpmath.sin(inner + e.order * mpmath.pi / 2)
        if isinstance(e, (Elementwise, Abs)):
            inner = self.value(e.args[0], at, shifts)
            return abs(inner) if isinstance(e, Abs) else FUNCTIONS[type(e).__name__](inner)
        return mpmath.mpf(e.p) / e.q if e.is_Rational else mpmath.mpf(str(e.evalf(50)))

    def _entry(self, tensor: Tensor, places: tuple[int, ...], shifts: tuple[Any, ...]) -> Any:
        moved = mpmath.fsum(step for place, step in shifts if place == (tensor, places))
        if tensor in self.downstream:
            return moved + (1 + sum(places)) * self._loss(self.downstream[tensor], shifts)
        if tensor.definition is not None:
            formal, body = tensor.definition
            return moved + self.value(body, dict(zip(formal, places, strict=True)), shifts)
        if tensor not in self._data:
            self._data[tensor] = self._drawn(tensor)
        return moved + self._data[tensor][places]

    def _loss(self, through: tuple[Tensor, ...], shifts: tuple[Any, ...]) -> Any:
        """Some loss: Σ a c + b c² + (Σ c)³ with other a and b everywhere."""
        result = total = mpmath.mpf(0)
        for tensor in through:
            for number, places in enumerate(self._places(tensor)):
                value = self._entry(tensor, places, shifts)
                result += (number + 2) * value / 7 + (number + 1) * value**2 / 5
                total += value
        return result + total**3 / 9

    def _places(self, tensor: Tensor) -> list[tuple[int, ...]]:
        return list(itertools.product(*[range(self.sizes[dim]) for dim in tensor.dims]))

    def _drawn(self, tensor: Tensor) -> dict[tuple[int, ...], Any]:
        drawn = random.Random(f"{self.seed} {tensor.name}")
        places = self._places(tensor)
        if tensor.domain is Domain.BINARY:
            return {place: mpmath.mpf(drawn.randrange(2)) for place in places}
        values = {place: mpmath.mpf(drawn.randrange(200, 1800)) / 1000 for place in places}
        if self.signed and tensor.domain is Domain.REAL:
            return {place: value * drawn.choice((-1, 1)) for place, value in values.items()}
        if tensor.domain is Domain.UNIT:
            return {place: value / 2 for place, value in values.items()}
        if tensor.domain.sums_to_one:
            rows: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
            for place in places:
                rows.setdefault(place[:-1], []).append(place)
            for row in rows.values():
                hot = drawn.choice(row)
                total = sum(values[place] for place in row)
                for place in row:
                    one_hot = tensor.domain is Domain.ONE_HOT
                    values[place] = mpmath.mpf(int(place == hot)) if one_hot else values[place] / total
        return values
