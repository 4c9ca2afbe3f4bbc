"""Trying the lines that might be missing: only those under which a passage holds, or is decided, are offered.

Nothing is applied in silence: the verdict of the passage stays what it is until its reader accepts the lines. Lines
under which a relation fails are a reading of the passage only if another relation bears them out; else they are asked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from gradproof.derivations.meaning import BadDeclaration, Glossary, declared
from gradproof.derivations.notation.reading import Macros, Statement, Unread, read
from gradproof.derivations.notation.reading.syntax import Chain
from gradproof.derivations.notation.reading.unreadable import NOWHERE
from gradproof.verify.guard import TimedOut, time_limit
from gradproof.verify.verdict import Budget

from .bearing import bears_out
from .by_place import Placed, by_place
from .judge import Judge
from .lexicon import Lines, proposals
from .said import variables_of
from .seen import look
from .status import LineReport, LineStatus

_CLAIMS_NOTHING = (LineStatus.DEFINITION, LineStatus.CONDITION)
_DECIDED = (LineStatus.PROVED, LineStatus.AGREES, LineStatus.REFUTED, *_CLAIMS_NOTHING)
_UNKNOWN = re.compile(r"\\([A-Za-z]+)")
_BOLD = re.compile(r"(?:V|M|v|m|b|bf|vec|mat|bs)(?P<name>[A-Za-z]|[a-z]{3,})")


#: How many ways of making it hold, and how many questions, are offered at most.
_WAYS, _QUESTIONS = 3, 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines that the reader may add.

    holds    how many relations hold with them
    refuted  how many do not, each with its report
    asked    whether it is only asked if the lines are meant: a relation fails with them, and none bears them out, or
             names stand in it that may be meant in a special way
    free     these names, which were taken for anything
    """

    lines: Lines
    holds: int
    refuted: tuple[LineReport, ...] = ()
    asked: bool = False
    free: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tried:
    """What is said of each relation of a passage with some lines.

    borne   how many relations bear the lines out
    free    names in relations that fail of which nothing is said, and by which nothing is differentiated
    """

    lines: Lines
    reports: tuple[LineReport, ...]
    borne: int = 0
    free: tuple[str, ...] = ()

    @property
    def refuted(self) -> tuple[LineReport, ...]:
        return tuple(report for report in self.reports if report.status is LineStatus.REFUTED)

    @property
    def holds(self) -> int:
        return sum(report.status.ok for report in self.reports)

    @property
    def asks(self) -> Lines:
        """The lines that relations ask for which hold if they are added."""
        return tuple(dict.fromkeys(line for report in self.reports for line in report.add))

    @property
    def decides(self) -> bool:
        """Whether every relation is decided, and some of them holds or is refuted."""
        return all(report.status in _DECIDED for report in self.reports) and bool(self.holds or self.refuted)

    @property
    def rank(self) -> tuple[bool, int, int]:
        """What is borne out comes first; then what refutes fewer relations."""
        return self.borne > 0, -len(self.refuted), -len(self.lines)

    def disputes(self, other: _Tried) -> bool:
        """Whether something that fails in the other reading holds in this one."""
        refuted = {(report.span, report.step) for report in other.refuted}
        return any(report.status.ok and (report.span, report.step) in refuted for report in self.reports)


