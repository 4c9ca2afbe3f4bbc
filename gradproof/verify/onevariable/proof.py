"""The cover: half-lines by their asymptotics, zeros by a derivative that is not 0, everything else by enclosures.

On a closed interval around a zero x0 at which the derivatives below order k are 0, exactly, the function is
f⁽ᵏ⁾(ξ)(x − x0)ᵏ/k! for a ξ between x0 and x (Taylor, Lagrange's remainder): its sign follows from an enclosure of f⁽ᵏ⁾
over the interval. What is not proved is halved.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from sympy import Rational, S

from ..asymptotics import Germs, NotYet, Tail
from ..claim import Claim
from ..evaluation import Unsupported
from ..intervals.balls import Balls, best_balls
from ..work import work_limit
from .domain import Range, readable, simplest
from .function import HIGHEST, Enclosures, Piece, pieces

BITS = 96
#: How far out, and how near to an end, a half-line may have to begin.
STARTS = tuple(Fraction(2) ** power for power in (2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 30, 40, 50))
#: Where a counterexample is looked for before anything is proved.
FIRST_LOOKS = tuple(
    Fraction(text) for text in ["0", "1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3", "1/4", "3/4", "10", "-10"]
)
MOST_INTERVALS = 2000
#: An interval that is narrower than this is not halved again.
NARROWEST = Fraction(1, 2**40)
#: An end that is finite needs no half-line if the function has an enclosure over so much beside it.
BESIDE = Fraction(1, 1024)
#: Zeros are looked for in intervals that are not wider than this.
NEAR = Fraction(1, 2)
#: Steps of work that a cover may take.
_WORK = 10**10


@dataclass(frozen=True, slots=True)
class Cover:
    """A finished cover of the range: the function is positive everywhere, but for its `zeros` and where it is `flat`.

    flat     intervals over which the function is 0
    bound    the probability that a zero is none
    """

    where: Range
    intervals: int
    zeros: tuple[Fraction, ...]
    flat: tuple[Range, ...]
    bound: float


class Violated(Exception):  # noqa: N818 - an answer
    """The function is negative over an interval, at `at` among others, which is in the range."""

    def __init__(self, at: Fraction) -> None:
        super().__init__(f"the function is negative at {at}")
        self.at = at


@lru_cache(maxsize=1 << 8)
def cover_of(claim: Claim, seed: int) -> Cover:
    """A cover by which the larger side of a claim is nowhere below the smaller one.

    Raises Violated where it is below, Unsupported with the reason where no cover was found.
    """
    where, parts = pieces(claim)
    balls = best_balls()
    with balls.precision(BITS), work_limit(_WORK):
        searches = [_Search(part, where, balls, seed) for part in parts]
        for search in searches:
            search.run()
    zeros = sorted({zero for search in searches for zero in search.zeros if zero in where})
    flat = [Range(search.piece.low, search.piece.high, where.without) for search in searches if search.flat]
    intervals = sum(search.intervals for search in searches)
    return Cover(where, intervals, tuple(zeros), tuple(flat), sum(search.enclosures.bound for search in searches))


class _Search:
    """The cover of one piece."""

    def __init__(self, piece: Piece, where: Range, balls: Balls, seed: int) -> None:
        self.piece = piece
        self.where = where
        self.balls = balls
        self.enclosures = Enclosures(piece, balls, seed)
        self.intervals = 0
        self.zeros: set[Fraction] = set()
        self.flat = piece.function == 0

    def run(self) -> None:
        """Covers the piece; raises Violated, or Unsupported with the reason why there is no cover."""
        if self.flat:
            self.intervals = 1
            return
        self._look()
        low, high = self._begin(self.piece.low, 1), self._begin(self.piece.high, -1)
        if low < high:
            self._cover(low, high)

    def _look(self) -> None:
        """Raises Violated if the function is negative at a number that is easy to follow."""
        own = Range(self.piece.low, self.piece.high)
        for at in FIRST_LOOKS:
            ends = self.enclosures.ends(0, at, at) if at in own and at in self.where else None
            if ends is not None and ends[1] < 0:
                raise Violated(at)

    def _begin(self, end: Fraction | None, side: int) -> Fraction:
        """Where the half-line at an end stops; the end itself if it is finite and enclosures do for it."""
        if end is None:
            return self._half_line(end, side)
        if self.enclosures.ends(0, *sorted((end, end + side * BESIDE))) is not None:
            return end
        last = self._half_line(end, side)
        if end in self.where:  # a kink
            ends = self.enclosures.ends(0, end, end)
            if self.enclosures.is_zero(0, end):
                self.zeros.add(end)
            elif ends is None or ends[0] <= 0:
                raise Unsupported(f"which side is larger at {end} is not clear")
        return last

    def _half_line(self, end: Fraction | None, side: int) -> Fraction:
        target = Rational(end.numerator, end.denominator) if end is not None else -side * S.Infinity
        germs = Germs.near(self.piece.variable, target, side)
        function = germs.plain(self.piece.function)
        for start in STARTS:
            try:
                sign = Tail(germs, start, self.balls, BITS).sign(function)
            except NotYet:
                continue
            last, further = (-side * s if end is None else end + side / s for s in (start, 2 * start))
            if sign < 0:
                self._violated(*sorted((last, further)))
            self.intervals += 1
            return last
        raise Unsupported(f"the sign near {target} is not clear as far as it was followed")

    def _violated(self, low: Fraction, high: Fraction) -> None:
        """Raises Violated with a number of the range in an interval over which the function is negative."""
        at = readable(self.where, low, high)
        if at is None:
            raise Unsupported(f"the relation does not hold near {low}, which is at the edge of the range")
        raise Violated(at)

    def _cover(self, low: Fraction, high: Fraction) -> None:
        left = [(low, high)]
        while left:
            start, stop = left.pop()
            if self._proved(start, stop):
                self.intervals += 1
                continue
            if self.intervals + len(left) > MOST_INTERVALS or stop - start < NARROWEST:
                raise Unsupported(f"the sides are too close to each other near {float(start):.6g}")
            middle = _between(start, stop)
            left += [(middle, stop), (start, middle)]

    def _proved(self, low: Fraction, high: Fraction) -> bool:
        at = simplest(low, high)
        here = self.enclosures.ends(0, at, at)
        if here is not None and here[1] < 0 and at in self.where:
            raise Violated(at)
        for ends in (self.enclosures.ends(0, low, high), self.enclosures.near_middle(low, high)):
            if ends is not None and ends[0] > 0:
                return True
            if ends is not None and ends[1] < 0:
                self._violated(low, high)
        return high - low <= NEAR and self._zero_inside(low, high)

    def _zero_inside(self, low: Fraction, high: Fraction) -> bool:
        at = simplest(low, high)
        order = 0
        while order <= HIGHEST and self.enclosures.is_zero(order, at):
            order += 1
        if not 0 < order <= HIGHEST:
            return False
        self._crossing(at, order, low, high)
        ends = self.enclosures.ends(order, low, high)
        if ends is None:
            return False
        right = at == high or ends[0] > 0
        left = at == low or (ends[0] > 0 if order % 2 == 0 else ends[1] < 0)
        if right and left:
            self.zeros.add(at)
        return right and left

    def _crossing(self, at: Fraction, order: int, low: Fraction, high: Fraction) -> None:
        """Raises Violated if the function is negative on one side of a zero, however near to it."""
        steepness = self.enclosures.ends(order, at, at)
        if steepness is None or steepness[0] <= 0 <= steepness[1]:
            return
        right = steepness[0] > 0
        left = right == (order % 2 == 0)
        for positive, end in ((right, high), (left, low)):
            for halvings in range(1, 64) if not positive else ():
                near = at + (end - at) / 2**halvings
                here = self.enclosures.ends(0, near, near)
                if near in self.where and here is not None and here[1] < 0:
                    raise Violated(near)


def _between(low: Fraction, high: Fraction) -> Fraction:
    """Where an interval is cut: at 0 if it is wide, so that zeros and kinks are ends, else in the middle."""
    return Fraction(0) if low < 0 < high and high - low > 1 else (low + high) / 2
