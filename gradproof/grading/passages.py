"""Judging one passage: what is said of each of its relations, in a form that can be sent from one process to another.

The glossary goes in and comes out, so that a passage can be judged in a child process that is ended if it hangs.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from gradproof.derivations.meaning import Glossary, Problem
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.meaning.references import Unindexable
from gradproof.derivations.notation.reading import Macros, Part, Span, Statement, Unread, read
from gradproof.derivations.notation.reading import syntax as s
from gradproof.verify.failure import explained
from gradproof.verify.guard import TimedOut, time_limit
from gradproof.verify.verdict import OUT_OF_TIME, STOPPED, Budget, Counterexample

from .carrying import as_supposed, said_by_the_way, settled
from .judge import Judge
from .order import in_order
from .status import LineReport, LineStatus

#: How far out a piece may be extended, and the longest name of a command.
_DEEPEST, _LONGEST = 8, 40
_COMMAND = re.compile(r"\\[A-Za-z]+\s*\Z")
#: What is said of a statement that the passage has no time for.
NO_TIME = f"{OUT_OF_TIME}none was left for it"


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a passage may take.

    statement, passage  seconds for one statement and for all of a passage, a guard far above what their claims may take
                        by the work in the budget; what is left over is UNDECIDED
    """

    budget: Budget = field(default_factory=lambda: Budget(work=1_000_000, points=200, seconds=100.0))
    seed: int = 0
    statement: float = 120.0
    passage: float = 300.0


@dataclass(frozen=True, slots=True)
class Judged:
    """One relation. The pieces are cut from the text; `evidence` are documents of reports on the claims.

    span     the piece that the status is about
    whole    the statement that it belongs to
    """

    status: LineStatus
    span: Span
    whole: Span
    left: str = ""
    sign: str = ""
    right: str = ""
    step: int = 0
    reason: str = ""
    relation: bool = True
    counterexample: Counterexample | None = None
    add: tuple[str, ...] = ()
    evidence: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found in a passage, and the glossary behind it. `defined` are the names that texts have defined."""

    found: tuple[Judged, ...]
    glossary: Glossary
    defined: frozenset[Key]


def judge_passage(
    text: str, macros: Macros, glossary: Glossary, defined: frozenset[Key], effort: Effort, supposed: bool = False
) -> Answer:
    """What is said of each relation of a passage. What fails or takes too long is a finding of its own.

    defined   the names that earlier passages have defined
    supposed  whether words before it say that it is a condition
    """
    judge = Judge(effort.budget, effort.seed)
    own = set(glossary.definitions)
    end = time.monotonic() + effort.passage
    parts = read(text, macros=macros)
    found: dict[int, list[LineReport]] = {}
    for place in in_order(parts, glossary):
        seconds = min(effort.statement, end - time.monotonic())
        reports, glossary = _judged(judge, parts[place], text, macros, glossary, defined, seconds)
        found[place] = as_supposed(reports) if supposed else reports
    cut = tuple(judged for place, part in enumerate(parts) for judged in _cut(text, part, found[place]))
    return Answer(cut, glossary, defined | (set(glossary.definitions) - own))


def _judged(
    judge: Judge, part: Part, text: str, macros: Macros, glossary: Glossary, defined: frozenset[Key], seconds: float
) -> tuple[list[LineReport], Glossary]:
    """The reports on a statement, and the glossary with what it defines: the one before it if that fails."""
    if isinstance(part, Unread):
        return judge.statement(part, glossary), glossary
    if seconds <= 0:
        return [LineReport(LineStatus.UNDECIDED, 0, part.span, NO_TIME)], glossary
    grown = glossary.copy()
    try:
        with time_limit(seconds):
            reports = said_by_the_way(part, text, grown, macros)
            if not reports:
                reports = settled(judge.statement(part, grown), part, grown, defined)
    except TimedOut:
        return [LineReport(LineStatus.UNDECIDED, 0, part.span, f"{STOPPED}{seconds:.0f} s")], glossary
    except RecursionError:
        return [LineReport(LineStatus.UNDECIDED, 0, part.span, "it is nested too deeply")], glossary
    except (Problem, Unindexable) as problem:
        return [LineReport(LineStatus.UNDECIDED, 0, part.span, str(problem))], glossary
    except Exception as problem:  # a failure of ours is said of this statement, and of no other
        return [LineReport(LineStatus.ERROR, 0, part.span, explained(problem))], glossary
    return reports, grown


def _cut(text: str, part: Part, reports: list[LineReport]) -> Iterator[Judged]:
    """The reports with their pieces of the text."""
    chain = part.formula if isinstance(part, Statement) and isinstance(part.formula, s.Chain) else None
    for report in reports:
        judged = Judged(
            report.status,
            report.span,
            part.span,
            step=report.step,
            reason=report.reason,
            relation=chain is not None,
            counterexample=report.counterexample,
            add=report.add,
            evidence=tuple(each.to_json() for each in report.reports),
        )
        if chain is None or report.step >= len(chain.signs):
            yield replace(judged, right=_piece(text, part.span))
            continue
        left, right = chain.members[report.step], chain.members[report.step + 1]
        assert right is not None
        whole = _whole(text, right.span)
        yield replace(
            judged,
            span=whole if report.span == right.span else report.span,
            left=_piece(text, _whole(text, left.span)) if left is not None else "",
            sign=chain.signs[report.step],
            right=_piece(text, whole),
        )


def _whole(text: str, span: Span) -> Span:
    r"""The piece with the command and the braces that it is an argument of: x of \mathbf{x}, and of a macro."""
    start, end = span.start, span.end
    for _ in range(_DEEPEST):
        piece = text[start:end]
        missing = piece.count("{") - piece.count("}")
        before = text.rfind("{", 0, start)
        called = _COMMAND.search(text, max(end - _LONGEST, start), end) if text[end : end + 1] == "{" else None
        after = text.find("}", end)
        if after >= 0 and (called is not None or missing > 0):
            end = after + 1
        elif before >= 0 and not text[before + 1 : start].strip() and (missing < 0 or text[end : end + 1] == "}"):
            command = _COMMAND.search(text, max(before - _LONGEST, 0), before)
            if command is None and missing >= 0:
                break
            start, end = (command.start() if command else before), end + (missing >= 0)
        else:
            break
    return Span(start, end)


def _piece(text: str, span: Span) -> str:
    """A piece as it stands in the text, on one line, without signs of alignment at its ends."""
    return " ".join(text[span.start : span.end].split()).strip("& ").removesuffix("\\\\").strip()
