"""Reading a document: how each of its formulas is understood, and which lines are proposed for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradproof.documents import Handling, Passage, Place, read_document, text_document

from .checking import Checking, Walk, document_of
from .findings import Finding
from .proposing import Proposal
from .status import LineReport, LineStatus
from .understanding import Understanding, Understood, understand


@dataclass(frozen=True, slots=True)
class Offer:
    """Lines that the reader may add.

    refuted   the points at which relations fail with them, in words
    asked     whether it is only asked if they are meant, and `free` the names that are taken for anything then
    """

    lines: tuple[str, ...]
    holds: int
    refuted: tuple[str, ...]
    asked: bool = False
    free: tuple[str, ...] = ()

    @classmethod
    def of(cls, proposal: Proposal) -> Offer:
        refuted = tuple(map(_point, proposal.refuted))
        return cls(proposal.lines, proposal.holds, refuted, proposal.asked, proposal.free)


def _point(report: LineReport) -> str:
    return str(report.counterexample) if report.counterexample else report.reason or report.status.value


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """How a passage is understood. `status` is EQUAL_IF where it holds with the first offer only."""

    place: Place
    text: str
    relations: tuple[Understood, ...]
    findings: tuple[Finding, ...]
    proposals: tuple[Offer, ...] = ()

    @property
    def status(self) -> LineStatus | None:
        return LineStatus.EQUAL_IF if self.proposals and not self.proposals[0].refuted else None

    def to_json(self) -> dict[str, Any]:
        return {
            "line": self.place.line,
            "column": self.place.column,
            "cell": self.place.cell,
            "file": self.place.file,
            "text": self.text,
            "status": self.status.name if self.status else None,
            "relations": [relation.to_json() for relation in self.relations],
            "findings": [finding.to_json() for finding in self.findings],
            "proposals": [
                {
                    "lines": list(offer.lines),
                    "holds": offer.holds,
                    "refuted": list(offer.refuted),
                    "asked": offer.asked,
                    "free": list(offer.free),
                }
                for offer in self.proposals
            ],
        }


@dataclass(frozen=True, slots=True)
class Read:
    """How a file is understood; `problem` says why nothing could be read of it."""

    file: str
    passages: tuple[ReadPassage, ...] = ()
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "problem": self.problem,
            "passages": [passage.to_json() for passage in self.passages],
        }


def read_file(path: Path, shown: str, checking: Checking) -> Read:
    """How the formulas of a file are understood."""
    return _read(shown, checking, read_document, path, shown)


def read_text(text: str, shown: str, checking: Checking) -> Read:
    """How the formulas of a text are understood that stands in no file."""
    return _read(shown, checking, text_document, text, shown)


def _read(shown: str, checking: Checking, read: Callable[..., Any], *arguments: Any) -> Read:
    document = document_of(shown, checking, read, *arguments)
    if isinstance(document, str):
        return Read(shown, problem=document)
    walk = Walk(checking, document.macros)
    passages: list[ReadPassage] = []
    for part in document.parts:
        if not isinstance(part, Passage):
            passages += [ReadPassage(found.place, found.right, (), (found,)) for found in walk.part(part)]
            continue
        if part.handling is Handling.SKIP:
            continue
        found = walk.asked(part, understand)
        if isinstance(found, Finding):
            passages.append(ReadPassage(part.place(), found.right, (), (found,)))
            continue
        assert isinstance(found, Understanding)
        findings = tuple(walk.findings(part, found.answer))
        relations = found.relations if part.display or findings or checking.inline else ()
        if relations or findings:
            offers = tuple(map(Offer.of, found.proposals))
            passages.append(ReadPassage(part.place(), " ".join(part.text.split()), relations, findings, offers))
    return Read(shown, tuple(passages))
