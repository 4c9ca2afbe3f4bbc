"""The proof of a comparison, size after size, from the formulas of its code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Dim, Positive
from gradproof.verify.autograd.graph.shapes import described
from gradproof.verify.autograd.graph.wording import where
from gradproof.verify.guard import USED_UP, TimedOut, time_limit
from gradproof.verify.verdict import STOPPED, Budget, Evidence, Verdict
from gradproof.verify.work import STEPS, OutOfWork, work_limit

from .comparison import Comparison
from .deciding import Decider
from .evaluating import in_floats
from .settings import Setting, settings, sizes_of
from .tracing import Untraceable
from .tracing.constants import rough_numbers

Array = NDArray[Any]
METHOD = "formulas of the code"
#: A formula and the code that it was read from may differ by this part of their size, from rounding alone. Nothing is
#: decided by it: where they differ by more, the formula is not used.
_SAME_FORMULA = 2.0**-20
#: A proof may take as much work as so many methods may.
_METHODS = 2


@dataclass(slots=True)
class Proof:
    """What came of trying to prove a comparison.

    done      the sizes at which it is proved
    open      why it is not proved at others
    choices   how many choices of labels were gone through, of how many
    late      where the clock stopped it, that it did
    """

    comparison: Comparison
    decider: Decider
    done: list[dict[Dim, int]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    choices: list[tuple[int, int]] = field(default_factory=list)
    late: str = ""

    def evidence(self) -> tuple[Evidence, ...]:
        """One PROVED for the sizes that are done, and what balls said of the others, or the clock."""
        found = tuple(self.decider.agreeing)
        if self.late:
            found += (Evidence(METHOD, Verdict.UNDECIDED, detail=self.late, seed=self.decider.seed),)
        if not self.done:
            return found
        decider = self.decider
        scope = "; ".join(filter(None, [described(_dims(self.comparison), self.done), self._choices(), *self._where()]))
        proof = Evidence(
            METHOD,
            Verdict.PROVED,
            scope or "every value of the arguments",
            drawn=decider.proved,
            effective=decider.proved,
            bound=decider.decision.bound,
            seed=decider.seed,
        )
        return (proof, *found)

    def _where(self) -> list[str]:
        """Where it is proved, in words: within Torch's limits; derivatives away from kinks."""
        if self.comparison.order:
            kinks = ["away from the kinks"] if self.decider.kinks else []
            return [*kinks, *where(self.comparison.guards, ())]
        return where(self.comparison.guards, self.decider.decision.excluded)

    def _choices(self) -> str:
        tried, possible = (sum(counts) for counts in zip(*self.choices, strict=True))
        return f"{tried} of {possible} choices of labels" if tried < possible else ""


def prove(comparison: Comparison, seed: int, budget: Budget) -> Proof:
    """Tries every size until one refutes, or the work is used up. Raises WrongShapeError.

    A proof goes through many regions, so that it may take more than one method may for a claim.
    """
    proof = Proof(comparison, Decider(seed, budget))
    try:
        with time_limit(budget.seconds), work_limit(_METHODS * budget.work * STEPS):
            for sizes in sizes_of(comparison.descriptions):
                if proof.decider.refuted is None:
                    _at_sizes(proof, sizes)
    except OutOfWork:
        proof.open.append(USED_UP)
    except TimedOut:
        proof.late = f"{STOPPED}{budget.seconds:g} s"
    proof.open += proof.decider.open
    if not _enough(proof.done, _dims(comparison)):
        proof.done.clear()
    return proof


def _at_sizes(proof: Proof, sizes: dict[Dim, int]) -> None:
    here = settings(proof.comparison.descriptions, sizes)
    try:
        proved = [_holds(proof, setting) for setting in here]
    except Untraceable as reason:
        proof.open.append(str(reason))
        return
    except RecursionError:
        proof.open.append("its formula is nested too deeply")
        return
    if all(proved):
        proof.done.append(sizes)
        proof.choices.append(here[0].of_all)


def _holds(proof: Proof, setting: Setting) -> bool:
    if proof.decider.refuted is not None:
        return False
    function, claimed = proof.comparison.formulas(setting)
    _require_same(proof.comparison, setting, function, claimed)
    places = list(proof.comparison.places(setting, function, claimed))
    given = tuple(Positive(guard.positive) for guard in proof.comparison.guards)
    return proof.decider.decide(places, setting, given)


def _require_same(comparison: Comparison, setting: Setting, function: Array, claimed: Mapping[str, Array]) -> None:
    """Raises Untraceable if the formulas are not what the code computes: code that asks for a dtype, or remembers."""
    drawn = setting.drawn(np.random.default_rng(0))
    values = {
        symbol: float(number)
        for name, array in setting.symbols.items()
        for symbol, number in zip(array.flat, drawn[name].flat, strict=True)
    }
    rough = rough_numbers([*function.flat, *(formula for array in claimed.values() for formula in array.flat)])
    values |= {symbol: float(number) for symbol, number in rough.items()}
    numbers = comparison.values(drawn, setting)
    claimed_numbers = comparison.claims(drawn, setting, numbers.shape)
    pairs = [(comparison.function.name, function, numbers)]
    pairs += [(comparison.claimed.name, claimed[name], claimed_numbers[name]) for name in claimed]
    for name, formulas, computed in pairs:
        expected = in_floats(formulas, values)
        known = np.isfinite(expected) & np.isfinite(computed)
        size = np.max(np.abs(expected), where=known, initial=0.0)
        if (np.abs(expected - computed)[known] > _SAME_FORMULA * size).any():
            raise Untraceable(f"{name} computes something else from numbers than from symbols")


def _dims(comparison: Comparison) -> tuple[Dim, ...]:
    return tuple(dict.fromkeys(dim for one in comparison.descriptions.values() for dim in one.dims))


def _enough(done: Sequence[dict[Dim, int]], dims: tuple[Dim, ...]) -> bool:
    """Whether every size was more than 1 somewhere: at 1 alone, sums and transposes do not show."""
    return bool(done) and all(any(sizes[dim] > 1 for sizes in done) for dim in dims)
