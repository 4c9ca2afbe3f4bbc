"""Whether traced formulas are what is claimed: a proof at given sizes, or a point that refutes.

Both sides are compared region by region (a region is a choice of branch for every decision by sign). A region is proved
over finite fields; what is not proved is tried in balls, which refute, or agree within a proved bound. First every
maximum stands for an arbitrary number, on which the function must then not depend; where this is not enough it is
written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sympy import Expr, S

from gradproof.derivations.calculus import Entry, Positive, Relation, Scalar
from gradproof.verify.autograd.graph.decision import Decision, NotProved, known_in
from gradproof.verify.autograd.graph.signs import Region, decisions, regions
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.exact.every_size import content
from gradproof.verify.intervals import BallDecision
from gradproof.verify.structure import UNDEFINED, kinds, parts
from gradproof.verify.verdict import Budget, Counterexample, Evidence, Verdict
from gradproof.verify.work import PART, spend

from .confirming import completed, differ_anyway
from .differentiation import derivative, without_kinks
from .settings import Setting, tied
from .tracing.constants import rough_numbers
from .tracing.maximum import Maximum, shifted, written_out

#: The points of one region in balls: far fewer than a claim of its own gets, since there are many.
POINTS = 300
#: With so many kinks a derivative is also looked at on their boundaries, where it may be smooth.
_KINKS = 2


@dataclass(frozen=True, slots=True)
class Place:
    """One number of what a person's code returns, and the function that it should be, differentiated by scalars.

    name    where it is, as a reader sees it: "gradient[2]"
    """

    name: str
    claimed: Expr
    function: Expr
    by: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Refuted:
    """A place at which both sides provably differ, at this point; left is what the person's code gives.

    """

    place: Place
    setting: Setting
    point: Counterexample
    left: Expr
    right: Expr


@dataclass(slots=True)
class Decider:
    """Decides place after place, and keeps what it took.

    open    why places were neither proved nor refuted, or the evidence that they agree
    """

    seed: int
    budget: Budget
    decision: Decision = field(init=False)
    proved: int = 0
    agreeing: list[Evidence] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    refuted: Refuted | None = None
    given: tuple[Positive, ...] = ()
    kinks: bool = False

    def __post_init__(self) -> None:
        self.decision = Decision(self.seed, self.budget)
        self.budget = replace(self.budget, points=min(self.budget.points, POINTS))

    def decide(self, places: Sequence[Place], setting: Setting, given: tuple[Positive, ...] = ()) -> bool:
        """Whether every place is proved where the conditions hold; stops at one that is refuted."""
        before, free = self.proved, setting.free()
        self.given = tuple(Positive(written_out(condition.expression)) for condition in given)
        for place in places:
            spend(PART * parts(place.claimed, place.function))
            if self._at_any_shift(place, free) or self._as_it_is(place, setting, free):
                self.proved += 1
            if self.refuted is not None:
                return False
        return self.proved - before == len(places)

    def _at_any_shift(self, place: Place, free: dict[Expr, Expr]) -> bool:
        """Whether a proof goes through with arbitrary numbers for maxima, on which the function must not depend."""
        if Maximum not in kinds(place.function) | kinds(place.claimed):
            return False
        arbitrary: dict[Expr, Entry] = {}

        def number(maximum: Expr) -> Expr:
            return arbitrary.setdefault(maximum, Scalar(f"shift {len(arbitrary) + 1}"))

        claimed, function = shifted(place.claimed, number), shifted(place.function, number)
        pairs = [(claimed, derivative(function, *place.by))]
        if place.by:
            pairs += [(derivative(function, shift), S.Zero) for shift in arbitrary.values()]
        try:
            for left, right in pairs:
                for region, first, second in self._regions(tied(left, free), tied(right, free), bool(place.by)):
                    self.decision.equal_in(region, first, second)
        except (NotProved, Unsupported):
            return False
        return True

    def _as_it_is(self, place: Place, setting: Setting, free: dict[Expr, Expr]) -> bool:
        proved = True
        try:
            claimed = tied(written_out(place.claimed), free)
            wanted = tied(derivative(written_out(place.function), *place.by), free)
            for region, first, second in self._regions(claimed, wanted, bool(place.by)):
                try:
                    self.decision.equal_in(region, first, second)
                except NotProved as refusal:
                    proved = False
                    self._in_balls(place, setting, refusal)
                    if self.refuted is not None:
                        return False
        except Unsupported as reason:
            self.open.append(f"{place.name}: {reason}")
            return False
        return proved

    def _in_balls(self, place: Place, setting: Setting, refusal: NotProved) -> None:
        """What balls say of a region that is not proved."""
        left, right = refusal.left, refusal.right
        if UNDEFINED & kinds(left):
            self.open.append(f"{place.name}: {refusal}")
            return
        rough = rough_numbers((left, right))
        known = sorted((part.xreplace(rough) for part in refusal.region.known), key=content)
        given = tuple(Positive(part) for part in known if not part.is_Number)
        claim = Claim(place.name, left.xreplace(rough), Relation.EQUAL, right.xreplace(rough), given)
        found = BallDecision().run(claim, self.budget, self.seed)
        if found.verdict is Verdict.REFUTED and found.counterexample is not None:
            if rough and not differ_anyway(left, right, found.counterexample):
                self.open.append(f"{place.name}: numbers such as {min(rough, key=str)} are too rough to tell")
                return
            self.refuted = Refuted(place, setting, completed(found.counterexample, refusal.region), left, right)
        elif found.verdict is Verdict.AGREES:
            self.agreeing.append(found)
        else:
            self.open.append(f"{place.name}: {found.detail or refusal}")

    def _regions(self, left: Expr, right: Expr, derived: bool) -> Iterator[tuple[Region, Expr, Expr]]:
        """The regions in which something is claimed, with both sides in them.

        Of derivatives with many kinks, boundaries are left out: their number grows like 3^kinks, not 2^kinks.
        """
        some = decisions(left) | decisions(right)
        boundaries = not derived or len({decision.args[0] for decision in some}) <= _KINKS
        expressions = (left, right, *(condition.expression for condition in self.given))
        for region in regions(*expressions, boundaries=boundaries):
            first, second, *_ = (without_kinks(part, bool(region.solved)) for part in region.expressions)
            known = known_in(region, self.given)
            if known is None:
                continue
            undefined = type(S.NaN) in kinds(second)
            self.kinks = self.kinks or bool(region.excluded) or undefined
            spend(PART * parts(first, second))
            if not undefined:
                self.decision.excluded |= region.excluded
                yield replace(region, known=known), first, second
