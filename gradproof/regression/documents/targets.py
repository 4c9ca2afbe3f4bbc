"""Which pieces of a document become tests, how they are called, and which findings are about which of them.

A document is only read for this, and nothing is decided. A name comes from a label, or else from what the formula says,
so that it stays the same when text is added or moved; it never has a number of a line in it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gradproof.derivations.notation.reading import Macros, Statement, Unread, read
from gradproof.derivations.notation.reading.syntax import Chain, Node
from gradproof.documents import Declared, Document, Fault, Handling, Passage, Place
from gradproof.grading.findings import Finding
from gradproof.grading.outcome import Outcome
from gradproof.grading.placing import findings_of, shown
from gradproof.grading.status import LineStatus

#: A longer formula is cut off in its name, and followed by a few letters that stand for all of it.
LONGEST, LETTERS = 60, 8


@dataclass(frozen=True, slots=True)
class Target:
    """One relation of a document, a piece that cannot be read, a block of declarations, or a fault.

    part         which part of the document it belongs to
    start, step  where its statement begins in the passage, and which relation of it it is
    source       the line of the file in which it stands
    """

    name: str
    part: int
    place: Place
    source: str
    start: int = 0
    step: int = 0


def targets(document: Document, every: bool) -> Iterator[Target]:
    """The targets of a document, in its order; without `every`, of its passages only those that a mark speaks of."""
    seen: Counter[str] = Counter()
    for number, part in enumerate(document.parts):
        for target in _targets(number, part, document.macros, every):
            seen[target.name] += 1
            again = f"#{seen[target.name]}" if seen[target.name] > 1 else ""
            yield replace(target, name=target.name + again)


def _targets(number: int, part: Passage | Declared | Fault, macros: Macros, every: bool) -> Iterator[Target]:
    match part:
        case Fault(message=message, place=place):
            yield Target(name_of(message), number, place, "")
        case Declared(lines=lines, places=places):
            yield Target(name_of(f"declared: {'; '.join(lines)}"), number, places[0], lines[0])
        case Passage() if part.handling is Handling.SKIP:
            yield _target(number, part, part.text, 0, 0, 0)
        case Passage() if every or part.marked:
            found = list(_relations(number, part, macros))
            if part.label:
                names = [part.label] if len(found) == 1 else [f"{part.label}[{k}]" for k, _ in enumerate(found, 1)]
                found = [replace(target, name=name) for target, name in zip(found, names, strict=True)]
            yield from found


def _relations(number: int, passage: Passage, macros: Macros) -> Iterator[Target]:
    for piece in read(passage.text, macros=macros):
        span = piece.span
        if isinstance(piece, Statement) and isinstance(piece.formula, Chain):
            members = piece.formula.members
            for step, sign in enumerate(piece.formula.signs):
                right = members[step + 1]
                place = right.span.start if right is not None else span.start
                said = f"{_text(passage, members[step])} {sign} {_text(passage, right)}"
                yield _target(number, passage, said, place, span.start, step)
        elif isinstance(piece, Unread):  # named by all around it, as the piece may be a single sign
            yield _target(number, passage, passage.text, span.start, span.start, 0)
        elif passage.display or passage.marked:
            yield _target(number, passage, passage.text[span.start : span.end], span.start, span.start, 0)


def _target(number: int, passage: Passage, said: str, place: int, start: int, step: int) -> Target:
    name = passage.label or name_of(said)
    return Target(name, number, passage.place(place), passage.source.line(passage.start + place), start, step)


def _text(passage: Passage, node: Node | None) -> str:
    return passage.text[node.span.start : node.span.end] if node is not None else ""


def name_of(said: str) -> str:
    """The name of what has no label. pytest splits names at ::, and no terminal should obey one."""
    plain = " ".join(said.replace("&", " ").replace("\\\\", " ").split()).replace("::", ":")
    plain = "".join(letter if letter.isprintable() else "�" for letter in plain)
    if len(plain) <= LONGEST:
        return plain
    return f"{plain[:LONGEST]}…{hashlib.sha256(plain.encode()).hexdigest()[:LETTERS]}"


def findings_by_target(
    part: Passage | Declared | Fault, outcome: Outcome, wanted: Sequence[Target]
) -> dict[Target, list[Finding]]:
    """What is said of each target of a part. Every finding belongs to at least one of them.

    What was said of a whole statement, or of a whole passage whose task was stopped, is said of each of its relations.
    """
    found = findings_of(part, outcome)
    if not isinstance(part, Passage):
        fine = [Finding(target.place, LineStatus.DEFINITION, reason="declarations") for target in wanted]
        return dict.fromkeys(wanted, found or fine)
    starts = [(each.whole.start, each.step) for each in shown(part, outcome.judged)]
    owned: dict[Target, list[Finding]] = {target: [] for target in wanted}
    exact = {(target.start, target.step): target for target in wanted}
    for at, finding in zip(starts, found, strict=True):
        before = [target for target in wanted if target.start <= at[0]]
        owned[exact.get(at) or (before or wanted)[-1 if before else 0]].append(finding)
    for target, own in owned.items():
        if not own:
            own.append(_of_all(target, dict(zip(starts, found, strict=True)), lost=not outcome.steady))
    return owned


def _of_all(target: Target, found: dict[tuple[int, int], Finding], lost: bool) -> Finding:
    """What was said of the whole statement of a target, or of its passage. That something holds is not passed on."""
    whole = found.get((target.start, 0)) or (next(iter(found.values()), None) if lost else None)
    if whole is not None and not whole.status.ok:
        return whole
    return Finding(target.place, LineStatus.UNDECIDED, reason="nothing was found out about it")