def propose(
    text: str, macros: Macros, glossary: Glossary, seed: int = 0, seconds: float = 20.0
) -> tuple[Proposal, ...]:
    """What is proposed for a passage: lines under which everything holds, the most usual first; else lines that a part
    of it bears out and under which the rest fails; else questions."""
    end = time.monotonic() + seconds
    judge = Judge(Budget(work=300_000, points=60, seconds=40.0), seed, explain=False)
    defining, more = _macros(text, macros, glossary)
    known = {**macros, **more}
    if any(isinstance(part, Unread) for part in read(text, macros=known)):
        return ()
    formulas = [part.formula for part in read(text, macros=known) if isinstance(part, Statement)]
    suggested = by_place(formulas, text, glossary)
    attempt = partial(_tried, judge, text, known, glossary, suggested)
    before = attempt(())
    if not defining and all(report.status in _DECIDED for report in before.reports):
        return ()
    whole: list[Proposal] = []
    partly: list[_Tried] = []
    for lines in (((),) if defining else ()) + tuple(_candidates(text, known, glossary, suggested)):
        if time.monotonic() > end or len(whole) >= _WAYS:
            break
        try:
            with time_limit(max(end - time.monotonic(), 0.1)):
                found = attempt(lines)
                if found.asks:
                    found = attempt((*lines, *found.asks))
                if found.decides and not found.refuted:
                    found = _least(found, attempt)
        except TimedOut:
            break
        if not found.decides:
            continue
        if found.refuted:
            partly.append(found)
        elif not any(set(other.lines) <= {*defining, *found.lines} for other in whole):
            whole.append(Proposal((*defining, *found.lines), found.holds))
    return tuple(whole) or _failing(defining, partly)


def _least(found: _Tried, attempt: Callable[[Lines], _Tried]) -> _Tried:
    """The lines that are needed: without any of them something is not decided, or fails."""
    for line in found.lines if len(found.lines) > 1 else ():
        fewer = attempt(tuple(other for other in found.lines if other != line))
        if fewer.decides and not fewer.refuted:
            found = fewer
    return found


def _failing(defining: Lines, partly: list[_Tried]) -> tuple[Proposal, ...]:
    """What is offered where a relation fails under all lines that were tried."""
    if not partly:
        return ()
    different = {frozenset(found.lines): found for found in reversed(partly)}.values()
    best, *others = sorted(reversed(different), key=lambda found: found.rank, reverse=True)
    rival = next((other for other in others if other.borne and other.disputes(best)), None)
    asked = not best.borne or bool(best.free) or rival is not None
    if not asked:
        return (Proposal((*defining, *best.lines), best.holds, best.refuted),)
    apart = [other for other in others if not set(best.lines) <= set(other.lines)]
    questions = (best, rival) if rival else (best,) if best.borne else (best, *apart)[:_QUESTIONS]
    return tuple(
        Proposal((*defining, *each.lines), each.holds, each.refuted, asked=True, free=each.free) for each in questions
    )


def _candidates(text: str, macros: Macros, glossary: Glossary, suggested: tuple[Placed, ...]) -> Iterator[Lines]:
    formulas = [part.formula for part in read(text, macros=macros) if isinstance(part, Statement)]
    yield from proposals(look(formulas, text, glossary), tuple(placed.line for placed in suggested))


def _tried(
    judge: Judge, text: str, macros: Macros, glossary: Glossary, suggested: tuple[Placed, ...], lines: Lines
) -> _Tried:
    """What is said of the passage with these lines; cut short where a relation is not decided with them."""
    failed = _Tried(lines, (LineReport(LineStatus.ERROR, 0, NOWHERE),))
    try:
        grown, known = declared("\n".join(lines), glossary, macros)
    except (BadDeclaration, ValueError, KeyError):
        return failed
    start = grown.copy()
    found: list[LineReport] = []
    sources = {placed.member for placed in suggested if placed.line in lines}
    borne, free = 0, set[str]()
    parts = [part for part in read(text, macros=known) if isinstance(part, Statement)]
    variables = {name for part in parts for name, _ in variables_of(part.formula, start)}
    for part in parts:
        if not isinstance(part.formula, Chain):
            continue
        try:
            reports = judge.statement(part, grown)
        except Exception:  # a proposal that does not fit may fail anywhere, and is then none
            return failed
        found.extend(reports)
        if lines and any(report.status not in _DECIDED for report in reports):
            break
        for report in reports:
            if report.status is LineStatus.REFUTED:
                free |= set(report.taken) - variables
            if report.span not in sources:  # what a line was read from does not bear it out
                borne += bears_out(report, part.formula, lines, start, known)
    return _Tried(lines, tuple(found), borne, tuple(sorted(free)))


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
