"""What is said of a relation that is written out at small sizes: it agrees, is refuted, or raises a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gradproof.derivations.meaning import Glossary
from gradproof.derivations.notation.reading.syntax import Node
from gradproof.derivations.notation.reading.unreadable import NOWHERE

from . import recursions, small_sizes
from .about_places import entries, free_letters, placed
from .places import Instance, NotExpanded
from .status import LineReport, LineStatus

if TYPE_CHECKING:
    from .judge import Judge, Surroundings


@dataclass(frozen=True, slots=True)
class Way:
    """How relations are written out: at which sizes, and the relation at each of them.

    ordered   whether places have an order
    doubtful  whether a_1 may be another name, so that nothing is refuted
    """

    sizes: tuple[int, ...]
    instances: Callable[[Node, Node, Glossary], Iterator[Instance]]
    ordered: bool = False
    doubtful: bool = False


_RECURSION = Way(recursions.SIZES, recursions.instances, ordered=True)
_PLACES = Way(small_sizes.SIZES, small_sizes.instances)
_ENTRIES = Way(small_sizes.SIZES, small_sizes.instances, doubtful=True)


def way_of(left: Node, right: Node, glossary: Glossary) -> Way | None:
    """How a relation is written out; None for one that has a meaning at symbolic sizes."""
    if recursions.recursive(left, right, glossary):
        return _RECURSION
    if placed(left, right, glossary):
        return _PLACES
    return _ENTRIES if entries(left, right, glossary) else None


def written_out(judge: Judge, left: Node, right: Node, known: Surroundings, way: Way) -> LineReport:
    """What is said of the relation. It is refuted only if it fails at every place of the largest size."""
    if known.conditions or known.glossary.different:
        return LineReport(LineStatus.UNDECIDED, 0, NOWHERE, "places under a condition are not written out")
    holding: list[Instance] = []
    failing: list[Instance] = []
    first: LineReport | None = None
    try:
        for at in way.instances(left, right, known.glossary):
            found = judge.pair(at.left, at.right, "=", replace(known, glossary=at.glossary))
            if found.status is LineStatus.REFUTED:
                first = first or found
                failing.append(at)
            elif found.status.ok:
                holding.append(at)
            else:
                at_place = f"at {at.words}: " if at.words else ""
                return replace(found, reason=f"{at_place}{found.reason}".rstrip(": "))
    except NotExpanded as problem:
        return LineReport(LineStatus.UNDECIDED, 0, NOWHERE, f"not written out: {problem}")
    if first is not None:
        return _failed(first, (left, right), known.glossary, way, failing, holding)
    sizes = {at.size for at in holding}
    if not sizes:
        return LineReport(LineStatus.VACUOUS, 0, NOWHERE, "there is no size at which it says anything")
    if len(sizes) == 1:
        return LineReport(LineStatus.UNDECIDED, 0, NOWHERE, "it says something at one size only, and holds there")
    reason = f"written out for sizes up to {way.sizes[-1]}, which is no proof for all"
    return LineReport(LineStatus.AGREES, 0, NOWHERE, reason)


def _failed(
    report: LineReport,
    sides: tuple[Node, Node],
    glossary: Glossary,
    way: Way,
    failing: list[Instance],
    holding: list[Instance],
) -> LineReport:
    """What is said of a relation that fails somewhere: often it is meant for some places only."""
    words = failing[0].words
    letters = sorted(free_letters(*sides, glossary=glossary) & failing[0].places.keys())
    for place, one in enumerate(letters):
        for other in letters[place + 1 :]:
            if holding and all(at.places[one] == at.places[other] for at in failing):
                line = rf"{one} \ne {other}"
                reason = f"it holds if this is said: {line}"
                return replace(report, status=LineStatus.EQUAL_IF, reason=reason, add=(line,))
    largest = way.sizes[-1]
    question = ""
    if way.ordered and recursions.unordered(*sides, glossary):
        question = "which place is first?"
    elif way.doubtful:
        question = "are the numbers below places of an array? if they are labels, declare the names"
    elif unknown := small_sizes.undeclared(*sides, glossary):
        question = f"how large is {', '.join(unknown)}?"
    elif all(at.size < largest for at in failing):
        question = "it holds at larger sizes; from which size on is it meant?"
    elif not way.ordered and any(at.size == largest for at in holding):
        question = "it holds at other places; for which is it meant?"
    if question:
        return replace(report, status=LineStatus.NEEDS, reason=f"it fails at {words}; {question}")
    return replace(report, reason=f"at {words}")
