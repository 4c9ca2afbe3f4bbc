"""Whether two scalar expressions are equal: region by region, each by a proof over finite fields.

The regions are gone through here, not by the proof: Torch's formulas are not defined everywhere. Where a branch is not
taken, log 0 may stand in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from sympy import Expr, S

from gradproof.derivations.calculus import Entry, Negative, NonZero, Positive, sigmoid, tanh
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.exact import equal_scalars, zero_test
from gradproof.verify.exact.every_size import content
from gradproof.verify.exact.scalars import fingerprint
from gradproof.verify.structure import UNDEFINED, kinds
from gradproof.verify.verdict import Budget, Verdict

from .signs import Region, regions


@dataclass(frozen=True, slots=True)
class Defined:
    """A region: the expression has a value."""

    expression: Expr


#: A condition on a region.
OnRegion = Positive | Negative | NonZero | Defined


class NotProved(Exception):  # noqa: N818 - an answer
    """There is no proof that the sides are equal in a region, in which they have this form; the text says why."""

    def __init__(self, reason: str, left: Expr, right: Expr, region: Region) -> None:
        super().__init__(reason)
        self.left = left
        self.right = right
        self.region = region


@dataclass(slots=True)
class Decision:
    """Proofs of several equalities, and what they took.

    proved    how many there are
    bound     the probability that one of them is false
    excluded  expressions that are not 0 where the equalities were proved
    """

    seed: int
    budget: Budget
    proved: int = 0
    bound: float = 0.0
    excluded: set[Expr] = field(default_factory=set)

    def equal(self, left: Expr, right: Expr, given: tuple[OnRegion, ...]) -> None:
        """Returns if both are proved equal where the conditions hold, which speak of scalars as well.

        right    what is claimed; where it is not defined, nothing is

        Raises NotProved for the region that stands in the way, TooManyRegions.
        """
        nonzero = {sign * c.expression for c in given if isinstance(c, NonZero) for sign in (1, -1)}
        for region in regions(left, right, *(condition.expression for condition in given)):
            known = known_in(region, given)
            first, second, *_ = region.expressions
            if known is not None and type(S.NaN) not in kinds(second):  # where it is not defined nothing is claimed
                self.excluded |= region.excluded - nonzero
                self.equal_in(replace(region, known=known), first, second)
        self.proved += 1

    def equal_in(self, region: Region, left: Expr, right: Expr) -> None:
        """Returns if both, which have no decisions any more, are proved equal in a region; raises NotProved."""
        if left == right:
            return
        if UNDEFINED & kinds(left - right):
            raise NotProved("the formula is not defined in a part of the domain", left, right, region)
        chance = self._as_they_stand(left, right)
        if chance is None:
            chance = self._spread_out(left, right, region)
        self.bound += chance

    def _as_they_stand(self, left: Expr, right: Expr) -> float | None:
        """The chance of an error if both are equal with functions as mere symbols, up to σ(−x) = 1 − σ(x).

        Networks need no more, and their functions stand inside each other, which makes them long when spread out.
        """
        difference = _by_sigmoids(left) - _by_sigmoids(right)
        try:
            return zero_test.zero(difference, self.seed, fingerprint(difference))
        except Unsupported:
            return None

    def _spread_out(self, left: Expr, right: Expr, region: Region) -> float:
        """The chance of an error of a proof that knows the laws of exp and log."""
        known = tuple(Positive(expression) for expression in sorted(region.known, key=content))
        found = equal_scalars([left], [right], known, self.budget, self.seed)
        if found.verdict is not Verdict.PROVED or found.bound is None:
            raise NotProved(found.detail, left, right, region)
        return found.bound


@lru_cache(maxsize=1 << 14)
def _by_sigmoids(expression: Expr) -> Expr:
    """tanh x is 2 σ(2x) − 1; of σ(x) and σ(−x) only one is left."""
    if not expression.args or isinstance(expression, Entry):
        return expression
    parts = [_by_sigmoids(part) for part in expression.args]
    if isinstance(expression, tanh):
        return 2 * _by_sigmoids(sigmoid(2 * parts[0])) - 1
    if isinstance(expression, sigmoid) and parts[0].could_extract_minus_sign():
        return 1 - sigmoid(-parts[0])
    return expression.func(*parts)


def known_in(region: Region, given: tuple[OnRegion, ...]) -> frozenset[Expr] | None:
    """What is positive in a region; None if the region contradicts the conditions."""
    known = set(region.known)
    for condition, expression in zip(given, region.expressions[2:], strict=True):
        if expression is S.NaN:
            return None
        match condition:
            case NonZero():
                if expression == 0:
                    return None
            case Positive():
                known.add(expression)
            case Negative():
                known.add(-expression)
    return None if any(-part in known or part == 0 for part in known) else frozenset(known)
