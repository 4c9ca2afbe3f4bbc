"""What is said of a formula on the terminal, in 80 columns: place, line, counterexample, reason, and the way out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradproof.grading.findings import Finding

WIDTH = 80
#: How much of a line stands before and behind the piece that is pointed at, and the most of a formula that is told.
BEFORE, LONGEST = 36, 400


def told(finding: Finding, source: str) -> str:
    """The lines on a finding. `source` is the line of the file in which it stands."""
    return "\n".join(_lines(finding, source))


def sentence(finding: Finding) -> str:
    """One line on a finding: where, what, and why."""
    reason = finding.reason or finding.status.value
    label = f"[{finding.label}] " if finding.label else ""
    return harmless(f"{label}{_short(_formula(finding), WIDTH)}: {reason}" if _formula(finding) else label + reason)


def _lines(finding: Finding, source: str) -> Iterator[str]:
    label = f" [{finding.label}]" if finding.label else ""
    yield harmless(f"{finding.place}: {finding.status.value}{label}")
    yield from _pointed(finding, source)
    if finding.left:
        yield from _wrapped(_short(finding.left, LONGEST), 4)
        yield from _wrapped(_short(f"{finding.sign} {finding.right}", LONGEST), 6)
    elif finding.right:
        yield from _wrapped(_short(finding.right, LONGEST), 4)
    point = str(finding.counterexample) if finding.counterexample else ""
    if point and point not in finding.reason:
        yield from _wrapped(f"at {point}", 4)
    if finding.reason:
        yield from _wrapped(finding.reason, 4)
    for line in finding.add:
        if line not in finding.reason:
            yield from _wrapped(f"add: {line}", 4)


def _pointed(finding: Finding, source: str) -> Iterator[str]:
    """The line of the file, cut to the width, and a mark under the place."""
    if not source.strip():
        return
    column = finding.place.column - 1
    first = max(column - BEFORE, 0)
    number = str(finding.place.line)
    room = WIDTH - len(number) - 3
    piece = harmless(source[first : first + room].replace("\t", " ")).rstrip()
    last = finding.end.column - 1 if finding.end and finding.end.line == finding.place.line else column + 1
    under = max(min(last - first, len(piece)) - (column - first), 1)
    yield f"{number} | {piece}"
    if piece.isascii():  # else nobody knows how wide it is
        yield f"{' ' * len(number)} | {' ' * (column - first)}{'^' * under}"


def _formula(finding: Finding) -> str:
    return " ".join(filter(None, (finding.left, finding.sign, finding.right)))


def _wrapped(text: str, indent: int) -> list[str]:
    before, further = " " * indent, " " * (indent + 4)
    return textwrap.wrap(harmless(text), WIDTH, initial_indent=before, subsequent_indent=further)


def _short(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"


def harmless(text: str) -> str:
    """The text without characters that a terminal obeys: a document may hold any."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def in_words(word: str) -> str:
    """A word such as NOTHING_CLAIMED as it stands in a sentence."""
    return word.lower().replace("_", " ")
