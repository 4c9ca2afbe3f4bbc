"""Trying the lines that a lexicon proposes: only those under which a passage holds, or is decided, are offered.

Nothing is applied in silence: the verdict of the passage stays what it is until its reader accepts the lines.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from gradproof.derivations.meaning import BadDeclaration, Glossary, declared
from gradproof.derivations.notation.reading import Macros, Statement, Unread, read
from gradproof.derivations.notation.reading.syntax import Chain
from gradproof.verify.guard import TimedOut, time_limit
from gradproof.verify.verdict import Budget

from .judge import Judge
from .lexicon import Lines, proposals
from .seen import look
from .status import LineReport, LineStatus

_CLAIMS_NOTHING = (LineStatus.DEFINITION, LineStatus.CONDITION)
_DECIDED = (LineStatus.PROVED, LineStatus.AGREES, LineStatus.REFUTED, *_CLAIMS_NOTHING)
_UNKNOWN = re.compile(r"\\([A-Za-z]+)")
_BOLD = re.compile(r"(?:V|M|v|m|b|bf|vec|mat|bs)(?P<name>[A-Za-z]|[a-z]{3,})")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines that the reader may add.

    holds    how many relations hold with them
    refuted  how many do not, each with its report
    """

    lines: Lines
    holds: int
    refuted: tuple[LineReport, ...] = ()


def propose(
    text: str, macros: Macros, glossary: Glossary, seed: int = 0, seconds: float = 20.0
) -> tuple[Proposal, ...]:
    """The proposals for a passage: those under which everything holds, the most usual first; else one that decides."""
    end = time.monotonic() + seconds
    judge = Judge(Budget(work=300_000, points=60, seconds=4.0), seed, explain=False)
    with_macros = _macros(text, macros, glossary)
    if any(isinstance(part, Unread) for part in read(text, macros={**macros, **with_macros[1]})):
        return ()
    before = _statuses(judge, text, {**macros, **with_macros[1]}, glossary.copy(), ())
    open_before = sum(report.status not in _DECIDED for report in before)
    if not open_before and not with_macros[0]:
        return ()
    whole: list[Proposal] = []
    best: Proposal | None = None
    for lines in (((),) if with_macros[0] else ()) + tuple(_candidates(text, {**macros, **with_macros[1]}, glossary)):
        if time.monotonic() > end or len(whole) >= 3:
            break
        try:
            with time_limit(max(end - time.monotonic(), 0.1)):
                reports = _tried(judge, text, {**macros, **with_macros[1]}, glossary, lines)
        except TimedOut:
            break
        found = _weighed((*with_macros[0], *lines), reports)
        if found is None:
            continue
        if not found.refuted:
            if not any(set(other.lines) <= set(found.lines) for other in whole):
                whole.append(found)
        elif best is None or _rank(found) > _rank(best):
            best = found
    return tuple(whole) if whole else (best,) if best else ()


def _rank(proposal: Proposal) -> tuple[bool, int, int]:
    """A reading by which something holds comes before one that refutes everything; then fewer refutations."""
    return proposal.holds > 0, -len(proposal.refuted), -len(proposal.lines)


def _weighed(lines: Lines, reports: list[LineReport] | None) -> Proposal | None:
    """The proposal if with it every relation is decided, and some of them holds or is refuted."""
    if not reports or any(report.status not in _DECIDED for report in reports):
        return None
    refuted = tuple(report for report in reports if report.status is LineStatus.REFUTED)
    holds = sum(report.status.ok for report in reports)
    return Proposal(lines, holds, refuted) if holds or refuted else None


def _candidates(text: str, macros: Macros, glossary: Glossary) -> Iterator[Lines]:
    formulas = [part.formula for part in read(text, macros=macros) if isinstance(part, Statement)]
    yield from proposals(look(formulas, text, glossary))


def _tried(judge: Judge, text: str, macros: Macros, glossary: Glossary, lines: Lines) -> list[LineReport] | None:
    try:
        grown, more = declared("\n".join(lines), glossary, macros)
    except (BadDeclaration, ValueError, KeyError):
        return None
    return _statuses(judge, text, more, grown, lines)


def _statuses(judge: Judge, text: str, macros: Macros, glossary: Glossary, lines: Lines) -> list[LineReport]:
    """What is said of the passage; cut short where a relation is not decided and lines are being tried."""
    found: list[LineReport] = []
    for part in read(text, macros=macros):
        if isinstance(part, Statement) and not isinstance(part.formula, Chain):
            continue
        try:
            reports = judge.statement(part, glossary)
        except Exception:  # a proposal that does not fit may fail anywhere, and is then none
            return [LineReport(LineStatus.ERROR, 0, part.span)]
        found.extend(reports)
        if lines and any(report.status not in _DECIDED for report in reports):
            break
    return found


def _macros(text: str, macros: Macros, glossary: Glossary) -> tuple[Lines, Macros]:
    r"""Lines that define the unknown macros of a text which look like usual ones: \Vx, \norm, \Tsp."""
    lines: dict[str, None] = {}
    known: Macros = dict(macros)
    for _ in range(12):
        wrong = next((part for part in read(text, macros=known) if isinstance(part, Unread)), None)
        if wrong is None:
            break
        name = _UNKNOWN.match(text[wrong.span.start : wrong.span.end] or text[wrong.span.start :])
        body = _usual(name[1]) if name and name[1] not in known else ""
        if not name or not body:
            return (), {}
        count = "[1]" if "#1" in body else ""
        line = rf"\newcommand{{\{name[1]}}}{count}{{{body}}}"
        lines[line] = None
        _, known = declared(line, glossary, known)
    return tuple(lines), {name: macro for name, macro in known.items() if name not in macros}


def _usual(name: str) -> str:
    """What a macro of this name mostly stands for; empty if nothing is usual."""
    if name in ("norm", "Norm"):
        return r"\lVert #1 \rVert"
    if name in ("abs", "Abs"):
        return r"\lvert #1 \rvert"
    if name in ("Tsp", "tran", "trans", "T", "tp", "transp"):
        return r"\top"
    if name in ("R", "Reals"):
        return r"\mathbb{R}"
    found = _BOLD.fullmatch(name)
    if found is None:
        return ""
    return rf"\mathbf{{{found['name']}}}" if len(found["name"]) == 1 else rf"\boldsymbol{{\{found['name']}}}"
