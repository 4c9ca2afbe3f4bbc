"""The method "Torch's graph": what Torch's autograd computes is the claimed formula, proved and not compared.

Torch runs its own operation, backward as often as the claim differentiates. What ran is recorded, decomposed by Torch
itself into core operations, and read as mathematics. The formula that comes out is proved equal to what is claimed, at
every place of several sizes. Rounding is no part of this: how far it can go is the business of another method.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import sympy

from gradproof.derivations.calculus import Dim, Relation
from gradproof.verify.claim import Claim
from gradproof.verify.counterexample import Counterexample
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.numeric.points import dims_of
from gradproof.verify.verdict import Budget, Evidence, Verdict

from ..oracle import unavailable, versions
from .comparison import Comparison, comparisons
from .confirming import counterexample
from .decision import Decision, NotProved
from .reading import Guard
from .running import Statement
from .shapes import described, shapes
from .signs import TooManyRegions
from .wording import formula, subject, where

NAME = "Torch's graph"
#: With so many sizes, more are not needed where these have too many regions.
_FEWEST = 2
ANY_SHIFT = "any shift in the place of the maximum"


class TorchGraph:
    """Proves claims that name an operation of Torch, at several sizes; without Torch they are UNAVAILABLE."""

    name = NAME

    def supports(self, claim: Claim) -> str:
        if claim.operation is None:
            return "no operation of Torch is named"
        return "" if claim.relation is Relation.EQUAL else "only that Torch computes exactly this is proved"

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence:
        """PROVED at the sizes of its scope; REFUTED where balls confirm at a point that Torch's formula is another one,
        UNDECIDED with the reason, or UNAVAILABLE. Exceptions become ERROR."""
        missing = unavailable("cpu")
        if missing:
            return Evidence(NAME, Verdict.UNAVAILABLE, detail=missing, seed=seed, device="cpu")
        try:
            return _Proof(claim, budget, seed).evidence()
        except Unsupported as reason:
            return Evidence(NAME, Verdict.UNDECIDED, detail=str(reason), seed=seed, device="cpu")
        except Exception as problem:  # a method never raises; its failure is evidence, with the text
            text = f"{type(problem).__name__}: {problem}"
            return Evidence(NAME, Verdict.ERROR, detail=text, seed=seed, device="cpu")


@dataclass(slots=True)
class _Proof:
    """A proof of one claim as it goes on from size to size."""

    claim: Claim
    budget: Budget
    seed: int
    tried: list[dict[Dim, int]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    guards: dict[Guard, None] = field(default_factory=dict)
    shifted: bool = False
    any_shift: bool = True
    formula: str = ""

    def evidence(self) -> Evidence:
        decision = Decision(self.seed, self.budget)
        undecided: Evidence | None = None
        for sizes in shapes(dims_of(self.claim)):
            self.tried.append(sizes)
            before = decision.proved
            try:
                for comparison in comparisons(self.claim, sizes, self.taken):
                    found = self._compare(comparison, decision)
                    if found is not None and found.verdict is Verdict.REFUTED:
                        return found
                    undecided = undecided or found  # at larger sizes there may be a counterexample
            except TooManyRegions:
                self.tried.pop()
                decision.proved = before
                if len(self.tried) < _FEWEST:
                    raise
                break
            except Unsupported as reason:
                here = self._evidence(Verdict.UNDECIDED, described(dims_of(self.claim), self.tried[-1:]))
                undecided = undecided or replace(here, detail=str(reason))
            if decision.proved == before and undecided is None:
                self.tried.pop()  # nothing is claimed at these sizes
        if undecided is not None:
            return undecided
        if not decision.proved:
            raise Unsupported("the conditions leave no place at these sizes")
        proved, bound = decision.proved, decision.bound
        proof = self._evidence(Verdict.PROVED, self._scope(decision))
        return replace(proof, detail=self.formula, drawn=proved, effective=proved, bound=bound)

    def _compare(self, comparison: Comparison, decision: Decision) -> Evidence | None:
        """Evidence that the claim is not proved, or None."""
        self.guards |= comparison.reading.guards
        self.shifted |= bool(comparison.reading.shifts)
        self.formula = self.formula or formula(comparison)
        for place in comparison.places():
            try:
                decision.equal(place.torch, place.claimed, comparison.given)
            except NotProved as refusal:
                if not comparison.reading.shifts:
                    return self._refused(refusal, counterexample(comparison, place, refusal, self.budget, self.seed))
                self.any_shift = False
                return self._compare(comparison.with_maxima(), decision)
        return None

    def _refused(self, refusal: NotProved, point: Counterexample | None) -> Evidence:
        verdict = Verdict.UNDECIDED if point is None else Verdict.REFUTED
        detail = str(refusal) if point is None else f"{self._subject()} is not this: {point}"
        found = self._evidence(verdict, described(dims_of(self.claim), self.tried[-1:]))
        return replace(found, detail=detail, counterexample=point)

    def _evidence(self, verdict: Verdict, scope: str) -> Evidence:
        known = versions("cpu") | {"sympy": sympy.__version__}
        return Evidence(NAME, verdict, scope, seed=self.seed, device="cpu", versions=known)

    def _subject(self) -> str:
        return subject(self.taken, bool(Statement.of(self.claim.lhs).by))

    def _scope(self, decision: Decision) -> str:
        sizes = described(dims_of(self.claim), self.tried)
        shift = [ANY_SHIFT] if self.shifted and self.any_shift else []
        parts = [self._subject(), sizes, "float64 graph on cpu", *where(self.guards, decision.excluded), *shift]
        return "; ".join(part for part in parts if part)
