"""What keeps a refutation back: derivatives that are not reached, and what follows from something set to 0."""

from __future__ import annotations

from dataclasses import replace

from gradproof.derivations.meaning import (
    Context,
    Glossary,
)
from gradproof.derivations.meaning.references import is_name
from gradproof.derivations.notation.reading import Statement
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Chain

from .said import key_of, names_in
from .status import LineReport, LineStatus

SET_TO_ZERO = "set to 0: a condition, not an identity"
#: Words and signs before what follows from the statement before.
_FOLLOWING = frozenset({"⇒", "⇔", "then", "hence", "so", "thus", "therefore", "which gives", "and"})


def unsure(found: list[LineReport]) -> list[LineReport]:
    """Where one derivative of a statement is not reached, a name of which nothing is said may depend on anything."""
    if not any(report.unreached for report in found):
        return found
    return [_asked(report) if report.status is LineStatus.REFUTED and report.taken else report for report in found]


def following(found: list[LineReport], part: Statement, glossary: Glossary) -> list[LineReport]:
    """What follows from something set to 0 is not refuted: ∂E/∂w = 0 ⇒ w = t/x holds where the first does."""
    context = Context(glossary)
    assert isinstance(part.formula, Chain)
    first = part.formula.members[0]
    solved = isinstance(first, (s.Name, s.Scripts)) and is_name(first) and key_of(context, first) in glossary.stationary
    if glossary.stationary and (solved or part.lead.strip(" ,.").lower() in _FOLLOWING):
        reason = "it may follow from what was set to 0 before, which is not carried on"
        found = [
            replace(report, status=LineStatus.NEEDS, reason=reason) if report.status is LineStatus.REFUTED else report
            for report in found
        ]
    if any(report.reason == SET_TO_ZERO for report in found):
        names = (key_of(context, name) for name in names_in(part.formula))
        glossary.stationary |= {key for key in names if key is not None}
    return found


def _asked(report: LineReport) -> LineReport:
    names = ", ".join(report.taken)
    reason = f"it does not hold for every {names}, of which nothing is said; if they are free, declare them"
    return replace(report, status=LineStatus.NEEDS, reason=reason)
