"""A derivation with an error in it: which line is the first wrong one?

A slip is made in one step of an entry, and the lines after it go on from the wrong one as far as the same slip leads
there. That the line is wrong is refuted at a point; that a later line follows from the one before is proved.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from sympy import Expr

from gradproof.derivations.calculus import Derivation, Partial, Step, free_indices
from gradproof.derivations.slips import Slip, named_slip
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.exact import EverySize
from gradproof.verify.intervals import BallDecision
from gradproof.verify.numeric.agreement import pointless
from gradproof.verify.record import Record
from gradproof.verify.verdict import Counterexample, Report, Verdict

from .mistakes import first_wrong, suitable_slips

#: Wrong lines that are tried, to find one that the next lines can go on from, and attempts to go on.
_TRIED, _ATTEMPTS = 6, 8


@dataclass(frozen=True, slots=True)
class WrongLine:
    """Lines of which the one at `place` (from 0) is the first wrong one.

    lines     what the lines say, from the first step on; those after the wrong one follow from it
    report    refutes that the line before equals the wrong one
    """

    place: int
    slip: Slip
    lines: tuple[Expr, ...]
    carried: tuple[int, ...]
    report: Report

    @property
    def point(self) -> Counterexample:
        """The input that shows it; its left value is that of the line before, its right value that of the line."""
        point = self.report.counterexample
        if self.report.verdict is not Verdict.REFUTED or point is None:
            raise ValueError(f"{self.report.claim.name} is not refuted, so that the line is not known to be wrong")
        return point

    def to_json(self) -> dict[str, Any]:
        return {
            "place": self.place,
            "slip": self.slip.name,
            "carried": list(self.carried),
            "report": Record.of(self.report).document,
        }


def wrong_line(derivation: Derivation, seed: int = 0) -> WrongLine | None:
    """The derivation with one slip in it, if possible with lines that go on from there; None where none is refuted."""
    found: list[WrongLine] = []
    for place in _middle_first(len(derivation.steps)):
        for slip in _telling_first():
            one = _with_slip(derivation, place, slip, seed)
            if one is None:
                continue
            if one.carried:
                return one
            found.append(one)
            if len(found) == _TRIED:
                return found[0]
    return found[0] if found else None


def from_json(derivation: Derivation, data: dict[str, Any]) -> WrongLine:
    """What `to_json` wrote. Raises ValueError if it does not belong to this derivation as it is now."""
    slip, place = named_slip(data["slip"]), data["place"]
    steps = derivation.steps
    wrong = _wrong(derivation, steps[place], slip) if 0 < place < len(steps) else None
    if wrong is None:
        raise ValueError(f"the slip {slip.name!r} makes nothing of line {place} of {derivation.name}")
    report = Record.read(data["report"]).report(_claim(derivation, steps[place], slip, wrong))
    lines = [*(step.after for step in steps[:place]), wrong]
    for step, number in zip(steps[place + 1 :], data["carried"], strict=False):
        lines += islice(slip.mistakes(step.after, derivation.indices), number, number + 1)
    return WrongLine(place, slip, tuple(lines), tuple(data["carried"]), report)


def _middle_first(count: int) -> list[int]:
    """The places of steps after the first, those first that have lines before and after them."""
    return sorted(range(1, count), key=lambda place: (abs(2 * place - count), -place))


def _telling_first() -> list[Slip]:
    """The slips with that of the sign of the whole at the end: whoever looks for an error looks for this one first."""
    return sorted(suitable_slips(), key=lambda slip: slip.name == "sign")


def _wrong(derivation: Derivation, step: Step, slip: Slip) -> Expr | None:
    """The step with the slip in it; one about a derivative that is still to be found would be a slip in its name."""
    wrong = first_wrong(slip, step.after, derivation.indices)
    if wrong is None or wrong == step.before or wrong.atoms(Partial) != step.after.atoms(Partial):
        return None
    return wrong


def _claim(derivation: Derivation, step: Step, slip: Slip, wrong: Expr) -> Claim:
    name = f"{derivation.name}:{step.id} with {slip.name}"
    return Claim(name, step.before, step.relation, wrong, derivation.given)


def _with_slip(derivation: Derivation, place: int, slip: Slip, seed: int) -> WrongLine | None:
    step = derivation.steps[place]
    wrong = _wrong(derivation, step, slip)
    if wrong is None:
        return None
    claim = _claim(derivation, step, slip, wrong)
    if pointless(claim):
        return None
    report = check(claim, seed=seed, methods=(BallDecision(),))
    if report.verdict is not Verdict.REFUTED or report.counterexample is None:
        return None
    right = [earlier.after for earlier in derivation.steps[:place]]
    later = _carried_on(derivation, place, slip, wrong, seed)
    numbers, lines = [number for number, _ in later], [line for _, line in later]
    return WrongLine(place, slip, (*right, wrong, *lines), tuple(numbers), report)


def _carried_on(derivation: Derivation, place: int, slip: Slip, wrong: Expr, seed: int) -> list[tuple[int, Expr]]:
    """The lines after a wrong one that follow from it: each with its number among what the slip makes of the line."""
    result: list[tuple[int, Expr]] = []
    line = wrong
    for step in derivation.steps[place + 1 :]:
        follows = _following(derivation, step, slip, line, seed)
        if follows is None:
            break
        result.append(follows)
        line = follows[1]
    return result


def _following(derivation: Derivation, step: Step, slip: Slip, line: Expr, seed: int) -> tuple[int, Expr] | None:
    for number, wrong in enumerate(islice(slip.mistakes(step.after, derivation.indices), _ATTEMPTS)):
        if wrong == line or not free_indices(wrong) <= free_indices(step.after) | frozenset(derivation.indices):
            continue
        claim = Claim(f"{derivation.name}:{step.id} carried on", line, step.relation, wrong, derivation.given)
        if check(claim, seed=seed, methods=(EverySize(),)).verdict is Verdict.PROVED:
            return number, wrong
    return None
