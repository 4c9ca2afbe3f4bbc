"""How the findings of a document are told on a terminal: where, what, and why; the formula as its author wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from .terminal import hanging, paint, width

if TYPE_CHECKING:
    from gradproof.grading.findings import Checked, Finding
    from gradproof.grading.status import LineStatus


@cache
def WORDS() -> dict[LineStatus, tuple[str, str]]:  # noqa: N802 - a table that loads when it is needed
    """The word for each status, in the order of the summary, and its style."""
    from gradproof.grading.status import LineStatus as S

    return {
        S.PROVED: ("proved", "good"),
        S.AGREES: ("agrees", "good"),
        S.REFUTED: ("REFUTED", "bad"),
        S.ERROR: ("ERROR", "bad"),
        S.EQUAL_IF: ("holds if", "open"),
        S.NEEDS: ("asks", "open"),
        S.UNDECIDED: ("undecided", "open"),
        S.VACUOUS: ("vacuous", "open"),
        S.UNAVAILABLE: ("unavailable", "open"),
        S.UNREADABLE: ("unreadable", "open"),
        S.DEFINITION: ("definition", "faint"),
        S.CONDITION: ("condition", "faint"),
    }


def told(checked: Checked) -> Iterator[str]:
    """The lines on a document."""
    if checked.problem:
        yield hanging(f"{paint(checked.file, 'name')}: {checked.problem}", 0, 4)
    for finding in checked.findings:
        yield from finding_told(finding)
    for place in checked.skipped:
        yield paint(f"{place}: skipped", "faint")


def finding_told(finding: Finding) -> Iterator[str]:
    """One line for what holds or claims nothing; for the rest the formula, what is wrong with it, and the way out."""
    word, style = WORDS()[finding.status]
    label = f" [{finding.label}]" if finding.label else ""
    head = f"{paint(str(finding.place), 'name')}: {paint(word, style)}{label}"
    plain = len(f"{finding.place}: {word}{label}  ")
    formula = " ".join(filter(None, (finding.left, finding.sign, finding.right)))
    if finding.status.ok or (style == "faint" and not finding.failure):
        note = f"  ({finding.reason})" if finding.reason and finding.reason not in finding.status.value else ""
        room = max(width() - plain - len(note), 16)
        yield f"{head}  {paint(_short(formula, room), 'faint')}{note}"
        return
    yield head
    if finding.left:
        yield "    " + hanging(finding.left, 4, 8)
        yield "      " + hanging(f"{finding.sign} {finding.right}", 6, 10)
    elif formula:
        yield "    " + hanging(formula, 4, 8)
    if finding.counterexample and not (finding.reason and str(finding.counterexample) in finding.reason):
        yield "    " + hanging(f"at {finding.counterexample}", 4, 8)
    if finding.reason:
        yield "    " + hanging(finding.reason, 4, 8)
    elif not finding.counterexample:
        yield "    " + hanging(finding.status.value, 4, 8)
    if finding.add and not any(line in finding.reason for line in finding.add):
        yield from (f"    add: {line}" for line in finding.add)


def _short(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"
