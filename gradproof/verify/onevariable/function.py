"""The difference of the two sides of a claim as a function of one variable, without kinks, and its enclosures."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from sympy import Expr, Rational, S

from gradproof.derivations.calculus import Dim, Entry, Partial, Positive, Sum, Tensor, definitions_in, step

from ..claim import Claim
from ..evaluation import Evaluator, Point, Unsupported
from ..exact.context import Context
from ..exact.prepare import prepared
from ..exact.proof import Differs, Search
from ..intervals.arithmetic import BallArithmetic
from ..intervals.balls import Balls, Ends
from .domain import Range, range_of, root

#: Derivatives up to this order are looked at where the function is 0.
HIGHEST = 4
_WORK = 10**8


@dataclass(frozen=True, slots=True)
class Piece:
    """A function that has all its derivatives between two kinks; None is infinite."""

    function: Expr
    variable: Entry
    low: Fraction | None
    high: Fraction | None


def pieces(claim: Claim) -> tuple[Range, list[Piece]]:
    """The larger side minus the smaller one, from kink to kink. Raises Unsupported for claims of another kind.

    The proof's own preparation writes it with exp, log and step functions and carries out derivatives.
    """
    larger, smaller = claim.relation.larger(claim.lhs, claim.rhs)
    _require_known(claim)
    known = frozenset(condition.expression for condition in claim.given if isinstance(condition, Positive))
    context = Context(uses=claim.uses, known=known, carried_out=True)
    function = prepared(larger - smaller, context)
    entries = {entry for side in (larger, smaller) for entry in prepared(side, context).atoms(Entry)}
    if function.atoms(Sum, Dim, Partial) or any(entry.indices for entry in entries):
        raise Unsupported("an inequality in more than one variable")
    variables = entries | {e for c in claim.given for e in getattr(c, "expression", S.Zero).atoms(Entry)}
    if len(variables) != 1:
        raise Unsupported(f"an inequality in {len(variables)} variables, not in one")
    (variable,) = variables
    where = range_of(variable, claim.given)
    return where, list(_between_kinks(function, variable, where))


def _require_known(claim: Claim) -> None:
    """A defined tensor that may not be unfolded is data; that its domain is true of it is for other methods."""
    tensors = [tensor for side in (claim.lhs, claim.rhs) for tensor in definitions_in(side)]
    if claim.uses is not None and not set(tensors) <= set(claim.uses):
        raise Unsupported("a defined quantity is taken for arbitrary data")


def _between_kinks(function: Expr, variable: Entry, where: Range) -> Iterator[Piece]:
    kinks = {part.argument: root(part.argument, variable) for part in function.atoms(step)}
    inside = sorted({zero for _, zero in kinks.values() if zero in Range(where.low, where.high)})
    ends = [where.low, *inside, where.high]
    for low, high in itertools.pairwise(ends):
        sides = {}
        for argument, (slope, zero) in kinks.items():
            right = low is not None and low >= zero
            sides[step(argument)] = S.One if right == (slope > 0) else S.Zero
        yield Piece(function.xreplace(sides), variable, low, high)


class Enclosures:
    """Enclosures of a function and its derivatives over intervals, and whether they are 0 at a point, exactly."""

    def __init__(self, piece: Piece, balls: Balls, seed: int) -> None:
        self.balls = balls
        self.seed = seed
        self.variable = piece.variable
        self.orders = [piece.function]
        for _ in range(HIGHEST):
            self.orders.append(Partial(self.orders[-1], piece.variable))
        self.bound = 0.0
        self._zero: dict[tuple[Fraction, int], bool] = {}

    def value(self, order: int, low: Fraction, high: Fraction) -> Any:
        """An enclosure of the derivative of this order (0: of the function) over all of an interval."""
        where = np.empty((1,), dtype=object)
        where[0] = self.balls.between(low, high)
        evaluator: Evaluator[Any] = Evaluator(BallArithmetic(self.balls), Point({}, lambda tensor: where))
        return np.ravel(evaluator.value(self.orders[order]))[0]

    def ends(self, order: int, low: Fraction, high: Fraction) -> Ends | None:
        return self.balls.ends(self.value(order, low, high))

    def near_middle(self, low: Fraction, high: Fraction) -> Ends | None:
        """The function over an interval from its value in the middle and its slope: f(m) + f′(X)(X − m)."""
        middle = (low + high) / 2
        away = self.balls.between(low - middle, high - middle)
        return self.balls.ends(self.value(0, middle, middle) + self.value(1, low, high) * away)

    def is_zero(self, order: int, at: Fraction) -> bool:
        """Whether a derivative is exactly 0 at a rational point, by the proof for every size."""
        key = (at, order)
        if key not in self._zero:
            ends = self.ends(order, at, at)
            self._zero[key] = ends is not None and ends[0] <= 0 <= ends[1] and self._proved(order, at)
        return self._zero[key]

    def _proved(self, order: int, at: Fraction) -> bool:
        fixed = Tensor(f"{self.variable.tensor.name} at {at}", definition=((), Rational(at.numerator, at.denominator)))
        place = Entry(fixed)
        expression = self.orders[0].xreplace({self.variable: place})
        for _ in range(order):
            expression = Partial(expression, place)
        search = Search(expression, (), None, self.seed, f"{order} at {at}", _WORK)
        try:
            search.run()
        except (Differs, Unsupported):
            return False
        self.bound += search.bound
        return True
