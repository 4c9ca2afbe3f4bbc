"""What becomes of a part of a document, before it is said where in the file it stands; it can be written as JSON.

An outcome is kept for other runs only if they would find the same: neither the clock nor a failure had a part in it,
and everything in it is decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradproof.derivations.meaning import Glossary
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.notation.reading import Macros, Span
from gradproof.verify.verdict import OUT_OF_TIME, Counterexample

from .deciding import remembering
from .passages import Answer, Effort, Judged, judge_passage
from .status import LineStatus

#: What asks for another try: with more time, or when what was missing is there.
_OPEN = frozenset({LineStatus.UNDECIDED, LineStatus.VACUOUS, LineStatus.UNAVAILABLE, LineStatus.ERROR})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found of a part.

    judged  of a passage: its relations
    faults  of a block of declarations: the lines that declare nothing, counted from 0, each with the reason
    steady  whether the same would be found again, and what is known behind it with it
    """

    judged: tuple[Judged, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()
    steady: bool = True

    @property
    def lasting(self) -> bool:
        """Whether it is kept for other runs."""
        return self.steady and not any(judged.status in _OPEN for judged in self.judged)

    def to_json(self) -> dict[str, Any]:
        return {"judged": [_written(judged) for judged in self.judged], "faults": [list(each) for each in self.faults]}

    @classmethod
    def from_json(cls, data: Any) -> Outcome:
        """The outcome that `to_json` wrote; raises KeyError, TypeError or ValueError for anything else."""
        return cls(tuple(map(_judged, data["judged"])), tuple((int(line), str(said)) for line, said in data["faults"]))


def judge_remembering(
    folder: Path | None,
    text: str,
    macros: Macros,
    glossary: Glossary,
    defined: frozenset[Key],
    effort: Effort,
    supposed: bool = False,
) -> tuple[Answer, bool]:
    """What `judge_passage` says, with what earlier runs have kept in a folder; and whether that is steady."""
    with remembering(folder) as remembered:
        answer = judge_passage(text, macros, glossary, defined, effort, supposed)
    return answer, remembered.steady and not any(map(_passing, answer.found))


def lost(text: str, status: LineStatus, reason: str) -> Outcome:
    """The outcome of a passage whose task was stopped."""
    whole = Span(0, len(text))
    return Outcome((Judged(status, whole, whole, right=" ".join(text.split()), reason=reason),), steady=False)


def _passing(judged: Judged) -> bool:
    return judged.status is LineStatus.ERROR or judged.reason.startswith(OUT_OF_TIME)


def _written(judged: Judged) -> dict[str, Any]:
    point = judged.counterexample
    return {
        "status": judged.status.name,
        "span": [judged.span.start, judged.span.end],
        "whole": [judged.whole.start, judged.whole.end],
        "left": judged.left,
        "sign": judged.sign,
        "right": judged.right,
        "step": judged.step,
        "reason": judged.reason,
        "relation": judged.relation,
        "counterexample": point.to_json() if point else None,
        "add": list(judged.add),
        "evidence": list(judged.evidence),
    }


def _judged(data: dict[str, Any]) -> Judged:
    point = data["counterexample"]
    return Judged(
        status=LineStatus[data["status"]],
        span=Span(*data["span"]),
        whole=Span(*data["whole"]),
        left=data["left"],
        sign=data["sign"],
        right=data["right"],
        step=data["step"],
        reason=data["reason"],
        relation=data["relation"],
        counterexample=Counterexample.from_json(point) if point else None,
        add=tuple(data["add"]),
        evidence=tuple(data["evidence"]),
    )
