"""Findings: what became of a part of a document, with the places in its file."""

from __future__ import annotations

from collections.abc import Iterator

from gradproof.derivations.notation.reading import Span
from gradproof.documents import Declared, Fault, Handling, Passage

from .findings import Finding
from .outcome import Outcome
from .passages import Judged
from .status import LineStatus


def findings_of(part: Passage | Declared | Fault, outcome: Outcome, inline: bool = False) -> list[Finding]:
    """What is said of a part: of a passage, one finding for each of the relations that are `shown`."""
    match part:
        case Fault(message=message, place=place):
            return [Finding(place, LineStatus.UNREADABLE, reason=message)]
        case Declared(lines=lines, places=places):
            return [Finding(places[at], LineStatus.UNREADABLE, right=lines[at], reason=s) for at, s in outcome.faults]
    found = [placed(part, judged) for judged in shown(part, outcome.judged, inline)]
    return list(_inverted(found)) if part.handling is Handling.EXPECT_WRONG else found


def shown(passage: Passage, judged: tuple[Judged, ...], inline: bool = False) -> list[Judged]:
    """The pieces of which anything is said: of a formula within a sentence only those that state something."""
    return [
        each for each in judged if passage.display or inline or each.relation or each.status is LineStatus.UNREADABLE
    ]


def placed(passage: Passage, judged: Judged) -> Finding:
    """One relation, with its place."""
    return Finding(
        place=passage.place(judged.span.start),
        end=passage.place(judged.span.end),
        status=judged.status,
        label=passage.label,
        statement=_line(passage.text, judged.whole),
        left=judged.left,
        sign=judged.sign,
        right=judged.right,
        step=judged.step,
        reason=judged.reason,
        counterexample=judged.counterexample,
        add=judged.add,
        evidence=judged.evidence,
        line=passage.source.line(passage.start + judged.span.start) if judged.status is LineStatus.UNREADABLE else "",
    )


def _line(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _inverted(found: list[Finding]) -> Iterator[Finding]:
    """What was marked as wrong: refutations are what is expected, and without one the last finding is a failure."""
    if not any(finding.status is LineStatus.REFUTED for finding in found):
        yield from found[:-1]
        if found:
            yield found[-1].but("it was marked as wrong, but nothing in it is refuted", failure=True)
        return
    for finding in found:
        yield finding.but("as expected", failure=False) if finding.status is LineStatus.REFUTED else finding
